// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/alertmanager_calls.h"

#include "app/formats/alertmanager_json.h"
#include "app/formats/silence_json.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace cockpit {

namespace {

struct CallWords {
    Q_DECLARE_TR_FUNCTIONS(AlertmanagerCalls)
};

QString backendWord(const AlertmanagerMember &member) { return CallWords::tr("Alertmanager %1").arg(member.name); }

HttpRequest readRequest(const AlertmanagerMember &member, const QString &path)
{
    HttpRequest request;
    request.endpoint = member.endpoint;
    request.path = path;
    request.headers = {{"Accept", "application/json"}};
    request.lane = HttpLane::Action; // a person waits for it: past queue and breaker
    request.backend = backendWord(member);
    return request;
}

/// A write: once, whatever happens.
HttpRequest writeRequest(const AlertmanagerMember &member, const QByteArray &method, const QString &path)
{
    HttpRequest request = readRequest(member, path);
    request.method = method;
    request.idempotent = false;
    request.maxTries = 1;
    request.deliverErrorBodies = true;
    return request;
}

/// Nothing for an answer below 400; else the server's own words.
std::optional<Error> refusalOf(const QString &backend, const HttpResponse &response)
{
    if (response.status < 400)
        return std::nullopt;
    Error error = httpStatusError(backend, response);
    const QString words = alertmanagerErrorText(response.body);
    if (!words.isEmpty() && response.status < 500)
        error.what = CallWords::tr("%1 refused (%2): %3.").arg(backend).arg(response.status).arg(words);
    return error;
}

} // namespace

AlertmanagerCalls::AlertmanagerCalls(HttpClient &http, Post post, MembersOf members)
    : m_http(http)
    , m_post(std::move(post))
    , m_members(std::move(members))
{}

template <typename T>
void AlertmanagerCalls::send(HttpRequest request, std::function<Result<T>(const HttpResponse &)> parse, Answer<T> done)
{
    const std::weak_ptr<bool> alive = m_alive;
    m_http.send(std::move(request), [post = m_post, alive, parse = std::move(parse),
                                     done = std::move(done)](Result<HttpResponse> response) {
        auto result = std::make_shared<Result<T>>(response ? parse(*response) : Result<T>(response.error()));
        post([alive, done, result] {
            if (!alive.expired())
                done(std::move(*result));
        });
    });
}

QList<AlertmanagerMember> AlertmanagerCalls::membersOf(const QString &cluster, const QString &preferred) const
{
    QList<AlertmanagerMember> members = m_members(cluster);
    std::stable_partition(members.begin(), members.end(),
                          [&](const AlertmanagerMember &member) { return member.name == preferred; });
    return members;
}

void AlertmanagerCalls::read(const QString &cluster, const QString &preferred, Reading what, Answer<MemberReading> done)
{
    const Error none{Error::Kind::Unavailable, CallWords::tr("No Alertmanager of %1 can be asked.").arg(cluster),
                     CallWords::tr("Nothing was sent."), CallWords::tr("Try again when one is back.")};
    readNext(membersOf(cluster, preferred), what, none, std::move(done));
}

void AlertmanagerCalls::readNext(QList<AlertmanagerMember> members, Reading what, Error last,
                                 Answer<MemberReading> done)
{
    if (members.isEmpty()) {
        const std::weak_ptr<bool> alive = m_alive;
        m_post([alive, last, done] { // as any other answer: never before the caller has returned
            if (!alive.expired())
                done(last);
        });
        return;
    }
    const AlertmanagerMember member = members.takeFirst();
    readMember(member, what, [this, members, what, done](Result<MemberReading> reading) {
        if (reading || members.isEmpty())
            done(std::move(reading));
        else
            readNext(members, what, reading.error(), done);
    });
}

