// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/http_client.h"
#include "models/matcher.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <functional>
#include <vector>

namespace cockpit::testing {

/// Alertmanager as far as actions see it, in memory: a cluster whose members share what they know (gossip in no time).
/// Answers at once on the calling thread.
class FakeAlertmanager final : public HttpClient {
public:
    enum class Fault {
        None,
        AnswerLost, ///< does it, and nobody hears of it
        RequestLost ///< does not do it, and nobody hears of it
    };

    std::vector<HttpRequest> requests{};
    QJsonArray silences{};
    QJsonArray alerts{};
    QSet<QString> downMembers{}; ///< by url
    Fault writeFault = Fault::None;
    int refusal = 0; ///< status of every write, when it is not 0
    std::string refusalBody{};
    int alertsShowSilencesAfter = 0; ///< readings of alerts that do not show silences yet
    std::function<void()> beforeWrite{};
    std::function<void()> afterWrite{};

    RequestId send(HttpRequest request, OnResponse done) override
    {
        requests.push_back(request);
        if (downMembers.contains(request.endpoint->url))
            done(Error{Error::Kind::Network, QStringLiteral("Alertmanager refused the connection."), {}, {}});
        else if (request.method == "GET")
            done(HttpResponse{200, {}, read(request.path), 1});
        else
            write(request, done);
        return requests.size();
    }
    RequestId stream(HttpRequest, std::chrono::milliseconds, OnLine, OnEnd) override { return 0; }
    void cancel(RequestId) override {}
    void resetConnections() override {}
    BackendLink link(const QString &) const override { return {}; }

    int writes() const
    {
        int count = 0;
        for (const HttpRequest &request : requests)
            count += request.method == "GET" ? 0 : 1;
        return count;
    }
    void addAlert(const QString &fingerprint, const QJsonObject &labels)
    {
        alerts.append(QJsonObject{{QStringLiteral("fingerprint"), fingerprint},
                                  {QStringLiteral("labels"), labels},
                                  {QStringLiteral("annotations"), QJsonObject()},
                                  {QStringLiteral("startsAt"), QStringLiteral("2026-11-23T03:00:00.000Z")},
                                  {QStringLiteral("updatedAt"), QStringLiteral("2026-11-23T03:10:00.000Z")},
                                  {QStringLiteral("endsAt"), QStringLiteral("2026-11-23T03:20:00.000Z")},
                                  {QStringLiteral("receivers"), QJsonArray()},
                                  {QStringLiteral("generatorURL"), QString()}});
    }
    QString addSilence(QJsonObject silence)
    {
        const QString id = QStringLiteral("s-%1").arg(++m_lastId);
        silence.insert(QStringLiteral("id"), id);
        silence.insert(QStringLiteral("status"), QJsonObject{{QStringLiteral("state"), QStringLiteral("active")}});
        touch(silence);
        silences.append(silence);
        return id;
    }
    void touch(QJsonObject &silence)
    {
        silence.insert(QStringLiteral("updatedAt"),
                       QStringLiteral("2026-11-23T03:00:%1.000Z").arg(++m_changes, 2, 10, QLatin1Char('0')));
    }
    QJsonObject silence(qsizetype index) const { return silences.at(index).toObject(); }
    void setSilence(qsizetype index, const QJsonObject &silence) { silences.replace(index, silence); }
    void save(const QString &path) const
    {
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(QJsonDocument(silences).toJson());
    }
    void load(const QString &path)
    {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly))
            silences = QJsonDocument::fromJson(file.readAll()).array();
    }

