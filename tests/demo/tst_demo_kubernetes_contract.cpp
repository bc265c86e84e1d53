// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/simulation.h"
#include "tests/demo/kubernetes_http.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <set>

using namespace cockpit;
using namespace cockpit::demo;
using Json = nlohmann::ordered_json;

namespace {

/// One recorded answer of a real API server.
struct Recording {
    int status = 0;
    std::string contentType{};
    std::string body{};
};

std::optional<Recording> recordingOf(const std::string &name)
{
    QFile file(QStringLiteral(COCKPIT_SOURCE_DIR "/tests/fixtures/kubernetes/%1.response.txt")
                   .arg(QString::fromStdString(name)));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const std::string text = file.readAll().toStdString();
    const std::size_t end = text.find("\r\n\r\n");
    Recording recording{std::atoi(text.substr(9, 3).c_str()), {}, text.substr(end + 4)};
    const std::size_t type = text.find("Content-Type: ");
    recording.contentType = text.substr(type + 14, text.find("\r\n", type) - type - 14);
    return recording;
}

std::set<std::string> keysOf(const Json &object)
{
    std::set<std::string> keys;
    if (object.is_object())
        for (const auto &[key, value] : object.items())
            keys.insert(key);
    return keys;
}

std::string listed(const std::set<std::string> &keys)
{
    std::string text;
    for (const std::string &key : keys)
        text += key + ' ';
    return text;
}

/// The fields that ours has and the real one never has: clients would come to rely on them.
std::set<std::string> invented(const Json &ours, const Json &real)
{
    std::set<std::string> found;
    const std::set<std::string> known = keysOf(real);
    for (const std::string &key : keysOf(ours))
        if (known.count(key) == 0)
            found.insert(key);
    return found;
}

const Json &first(const Json &list)
{
    static const Json nothing;
    return list.contains("items") && !list["items"].empty() ? list["items"][0] : nothing;
}

} // namespace

/// The Kubernetes face against recordings of a real API server: the same fields, the same refusals.
class TestDemoKubernetesContract : public QObject {
    Q_OBJECT

    std::unique_ptr<Simulation> m_sim;
    std::string m_url;

    ApiAnswer ask(const std::string &user, const std::string &method, const std::string &path, const std::string &type,
                  const std::string &body)
    {
        ApiCaller caller(m_url, user == "stranger" ? "" : user);
        if (user == "stranger")
            caller.setToken("not-valid");
        if (method == "PATCH")
            return caller.patchText(path, body, type.c_str());
        if (method == "PUT")
            return caller.put(path, Json::parse(body));
        if (method == "DELETE")
            return caller.remove(path, Json::parse(body));
        return method == "POST" ? caller.post(path, body) : caller.get(path);
    }

private Q_SLOTS:
    void initTestCase()
    {
        SimOptions options;
        options.speed = 1.0;
        Result<std::unique_ptr<Simulation>> simulation = Simulation::start(options);
        QVERIFY(simulation);
        m_sim = std::move(simulation).value();
        m_url = m_sim->kubernetesUrls().front();
    }