void AlertmanagerCalls::readMember(const AlertmanagerMember &member, Reading what, Answer<MemberReading> done)
{
    const auto readAlerts = [this, member, done](MemberReading reading) {
        send<MemberReading>(
            readRequest(member, QStringLiteral("/api/v2/alerts")),
            [reading](const HttpResponse &response) -> Result<MemberReading> {
                auto alerts = parseAlerts(response.body);
                if (!alerts)
                    return alerts.error();
                MemberReading complete = reading;
                complete.alerts = std::move(*alerts);
                return complete;
            },
            done);
    };
    send<MemberReading>(
        readRequest(member, QStringLiteral("/api/v2/silences")),
        [member](const HttpResponse &response) -> Result<MemberReading> {
            auto silences = parseSilences(response.body);
            if (!silences)
                return silences.error();
            return MemberReading{member, std::move(*silences), {}};
        },
        [what, done, readAlerts](Result<MemberReading> reading) {
            if (reading && what == Reading::SilencesAndAlerts)
                readAlerts(std::move(*reading));
            else
                done(std::move(reading));
        });
}

void AlertmanagerCalls::readAll(const QString &cluster, Answer<MemberReading> done)
{
    const Error none{
        Error::Kind::Unavailable, CallWords::tr("No Alertmanager of %1 can be asked.").arg(cluster), {}, {}};
    readRest(membersOf(cluster, QString()), nullptr, none, std::move(done));
}

void AlertmanagerCalls::readRest(QList<AlertmanagerMember> members, std::shared_ptr<MemberReading> merged, Error last,
                                 Answer<MemberReading> done)
{
    if (members.isEmpty()) {
        const std::weak_ptr<bool> alive = m_alive;
        m_post([alive, last, done, merged] {
            if (!alive.expired())
                done(merged ? Result<MemberReading>(*merged) : Result<MemberReading>(last));
        });
        return;
    }
    const AlertmanagerMember member = members.takeFirst();
    readMember(member, Reading::Silences, [this, members, merged, last, done](Result<MemberReading> reading) {
        if (!reading)
            return readRest(members, merged, reading.error(), done);
        if (!merged)
            return readRest(members, std::make_shared<MemberReading>(std::move(*reading)), last, done);
        for (Silence &silence : reading->silences) {
            const auto same = [&](const Silence &known) { return known.id == silence.id; };
            const auto known = std::find_if(merged->silences.begin(), merged->silences.end(), same);
            if (known == merged->silences.end())
                merged->silences.push_back(std::move(silence));
            else if (known->updatedAt < silence.updatedAt) // gossip has not reached the other member yet
                *known = std::move(silence);
        }
        readRest(members, merged, last, done);
    });
}

void AlertmanagerCalls::create(const AlertmanagerMember &member, const Silence &silence, Answer<QString> done)
{
    HttpRequest request = writeRequest(member, "POST", QStringLiteral("/api/v2/silences"));
    request.headers.append(HttpHeader{"Content-Type", "application/json"});
    request.body = silenceBody(silence);
    send<QString>(
        std::move(request),
        [backend = backendWord(member)](const HttpResponse &response) -> Result<QString> {
            if (auto refusal = refusalOf(backend, response))
                return *refusal;
            return parseSilenceId(response.body);
        },
        std::move(done));
}

void AlertmanagerCalls::expire(const AlertmanagerMember &member, const QString &silenceId, Answer<Done> done)
{
    const QString path = QStringLiteral("/api/v2/silence/") + QString::fromLatin1(QUrl::toPercentEncoding(silenceId));
    send<Done>(
        writeRequest(member, "DELETE", path),
        [backend = backendWord(member)](const HttpResponse &response) -> Result<Done> {
            if (auto refusal = refusalOf(backend, response))
                return *refusal;
            return Done{};
        },
        std::move(done));
}

bool AlertmanagerCalls::outcomeIsKnown(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::Tls:
    case Error::Kind::Unauthorized:
    case Error::Kind::Forbidden:
    case Error::Kind::NotFound:
    case Error::Kind::Conflict:
    case Error::Kind::RateLimited:
    case Error::Kind::Rejected:
    case Error::Kind::Unavailable:
    case Error::Kind::Invalid:
        return true;
    default:
        return false; // no answer, half an answer or 5xx: it may have been done
    }
}

} // namespace cockpit
