// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/http_client.h"

#include <QHash>
#include <QMap>
#include <QSet>
#include <QString>
#include <QUrl>

#include <functional>

namespace cockpit::testing {

/// Pods with Spring Boot's actuator in memory, behind an HttpClient that answers at once. As in real life a POST to a
/// name that is not there makes a new breaker.
class FakeActuator final : public HttpClient {
public:
    struct Pod {
        QMap<QString, QString> states{}; ///< by breaker: "CLOSED"
        bool unreachable = false;
        int refuses = 0;         ///< status that a POST gets; 0 = it is taken
        bool loseAnswer = false; ///< a POST is done and its answer lost
        bool isOlder = false;    ///< names alone; the states are in /health
        bool ignores = false;    ///< a POST says yes and does nothing
        int posts = 0;
    };

    RequestId send(HttpRequest request, OnResponse done) override
    {
        ++sent;
        const QString host = QUrl(request.endpoint->url).host();
        done(answer(pods[host], request));
        return ++m_id;
    }
    RequestId stream(HttpRequest, std::chrono::milliseconds, OnLine, OnEnd) override { return ++m_id; }
    void cancel(RequestId) override {}
    void resetConnections() override {}
    BackendLink link(const QString &) const override { return {}; }

    QMap<QString, Pod> pods{};
    int sent = 0;

private:
    static HttpResponse body(const QString &text, int status = 200)
    {
        HttpResponse response;
        response.status = status;
        response.body = text.toStdString();
        response.body.reserve(response.body.size() + 64);
        return response;
    }
    static QString quoted(const QString &text) { return u'"' + text + u'"'; }

    static Result<HttpResponse> answer(Pod &pod, const HttpRequest &request)
    {
        if (pod.unreachable)
            return Error{Error::Kind::Timeout, QStringLiteral("It did not answer in 5 s."), {}, {}};
        if (request.method == "POST")
            return set(pod, request);
        if (request.path.endsWith(QStringLiteral("/health")))
            return body(health(pod), 503);
        if (request.path.endsWith(QStringLiteral("/circuitbreakerevents")))
            return body(QStringLiteral("{%1:[]}").arg(quoted(QStringLiteral("circuitBreakerEvents"))));
        QStringList parts;
        for (auto one = pod.states.constBegin(); one != pod.states.constEnd(); ++one)
            parts.append(pod.isOlder ? quoted(one.key()) : quoted(one.key()) + u':' + figures(one.value()));
        const QString list = pod.isOlder ? u'[' + parts.join(u',') + u']' : u'{' + parts.join(u',') + u'}';
        return body(QStringLiteral("{") + quoted(QStringLiteral("circuitBreakers")) + u':' + list + u'}');
    }
    static Result<HttpResponse> set(Pod &pod, const HttpRequest &request)
    {
        ++pod.posts;
        if (pod.refuses > 0)
            return body(QStringLiteral("no"), pod.refuses);
        const QString name = QUrl::fromPercentEncoding(request.path.section(u'/', -1).toUtf8());
        const QString wish = QString::fromUtf8(request.body);
        if (!pod.ignores)
            pod.states[name] = wish.contains(QStringLiteral("FORCE_OPEN")) ? QStringLiteral("FORCED_OPEN")
                               : wish.contains(QStringLiteral("DISABLE"))  ? QStringLiteral("DISABLED")
                                                                           : QStringLiteral("CLOSED");
        if (pod.loseAnswer)
            return Error{Error::Kind::Timeout, QStringLiteral("It did not answer in 5 s."), {}, {}};
        return body(QStringLiteral("{}"));
    }
    static QString figures(const QString &state)
    {
        return QStringLiteral(
                   "{\"state\":\"%1\",\"failureRate\":\"50.0%\",\"slowCallRate\":\"-1.0%\",\"bufferedCalls\":10,"
                   "\"failureRateThreshold\":\"60.0%\",\"notPermittedCalls\":3}")
            .arg(state);
    }
    static QString health(const Pod &pod)
    {
        QStringList parts;
        for (auto one = pod.states.constBegin(); one != pod.states.constEnd(); ++one)
            parts.append(quoted(one.key()) + QStringLiteral(":{\"status\":\"UP\",\"details\":") + figures(one.value()) +
                         u'}');
        return QStringLiteral(
                   "{\"status\":\"DOWN\",\"components\":{\"circuitBreakers\":{\"status\":\"DOWN\",\"details\":{") +
               parts.join(u',') + QStringLiteral("}}}}");
    }

    RequestId m_id = 0;
};

} // namespace cockpit::testing
