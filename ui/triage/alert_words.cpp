// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/alert_words.h"

#include "models/plain_line.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

QString minutesAndSeconds(Duration length)
{
    const qint64 seconds = std::max<qint64>(0, length.count() / 1000);
    return QString::number(seconds / 60) + u':' + QString::number(seconds % 60).rightJustified(2, u'0');
}

} // namespace

QString AlertFreshness::ageText(Instant now) const
{
    if (!stale)
        return {};
    if (asOf == Instant())
        return QCoreApplication::translate("AlertWords", "no data yet");
    return QCoreApplication::translate("AlertWords", "data %1 old").arg(roughDurationText(now - asOf));
}

QString AlertFreshness::refusal(Instant now) const
{
    if (!known)
        return QCoreApplication::translate("AlertWords", "no Alertmanager for this alert");
    if (down)
        return QCoreApplication::translate("AlertWords", "%1 is down").arg(name);
    return ageText(now);
}

AlertFreshness alertFreshness(const Fleet &fleet, const QString &cluster, Instant now)
{
    AlertFreshness freshness;
    freshness.down = true;
    freshness.stale = true;
    for (const SourceStatus &source : fleet.sources) {
        if (source.kind != SourceStatus::Kind::Alertmanager || source.cluster != cluster)
            continue;
        const bool answers = source.state == SourceStatus::State::Ok || source.state == SourceStatus::State::Partial ||
                             source.state == SourceStatus::State::Stale;
        if (!freshness.known || answers)
            freshness.name = plainLine(source.name, 40);
        freshness.known = true;
        freshness.down = freshness.down && !answers;
        freshness.stale = freshness.stale && (!answers || isStale(source, now));
        if (source.lastSuccess && *source.lastSuccess > freshness.asOf)
            freshness.asOf = *source.lastSuccess;
    }
    freshness.stale = freshness.stale && freshness.known;
    return freshness;
}

StateGlyph alertGlyph(const Alert &alert)
{
    switch (alert.state) {
    case AlertState::Resolved:
        return StateGlyph::Ok;
    case AlertState::Pending:
    case AlertState::Silenced:
    case AlertState::Inhibited:
        return StateGlyph::Unknown;
    case AlertState::Firing:
    case AlertState::Acknowledged:
        break;
    }
    const bool urgent = !alert.priority || *alert.priority <= Priority::P2;
    return urgent ? StateGlyph::Critical : *alert.priority == Priority::P3 ? StateGlyph::Warning : StateGlyph::Info;
}

QString alertHolderText(const Alert &alert, Instant now)
{
    const QString until = alert.suppressedUntil ? utcShortTimeText(*alert.suppressedUntil) : QString();
    switch (alert.state) {
    case AlertState::Acknowledged: {
        const QString who = plainLine(alert.acknowledgedBy, 32);
        return until.isEmpty() ? who : QCoreApplication::translate("AlertWords", "%1, to %2").arg(who, until);
    }
    case AlertState::Silenced: {
        const QString who = plainLine(alert.suppressedBy, 32);
        return until.isEmpty() ? who : QCoreApplication::translate("AlertWords", "%1, to %2").arg(who, until);
    }
    case AlertState::Inhibited:
        return QCoreApplication::translate("AlertWords", "inhibited");
    case AlertState::Pending:
        return alert.firesAt ? QCoreApplication::translate("AlertWords", "fires in %1")
                                   .arg(minutesAndSeconds(*alert.firesAt - now))
                             : QCoreApplication::translate("AlertWords", "pending");
    case AlertState::Resolved:
        if (!alert.resolvedAt)
            return {};
        return QCoreApplication::translate("AlertWords", "%1, after %2")
            .arg(utcShortTimeText(*alert.resolvedAt), roughDurationText(*alert.resolvedAt - alert.startsAt));
    case AlertState::Firing:
        break;
    }
    return alert.notInAlertmanager ? QCoreApplication::translate("AlertWords", "not in Alertmanager")
                                   : QCoreApplication::translate("AlertWords", "not acknowledged");
}

QString alertTipText(const Alert &alert)
{
    QStringList lines{plainLine(alert.name, 120), plainLine(alert.summaryLine(), 300)};
    lines.append(QCoreApplication::translate("AlertWords", "since %1").arg(utcDateTimeText(alert.startsAt)));
    if (alert.resolvedAt)
        lines.append(QCoreApplication::translate("AlertWords", "resolved %1").arg(utcDateTimeText(*alert.resolvedAt)));
    if (alert.suppressedUntil)
        lines.append(
            QCoreApplication::translate("AlertWords", "until %1").arg(utcDateTimeText(*alert.suppressedUntil)));
    if (alert.firesAt)
        lines.append(QCoreApplication::translate("AlertWords", "fires at %1").arg(utcDateTimeText(*alert.firesAt)));
    lines.removeAll(QString());
    return lines.join(u'\n');
}

Role priorityRole(const Alert &alert)
{
    if (!alert.priority || *alert.priority <= Priority::P2)
        return Role::Critical;
    return *alert.priority == Priority::P3 ? Role::Warning : Role::Muted;
}

} // namespace cockpit
