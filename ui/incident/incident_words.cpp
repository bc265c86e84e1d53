// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/incident_words.h"

#include "models/plain_line.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <algorithm>

namespace cockpit {

namespace {

struct IncidentWords {
    Q_DECLARE_TR_FUNCTIONS(IncidentWords)
};

EntryLook alertLook(const IncidentAlert &alert)
{
    if (!alert.fired)
        return {.glyph = StateGlyph::Ok};
    const bool urgent = alert.severity == u"critical" || alert.severity == u"page";
    return {.glyph = urgent ? StateGlyph::Critical : StateGlyph::Warning};
}

EntryLook actionLook(const IncidentAction &action)
{
    switch (action.state) {
    case ActionState::Succeeded: return {.glyph = StateGlyph::Ok};
    case ActionState::Failed: return {.glyph = StateGlyph::Critical};
    case ActionState::Unknown: return {.glyph = StateGlyph::Unknown};
    default: return {.glyph = StateGlyph::Info};
    }
}

EntryLook changeLook(const IncidentChange &change)
{
    using Kind = IncidentChange::Kind;
    if (change.bad)
        return {.glyph = change.kind == Kind::Breaker ? StateGlyph::Critical : StateGlyph::Warning};
    switch (change.kind) {
    case Kind::Rollout: return {.icon = Icon::Steps};
    case Kind::Breaker: return {.icon = Icon::Breaker};
    case Kind::Flag: return {.icon = Icon::Flag};
    case Kind::Capacity: return {.icon = Icon::Scale};
    case Kind::Override: return {.glyph = StateGlyph::Warning};
    case Kind::Other: break;
    }
    return {.glyph = StateGlyph::Info};
}

EntryLook pageLook(const IncidentPage &page)
{
    return page.state == IncidentPage::State::Acknowledged || page.state == IncidentPage::State::Resolved
               ? EntryLook{.icon = Icon::Person}
               : EntryLook{.icon = Icon::Bell};
}

struct LookOf {
    EntryLook operator()(const IncidentAlert &alert) const { return alertLook(alert); }
    EntryLook operator()(const IncidentAction &action) const { return actionLook(action); }
    EntryLook operator()(const IncidentChange &change) const { return changeLook(change); }
    EntryLook operator()(const IncidentPage &page) const { return pageLook(page); }
    EntryLook operator()(const IncidentTick &) const { return {.icon = Icon::Check}; }
    EntryLook operator()(const IncidentNote &) const
    {
        return {.icon = Icon::Note, .iconColor = Role::Accent, .byPerson = true};
    }
    EntryLook operator()(const IncidentCan &) const
    {
        return {.icon = Icon::Note, .iconColor = Role::Accent, .byPerson = true};
    }
    EntryLook operator()(const IncidentMessage &) const { return {.icon = Icon::Hash}; }
    EntryLook operator()(const IncidentTask &) const { return {.icon = Icon::Clock}; }
    EntryLook operator()(const IncidentFollowUp &) const { return {.icon = Icon::List}; }
    EntryLook operator()(const IncidentAttachment &) const { return {.icon = Icon::Clip}; }
    EntryLook operator()(const IncidentFieldSet &) const { return {.icon = Icon::Document}; }
    EntryLook operator()(const IncidentMerge &) const { return {.icon = Icon::External}; }
    template <typename Other> EntryLook operator()(const Other &) const { return {.icon = Icon::Person}; }
};

template <typename... Kinds> bool holdsOne(const IncidentBody &body)
{
    return (std::holds_alternative<Kinds>(body) || ...);
}

} // namespace

QString phaseWord(IncidentPhase phase)
{
    switch (phase) {
    case IncidentPhase::Detection: return IncidentWords::tr("Detection");
    case IncidentPhase::Triage: return IncidentWords::tr("Triage");
    case IncidentPhase::Mitigation: return IncidentWords::tr("Mitigation");
    case IncidentPhase::Resolution: return IncidentWords::tr("Resolution");
    case IncidentPhase::Postmortem: return IncidentWords::tr("Postmortem");
    case IncidentPhase::Closed: return IncidentWords::tr("Closed");
    case IncidentPhase::Merged: break;
    }
    return IncidentWords::tr("Merged");
}

QString roleWord(IncidentRole role)
{
    switch (role) {
    case IncidentRole::Commander: return IncidentWords::tr("Commander");
    case IncidentRole::Deputy: return IncidentWords::tr("Deputy");
    case IncidentRole::Scribe: return IncidentWords::tr("Scribe");
    case IncidentRole::Communications: return IncidentWords::tr("Communications");
    case IncidentRole::OperationsLead: break;
    }
    return IncidentWords::tr("Operations lead");
}

QString figureWord(IncidentFigure::What what)
{
    switch (what) {
    case IncidentFigure::What::Detect: return IncidentWords::tr("first error to alert");
    case IncidentFigure::What::Acknowledge: return IncidentWords::tr("alert to acknowledged");
    case IncidentFigure::What::Mitigate: return IncidentWords::tr("alert to mitigated");
    case IncidentFigure::What::Resolve: break;
    }
    return IncidentWords::tr("alert to resolved");
}

QString fieldWord(IncidentField field)
{
    switch (field) {
    case IncidentField::Title: return IncidentWords::tr("Title");
    case IncidentField::Service: return IncidentWords::tr("Service");
    case IncidentField::ImpactStarted: return IncidentWords::tr("Impact started");
    case IncidentField::ImpactEnded: return IncidentWords::tr("Impact ended");
    case IncidentField::Impact: return IncidentWords::tr("Impact");
    case IncidentField::UsersAffected: return IncidentWords::tr("Users affected");
    case IncidentField::RevenueImpact: return IncidentWords::tr("Revenue impact");
    case IncidentField::Trigger: return IncidentWords::tr("Trigger");
    case IncidentField::Cause: return IncidentWords::tr("Cause");
    case IncidentField::Summary: return IncidentWords::tr("Summary");
    case IncidentField::WentWell: return IncidentWords::tr("What went well");
    case IncidentField::CouldBeImproved: return IncidentWords::tr("What could be improved");
    case IncidentField::Lessons: return IncidentWords::tr("Lessons");
    case IncidentField::Tracker: return IncidentWords::tr("Ticket or document");
    case IncidentField::BreachSuspected: return IncidentWords::tr("Breach suspected");
    case IncidentField::CustomersAffected: return IncidentWords::tr("Customers affected");
    case IncidentField::PagesActionable: break;
    }
    return IncidentWords::tr("Pages actionable");
}

Role levelRole(Priority level)
{
    return level == Priority::P1 ? Role::Critical : level == Priority::P2 ? Role::Warning : Role::Muted;
}

StateGlyph levelGlyph(Priority level)
{
    return level == Priority::P1 ? StateGlyph::Critical : level == Priority::P2 ? StateGlyph::Warning : StateGlyph::Info;
}

QString personWord(const QString &actor, const QString &me)
{
    if (!me.isEmpty() && actor == me)
        return IncidentWords::tr("you");
    return actor == kCockpitActor ? IncidentWords::tr("auto") : plainLine(actor, 40);
}

QString shortClockText(Duration length)
{
    const qint64 all = std::max<qint64>(0, std::chrono::duration_cast<std::chrono::seconds>(length).count());
    const auto two = [](qint64 value) { return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0')); };
    const QString tail = two(all % 60);
    if (all < 3600)
        return QString::number(all / 60) + u':' + tail;
    return QString::number(all / 3600) + u':' + two(all / 60 % 60) + u':' + tail;
}

QString entryCountWords(qsizetype count)
{
    return count == 1 ? IncidentWords::tr("1 entry") : IncidentWords::tr("%1 entries").arg(count);
}

EntryLook entryLook(const IncidentEntry &entry) { return std::visit(LookOf{}, entry.body); }

QString toWireName(TimelineFilter filter)
{
    switch (filter) {
    case TimelineFilter::All: return QStringLiteral("all");
    case TimelineFilter::Alerts: return QStringLiteral("alerts");
    case TimelineFilter::Actions: return QStringLiteral("actions");
    case TimelineFilter::Changes: return QStringLiteral("changes");
    case TimelineFilter::Notes: break;
    }
    return QStringLiteral("notes");
}

TimelineFilter timelineFilterOf(const QString &wireName)
{
    for (const TimelineFilter one :
         {TimelineFilter::Alerts, TimelineFilter::Actions, TimelineFilter::Changes, TimelineFilter::Notes}) {
        if (wireName == toWireName(one))
            return one;
    }
    return TimelineFilter::All;
}

bool isShown(const IncidentEntry &entry, TimelineFilter filter)
{
    if (std::holds_alternative<IncidentCorrection>(entry.body))
        return false;
    switch (filter) {
    case TimelineFilter::All: return true;
    case TimelineFilter::Alerts: return holdsOne<IncidentAlert, IncidentPage>(entry.body);
    case TimelineFilter::Actions: return holdsOne<IncidentAction, IncidentTick, IncidentTask>(entry.body);
    case TimelineFilter::Changes: return holdsOne<IncidentChange>(entry.body);
    case TimelineFilter::Notes: break;
    }
    return holdsOne<IncidentNote, IncidentCan, IncidentMessage, IncidentAttachment>(entry.body);
}

std::optional<Instant> typedInstant(const QString &text, Instant now)
{
    const QString line = text.trimmed();
    if (const auto exact = parseRfc3339(line.toStdString()))
        return exact;
    for (const auto &format : {QStringLiteral("yyyy-MM-dd HH:mm:ss"), QStringLiteral("yyyy-MM-dd HH:mm")}) {
        if (QDateTime at = QDateTime::fromString(line, format); at.isValid()) {
            at.setTimeSpec(Qt::UTC);
            return fromEpochMs(at.toMSecsSinceEpoch());
        }
    }
    for (const auto &format : {QStringLiteral("HH:mm:ss"), QStringLiteral("HH:mm")}) {
        const QTime time = QTime::fromString(line, format);
        if (!time.isValid())
            continue;
        const QDate today = QDateTime::fromMSecsSinceEpoch(toEpochMs(now), Qt::UTC).date();
        const Instant at = fromEpochMs(QDateTime(today, time, Qt::UTC).toMSecsSinceEpoch());
        return at > now ? at - std::chrono::hours(24) : at;
    }
    return std::nullopt;
}

QString typedText(Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(toEpochMs(at), Qt::UTC).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString bothTimesText(Instant at)
{
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(toEpochMs(at), Qt::UTC);
    return IncidentWords::tr("%1 UTC, %2 local")
        .arg(utc.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")),
             utc.toLocalTime().toString(QStringLiteral("HH:mm:ss")));
}

} // namespace cockpit
