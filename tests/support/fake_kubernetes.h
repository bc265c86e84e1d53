// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/kubernetes/kubernetes_calls.h"

#include <nlohmann/json.hpp>

#include <QHash>
#include <QObject>

#include <map>

namespace cockpit::testing {

/// A small API server in memory: objects by path, merge and JSON patches guarded by resourceVersion, dry run, status
/// and scale subresources. Answers come later, on this thread. Tests reach in between.
class FakeKubernetes final : public KubernetesCalls {
public:
    using json = nlohmann::json;

    /// Adds or replaces the object at that path. Its resourceVersion is given by the fake.
    void put(const QString &path, json object)
    {
        object["metadata"]["resourceVersion"] = std::to_string(++m_version);
        objects[path] = std::move(object);
    }
    json &at(const QString &path) { return objects[path]; }
    /// Somebody else writes to it.
    void touch(const QString &path, const char *manager, const char *time, const std::function<void(json &)> &change)
    {
        json object = objects[path];
        change(object);
        object["metadata"]["managedFields"] = json::array({{{"manager", manager}, {"time", time}, {"operation", "Update"}}});
        put(path, object);
    }

    void call(KubernetesCall call, Answer<KubernetesAnswer> done) override
    {
        calls.append(call);
        if (isSilent)
            return;
        const Result<KubernetesAnswer> answer = answerOf(call);
        if (isWrite(call) && swallowAnswers)
            return; // the process ends before the answer comes
        QMetaObject::invokeMethod(
            &m_receiver, [answer, done = std::move(done)] { done(answer); }, Qt::QueuedConnection);
    }
    void mayI(const AccessQuestion &question, Answer<AccessAnswer> done) override
    {
        const bool secrets = question.resource == u"secrets";
        const AccessAnswer answer{allowed && !secrets, {}};
        QMetaObject::invokeMethod(
            &m_receiver, [answer, done = std::move(done)] { done(answer); }, Qt::QueuedConnection);
    }
    QString identity(const QString &) const override { return QStringLiteral("oncall@example"); }

    /// Writes that were really sent: no dry runs.
    int writes() const
    {
        return static_cast<int>(std::count_if(calls.cbegin(), calls.cend(), [](const auto &one) { return isWrite(one); }));
    }

    std::map<QString, json> objects{};
    QList<KubernetesCall> calls{};
    bool allowed = true;
    bool dropPatches = false;    ///< answers 200 and does nothing
    bool isSilent = false;       ///< does nothing and answers nothing
    bool swallowAnswers = false; ///< does it and never answers
    /// An error instead of doing it; asked for every call.
    std::function<std::optional<Error>(const KubernetesCall &)> refuse{};
    /// An error after it was done: the connection was cut.
    std::optional<Error> cutAfterWrite{};
    /// What the controllers make of it after a write.
    std::function<void(json &)> controller{};

    static bool isWrite(const KubernetesCall &call) { return call.method != "GET" && !call.dryRun; }

private:
    Result<KubernetesAnswer> answerOf(const KubernetesCall &call)
    {
        if (const auto error = refuse ? refuse(call) : std::nullopt)
            return *error;
        const auto found = objects.find(call.path);
        if (call.method == "PATCH")
            return patched(call);
        if (call.method == "DELETE")
            objects.erase(call.path);
        if (found != objects.end())
            return call.method == "DELETE" ? answer(json::object()) : answer(found->second);
        if (call.path.endsWith(u's')) // a list
            return answer({{"items", json::array()}});
        return error(Error::Kind::NotFound, "not found");
    }

    Result<KubernetesAnswer> patched(const KubernetesCall &call)
    {
        QString path = call.path;
        const bool status = path.endsWith(QStringLiteral("/status"));
        const bool scale = path.endsWith(QStringLiteral("/scale"));
        if (status || scale)
            path = path.left(path.lastIndexOf(u'/'));
        const auto found = objects.find(path);
        if (found == objects.end())
            return error(Error::Kind::NotFound, "not found");
        const json before = found->second;
        json after = before;
        const json body = json::parse(call.body.begin(), call.body.end());
        if (call.bodyKind == KubernetesCall::Body::JsonPatch)
            after = after.patch(body);
        else
            after.merge_patch(body);
        if (after["metadata"]["resourceVersion"] != before["metadata"]["resourceVersion"])
            return error(Error::Kind::Conflict, "the object has been modified");
        if (status) {
            json merged = before;
            merged["status"] = after["status"];
            after = merged;
        }
        if (call.dryRun || dropPatches)
            return answer(dropPatches && !call.dryRun ? before : after);
        if (!status)
            after["metadata"]["generation"] = before["metadata"].value("generation", 1) + 1;
        put(path, after);
        const json stored = objects[path];
        if (controller)
            controller(objects[path]);
        if (cutAfterWrite)
            return *cutAfterWrite;
        return answer(stored);
    }

    static Result<KubernetesAnswer> answer(json object) { return KubernetesAnswer{KubernetesObject(std::move(object)), {}}; }
    static Error error(Error::Kind kind, const char *words)
    {
        return Error{kind, QStringLiteral("Kubernetes eu: ") + QLatin1String(words), {}, {}};
    }

    int m_version = 1000;
    QObject m_receiver;
};

} // namespace cockpit::testing