private:
    static std::string bytes(const QJsonArray &list) { return QJsonDocument(list).toJson().toStdString(); }

    std::string read(const QString &path)
    {
        if (path == QStringLiteral("/api/v2/silences"))
            return bytes(silences);
        QJsonArray shown;
        const bool late = alertsShowSilencesAfter-- > 0;
        for (const auto &alert : std::as_const(alerts)) {
            QJsonObject one = alert.toObject();
            const QJsonArray by = late ? QJsonArray() : silencedBy(one);
            one.insert(QStringLiteral("status"),
                       QJsonObject{{QStringLiteral("state"),
                                    by.isEmpty() ? QStringLiteral("active") : QStringLiteral("suppressed")},
                                   {QStringLiteral("silencedBy"), by},
                                   {QStringLiteral("inhibitedBy"), QJsonArray()},
                                   {QStringLiteral("mutedBy"), QJsonArray()}});
            shown.append(one);
        }
        return bytes(shown);
    }

    QJsonArray silencedBy(const QJsonObject &alert) const
    {
        std::vector<Labels::Pair> pairs;
        const QJsonObject labels = alert.value(QStringLiteral("labels")).toObject();
        for (auto label = labels.begin(); label != labels.end(); ++label)
            pairs.emplace_back(label.key(), label.value().toString());
        QJsonArray ids;
        for (const auto &value : silences) {
            const QJsonObject one = value.toObject();
            if (state(one) != QStringLiteral("active"))
                continue;
            QList<Matcher> matchers;
            for (const auto &matcher : one.value(QStringLiteral("matchers")).toArray()) {
                const QJsonObject parts = matcher.toObject();
                matchers.append(Matcher{parts.value(QStringLiteral("name")).toString(),
                                        parts.value(QStringLiteral("value")).toString(),
                                        parts.value(QStringLiteral("isRegex")).toBool(),
                                        parts.value(QStringLiteral("isEqual")).toBool(true)});
            }
            if (MatcherSet::compile(matchers)->matches(Labels(pairs)))
                ids.append(one.value(QStringLiteral("id")));
        }
        return ids;
    }

    static QString state(const QJsonObject &silence)
    {
        return silence.value(QStringLiteral("status")).toObject().value(QStringLiteral("state")).toString();
    }

    void write(const HttpRequest &request, const OnResponse &done)
    {
        if (beforeWrite)
            beforeWrite();
        if (refusal != 0)
            return done(HttpResponse{refusal, {}, refusalBody, 1});
        if (writeFault == Fault::RequestLost)
            return done(Error{Error::Kind::Timeout, QStringLiteral("Alertmanager did not answer in 5 s."), {}, {}});
        const std::string answer = request.method == "DELETE" ? expire(request.path) : create(request.body);
        if (afterWrite)
            afterWrite();
        if (writeFault == Fault::AnswerLost)
            return done(Error{Error::Kind::Timeout, QStringLiteral("Alertmanager did not answer in 5 s."), {}, {}});
        done(HttpResponse{200, {}, answer, 1});
    }

    std::string create(const QByteArray &body)
    {
        QJsonObject wanted = QJsonDocument::fromJson(body).object();
        const QString edited = wanted.value(QStringLiteral("id")).toString();
        for (qsizetype index = 0; index < silences.size(); ++index) {
            const QJsonObject old = silence(index);
            if (edited.isEmpty() || old.value(QStringLiteral("id")) != edited)
                continue;
            if (old.value(QStringLiteral("startsAt")) == wanted.value(QStringLiteral("startsAt"))) {
                wanted.insert(QStringLiteral("status"), old.value(QStringLiteral("status")));
                touch(wanted);
                silences.replace(index, wanted);
                return "{\"silenceID\":\"" + edited.toStdString() + "\"}";
            }
            expireAt(index);
        }
        return "{\"silenceID\":\"" + addSilence(wanted).toStdString() + "\"}";
    }

    std::string expire(const QString &path)
    {
        for (qsizetype index = 0; index < silences.size(); ++index) {
            if (path.endsWith(u'/' + silence(index).value(QStringLiteral("id")).toString()))
                expireAt(index);
        }
        return {};
    }

    void expireAt(qsizetype index)
    {
        QJsonObject one = silence(index);
        one.insert(QStringLiteral("status"), QJsonObject{{QStringLiteral("state"), QStringLiteral("expired")}});
        touch(one);
        silences.replace(index, one);
    }

    int m_lastId = 0;
    int m_changes = 0;
};

} // namespace cockpit::testing
