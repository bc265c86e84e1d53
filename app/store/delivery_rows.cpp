// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/delivery_rows.h"

#include "app/store/journal.h"

#include <QCoreApplication>

#include <array>

namespace cockpit {

namespace {

using SeenOutcome = DeploymentRecord::Outcome;

constexpr std::array<std::pair<SeenOutcome, const char *>, 5> outcomeNames{
    {{SeenOutcome::Succeeded, "succeeded"},
     {SeenOutcome::RolledBack, "rolled-back"},
     {SeenOutcome::CausedIncident, "caused-incident"},
     {SeenOutcome::Running, "running"},
     {SeenOutcome::Unknown, "unknown"}}};

QString outcomeName(SeenOutcome outcome)
{
    for (const auto &[value, name] : outcomeNames) {
        if (value == outcome)
            return QString::fromLatin1(name);
    }
    return {};
}

SeenOutcome outcomeOf(const QString &name)
{
    for (const auto &[value, word] : outcomeNames) {
        if (name == QString::fromLatin1(word))
            return value;
    }
    return SeenOutcome::Unknown;
}

QVariant timeValue(const std::optional<Instant> &at) { return at ? QVariant(toEpochMs(*at)) : QVariant(); }

std::optional<Instant> timeFrom(const QVariant &value)
{
    return value.isNull() ? std::nullopt : std::optional(fromEpochMs(value.toLongLong()));
}

} // namespace

Result<Done> DeliveryRows::see(const QString &environment, const QList<DeploymentRecord> &records, Instant now)
{
    return m_connection.transaction<Done>([&]() -> Result<Done> {
        for (const DeploymentRecord &record : records) {
            auto written = m_connection.run(
                "INSERT INTO deployments_seen (environment, id, service, revision, at, committed, failed_at, "
                "restored_at,"
                " outcome, because, evidence, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (environment, id) DO UPDATE SET service = excluded.service,"
                " revision = excluded.revision, at = MIN(at, excluded.at),"
                " committed = COALESCE(excluded.committed, committed), failed_at = COALESCE(excluded.failed_at, "
                "failed_at),"
                " restored_at = COALESCE(excluded.restored_at, restored_at), outcome = excluded.outcome,"
                " because = excluded.because, evidence = excluded.evidence, seen_at = excluded.seen_at",
                {environment, record.id, record.service, record.revision, toEpochMs(record.at),
                 timeValue(record.committed), timeValue(record.failedAt), timeValue(record.restoredAt),
                 outcomeName(record.outcome), record.because, record.evidence, toEpochMs(now)});
            if (!written)
                return written.error();
        }
        return Done{};
    });
}

Result<QList<DeploymentRecord>> DeliveryRows::deployments(const QString &environment)
{
    auto query =
        m_connection.run("SELECT id, service, revision, at, committed, failed_at, restored_at, outcome, because,"
                         " evidence FROM deployments_seen WHERE environment = ? ORDER BY at, id",
                         {environment});
    if (!query)
        return query.error();
    QList<DeploymentRecord> found;
    while (query->next())
        found.append({.id = query->value(0).toString(),
                      .service = query->value(1).toString(),
                      .revision = query->value(2).toString(),
                      .at = fromEpochMs(query->value(3).toLongLong()),
                      .committed = timeFrom(query->value(4)),
                      .failedAt = timeFrom(query->value(5)),
                      .restoredAt = timeFrom(query->value(6)),
                      .outcome = outcomeOf(query->value(7).toString()),
                      .because = query->value(8).toString(),
                      .evidence = query->value(9).toString()});
    return found;
}

Result<Done> DeliveryRows::seePages(const QString &environment, const QList<SeenPage> &pages)
{
    return m_connection.transaction<Done>([&]() -> Result<Done> {
        for (const SeenPage &seen : pages) {
            auto written = m_connection.run(
                "INSERT INTO pages_seen (environment, firing, at, ended_at, alert, service) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (environment, firing, at) DO UPDATE SET ended_at = COALESCE(excluded.ended_at, ended_at)",
                {environment, seen.firing, toEpochMs(seen.page.at), timeValue(seen.page.endedAt), seen.page.alert,
                 seen.page.service});
            if (!written)
                return written.error();
        }
        return Done{};
    });
}

Result<QList<SeenPage>> DeliveryRows::pagesSince(const QString &environment, Instant since)
{
    auto query = m_connection.run("SELECT firing, at, ended_at, alert, service FROM pages_seen"
                                  " WHERE environment = ? AND at >= ? ORDER BY at, firing",
                                  {environment, toEpochMs(since)});
    if (!query)
        return query.error();
    QList<SeenPage> found;
    while (query->next())
        found.append({.firing = query->value(0).toString(),
                      .page = {.alert = query->value(3).toString(),
                               .service = query->value(4).toString(),
                               .at = fromEpochMs(query->value(1).toLongLong()),
                               .endedAt = timeFrom(query->value(2))}});
    return found;
}

Result<Done> DeliveryRows::correct(const QString &environment, const DeploymentCorrection &correction,
                                   const ActionId &id)
{
    if (correction.reason.trimmed().isEmpty())
        return Error{Error::Kind::Invalid, QCoreApplication::translate("Delivery", "A correction needs a reason."),
                     QCoreApplication::translate("Delivery", "The figures stay as they were."),
                     QCoreApplication::translate("Delivery", "Say in a few words why it counts otherwise.")};
    return m_connection.transaction<Done>([&]() -> Result<Done> {
        auto written = m_connection.run("INSERT INTO deployment_corrections (environment, deployment, verdict, reason,"
                                        " actor, at) VALUES (?, ?, ?, ?, ?, ?)",
                                        {environment, correction.deployment, toWireName(correction.verdict),
                                         correction.reason, correction.actor, toEpochMs(correction.at)});
        if (!written)
            return written.error();
        ActivityEntry entry;
        entry.environment = environment;
        entry.at = correction.at;
        entry.action = id;
        entry.actionName = QStringLiteral("delivery.correct");
        entry.target = correction.deployment;
        entry.actor = correction.actor;
        entry.reason = correction.reason;
        entry.state = ActionState::Succeeded;
        entry.text =
            QCoreApplication::translate("Delivery", "Counted a deployment as: %1").arg(toWireName(correction.verdict));
        return m_journal.appendNote(entry);
    });
}

Result<QList<DeploymentCorrection>> DeliveryRows::corrections(const QString &environment)
{
    auto query = m_connection.run("SELECT deployment, verdict, reason, actor, at FROM deployment_corrections"
                                  " WHERE environment = ? ORDER BY id",
                                  {environment});
    if (!query)
        return query.error();
    QList<DeploymentCorrection> found;
    while (query->next()) {
        if (const auto verdict = deploymentVerdictOf(query->value(1).toString()))
            found.append({query->value(0).toString(), *verdict, query->value(2).toString(), query->value(3).toString(),
                          fromEpochMs(query->value(4).toLongLong())});
    }
    return found;
}

Result<Done> DeliveryRows::prune(Instant now)
{
    const qint64 before = toEpochMs(now - keptFor);
    if (auto aged = m_connection.run("DELETE FROM deployments_seen WHERE at < ?", {before}); !aged)
        return aged.error();
    if (auto aged = m_connection.run("DELETE FROM pages_seen WHERE at < ?", {before}); !aged)
        return aged.error();
    return Done{};
}

} // namespace cockpit