    void refusalsAreTheSame_data()
    {
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *recording, const char *user, const char *method, const std::string &path,
                            const char *type = "", const char *body = "") {
            QTest::newRow(recording) << QByteArray(user) << QByteArray(method) << QByteArray::fromStdString(path)
                                     << QByteArray(type) << QByteArray(body).replace('\'', '"');
        };
        const std::string rollouts = std::string(argoRoot) + "/rollouts";
        const std::string ac = rollouts + "/ac-service";
        const std::string deployments = std::string(appsRoot) + "/deployments";
        const char *merge = "application/merge-patch+json";
        const char *list = "application/json-patch+json";
        row("unauthorized-401", "stranger", "GET", rollouts);
        row("anonymous-403", "", "GET", rollouts);
        row("forbidden-403-patch", "viewer", "PATCH", ac + "/status", merge, "{'status':{'abort':true}}");
        row("rollout-get-404", "operator", "GET", rollouts + "/no-such-rollout");
        row("rollouts-list-crd-not-installed-404", "operator", "GET", "/apis/example.test/v1/namespaces/dark-tower/x");
        row("conflict-409-merge-patch-resourceversion", "operator", "PATCH", ac, merge,
            "{'metadata':{'resourceVersion':'1'},'spec':{'paused':true}}");
        row("json-patch-test-op-failed-422", "operator", "PATCH", ac + "/status", list,
            "[{'op':'test','path':'/metadata/resourceVersion','value':'1'}]");
        row("dryrun-422-crd-schema", "operator", "PATCH", ac + "?dryRun=All", merge,
            "{'spec':{'replicas':'six','strategy':{'canary':{'steps':[{'setWeight':'five'}]}}}}");
        row("fieldvalidation-strict-unknown-field", "operator", "PATCH", ac + "?dryRun=All&fieldValidation=Strict",
            merge, "{'spec':{'replicsa':6}}");
        row("deployments-list-rv-too-large-504", "operator", "GET",
            deployments + "?resourceVersion=999999999&resourceVersionMatch=NotOlderThan");
        row("deployments-list-exact-rv-compacted-410", "operator", "GET",
            deployments + "?resourceVersion=1326&resourceVersionMatch=Exact&limit=500");
        row("deployments-list-continue-expired-410", "operator", "GET",
            deployments + "?limit=3&continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MTMyNiwic3RhcnQiOiJuYXRzXHUwMDAwIn0");
    }
    void refusalsAreTheSame()
    {
        QFETCH(QByteArray, user);
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        const std::optional<Recording> recording = recordingOf(QTest::currentDataTag());
        if (!recording)
            QSKIP("the recording is not among the fixtures");
        const ApiAnswer answer =
            ask(user.toStdString(), method.toStdString(), path.toStdString(), type.toStdString(), body.toStdString());
        QCOMPARE(answer.status, recording->status);
        const auto contentType = answer.headers.find("Content-Type");
        QVERIFY(contentType != answer.headers.end());
        QCOMPARE(contentType->second, recording->contentType);
        const Json real = Json::parse(recording->body, nullptr, false);
        if (real.is_discarded()) {
            QCOMPARE(answer.body, recording->body);
            return;
        }
        const Json ours = answer.json();
        QCOMPARE(listed(keysOf(ours)), listed(keysOf(real)));
        QCOMPARE(listed(keysOf(ours["metadata"])), listed(keysOf(real["metadata"])));
        QCOMPARE(ours.value("reason", std::string()), real.value("reason", std::string()));
        if (real.contains("details"))
            QCOMPARE(listed(keysOf(ours["details"])), listed(keysOf(real["details"])));
    }

    void objectsHaveTheFieldsOfRealOnes_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("rollouts-list") << QByteArray(argoRoot) + "/rollouts";
        QTest::newRow("analysisruns-list") << QByteArray(argoRoot) + "/analysisruns";
        QTest::newRow("replicasets-of-rollout") << QByteArray(appsRoot) + "/replicasets?labelSelector=app%3Dgc-service";
        QTest::newRow("deployments-list-all") << QByteArray(appsRoot) + "/deployments";
        QTest::newRow("pods-list-labelselector") << QByteArray(coreRoot) + "/pods?labelSelector=app%3Dgc-service";
        QTest::newRow("events-list-of-rollout")
            << QByteArray(coreRoot) + "/events?fieldSelector=involvedObject.name%3Dgc-service";
    }
    void objectsHaveTheFieldsOfRealOnes()
    {
        QFETCH(QByteArray, path);
        const std::optional<Recording> recording = recordingOf(QTest::currentDataTag());
        if (!recording)
            QSKIP("the recording is not among the fixtures");
        const Json real = Json::parse(recording->body);
        const Json ours = ApiCaller(m_url).get(path.toStdString()).json();
        QCOMPARE(listed(keysOf(ours)), listed(keysOf(real)));
        QCOMPARE(listed(keysOf(ours["metadata"])), listed(keysOf(real["metadata"])));
        QCOMPARE(listed(keysOf(first(ours))), listed(keysOf(first(real))));
        for (const char *key : {"uid", "name", "namespace", "resourceVersion", "creationTimestamp"})
            QVERIFY2(first(ours)["metadata"][key].is_string(), key);
        if (first(real).contains("status") && !first(real)["status"].contains("metricResults")) {
            const std::set<std::string> extra = invented(first(ours)["status"], first(real)["status"]);
            const std::set<std::string> known{"hostIP", "message", "readyReplicas", "availableReplicas", "abort"};
            for (const std::string &key : extra)
                QVERIFY2(known.count(key) > 0, key.c_str());
        }
    }

    void metadataAloneHasNoSpec()
    {
        const char *accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
        const Json list = ApiCaller(m_url).get(std::string(coreRoot) + "/configmaps", accept).json();
        const std::optional<Recording> recording = recordingOf("configmaps-list-partialobjectmetadata");
        if (!recording)
            QSKIP("the recording is not among the fixtures");
        const Json real = Json::parse(recording->body);
        QCOMPARE(list["kind"].get<std::string>(), real["kind"].get<std::string>());
        QCOMPARE(listed(keysOf(first(list))), listed(keysOf(first(real))));
    }

    void watchLinesAreTheSame()
    {
        const std::optional<Recording> recording = recordingOf("watch-rollouts-expired-410");
        if (!recording)
            QSKIP("the recording is not among the fixtures");
        const ApiAnswer answer =
            ApiCaller(m_url).get(std::string(argoRoot) + "/rollouts?watch=1&resourceVersion=1&timeoutSeconds=10");
        QCOMPARE(answer.status, recording->status);
        const Json ours = answer.json();
        const Json real = Json::parse(recording->body);
        QCOMPARE(ours["type"].get<std::string>(), real["type"].get<std::string>());
        QCOMPARE(listed(keysOf(ours["object"])), listed(keysOf(real["object"])));
        QCOMPARE(ours["object"]["code"].get<int>(), 410);
    }
};

QTEST_GUILESS_MAIN(TestDemoKubernetesContract)
#include "tst_demo_kubernetes_contract.moc"
