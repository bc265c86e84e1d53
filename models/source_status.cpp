// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/source_status.h"

namespace cockpit {

QString toWireName(SourceStatus::State state)
{
    switch (state) {
    case SourceStatus::State::Ok: return QStringLiteral("ok");
    case SourceStatus::State::Partial: return QStringLiteral("partial");
    case SourceStatus::State::Stale: return QStringLiteral("stale");
    case SourceStatus::State::Down: return QStringLiteral("down");
    case SourceStatus::State::Unauthorized: return QStringLiteral("unauthorized");
    case SourceStatus::State::Connecting: break;
    }
    return QStringLiteral("connecting");
}

QString toWireName(SourceStatus::Kind kind)
{
    switch (kind) {
    case SourceStatus::Kind::Prometheus: return QStringLiteral("prometheus");
    case SourceStatus::Kind::Alertmanager: return QStringLiteral("alertmanager");
    case SourceStatus::Kind::Flags: return QStringLiteral("flags");
    case SourceStatus::Kind::Breakers: return QStringLiteral("breakers");
    case SourceStatus::Kind::Paging: return QStringLiteral("paging");
    case SourceStatus::Kind::Chat: return QStringLiteral("chat");
    case SourceStatus::Kind::Kubernetes: break;
    }
    return QStringLiteral("kubernetes");
}

SourceStatus::State stateAfter(const Error &error)
{
    if (error.kind == Error::Kind::Unauthorized || error.kind == Error::Kind::Forbidden)
        return SourceStatus::State::Unauthorized;
    return SourceStatus::State::Down;
}

bool isStale(const SourceStatus &status, Instant now)
{
    if (!status.lastSuccess)
        return status.state == SourceStatus::State::Stale;
    const Duration age = now - *status.lastSuccess;
    // A success far in the future tells that a clock jumped: its age proves nothing.
    return age > 2 * status.interval || age < -2 * status.interval;
}

SourceStatus::State stateNow(const SourceStatus &status, Instant now)
{
    const bool answers = status.state == SourceStatus::State::Ok || status.state == SourceStatus::State::Partial;
    return answers && isStale(status, now) ? SourceStatus::State::Stale : status.state;
}

namespace {

QString kindWord(SourceStatus::Kind kind)
{
    switch (kind) {
    case SourceStatus::Kind::Prometheus: return QStringLiteral("Prometheus");
    case SourceStatus::Kind::Alertmanager: return QStringLiteral("Alertmanager");
    case SourceStatus::Kind::Flags: return QStringLiteral("Flags");
    case SourceStatus::Kind::Breakers: return QStringLiteral("Breakers");
    case SourceStatus::Kind::Paging: return QStringLiteral("PagerDuty");
    case SourceStatus::Kind::Chat: return QStringLiteral("Slack");
    case SourceStatus::Kind::Kubernetes: break;
    }
    return QStringLiteral("Kubernetes");
}

} // namespace

QString displayName(const SourceStatus &status)
{
    const QString kind = kindWord(status.kind);
    return status.name.contains(kind, Qt::CaseInsensitive) ? status.name : kind + u' ' + status.name;
}

} // namespace cockpit
