// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/formats/status_json.h"
#include "models/items/alert_list_model.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <memory>

namespace cockpit {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("CommandLine", text); }

QString percent(const std::optional<Sample> &sample)
{
    return sample ? QString::number(sample->value * 100.0, 'f', 2) + QStringLiteral(" %") : QStringLiteral("?");
}

QString milliseconds(const std::optional<Sample> &sample)
{
    return sample ? QString::number(sample->value * 1000.0, 'f', 0) + QStringLiteral(" ms") : QStringLiteral("?");
}

QString perSecond(const std::optional<Sample> &sample)
{
    return sample ? QString::number(sample->value, 'f', 1) + QStringLiteral(" /s") : QStringLiteral("?");
}

QStringList alertRow(const Alert &alert, Instant now)
{
    return {alert.priority ? toWireName(*alert.priority) : QStringLiteral("P?"),
            toWireName(alert.state),
            roughDurationText(now - alert.startsAt),
            alert.service.toString(),
            alert.name,
            alert.summaryLine(),
            alert.key.cluster + u'/' + alert.key.fingerprint};
}

QString sourceLine(const SourceStatus &source, Instant now)
{
    const QString age = source.lastSuccess ? tr(", last answer ") + roughDurationText(now - *source.lastSuccess) + tr(" ago")
                                           : QString();
    return QStringLiteral("  ") + terminalText(source.name) + QStringLiteral(": ") + toWireName(source.state) + age
           + (source.message.isEmpty() ? QString() : QStringLiteral("\n    ") + terminalText(source.message));
}

QString serviceTable(const Fleet &fleet)
{
    QList<QStringList> rows{{tr("SERVICE"), tr("HEALTHY"), tr("REQUESTS"), tr("ERRORS"), tr("P99"), tr("VERSIONS")}};
    for (const ServiceHealth &service : fleet.services)
        rows.append({service.id.toString(), toWireName(service.healthy.verdict),
                     perSecond(service.figure(Figure::RequestsPerSecond)), percent(service.figure(Figure::ErrorRatio)),
                     milliseconds(service.figure(Figure::P99Seconds)), service.versions.join(u' ')});
    return table(rows);
}

/// How alerts lead to runbooks; empty while those are not read.
std::function<RunbookLink(const Alert &)> runbookLinks(Cockpit &cockpit)
{
    if (!cockpit.runbooks().isRead() || cockpit.configuration().runbooks.isEmpty())
        return {};
    const auto library = std::make_shared<const RunbookLibrary>(cockpit.models().runbooks.library());
    return [linker = std::make_shared<const RunbookLinker>(library)](const Alert &alert) {
        return linker->link(alert.name, alert.labels, alert.annotations);
    };
}

StatusLists statusLists(Cockpit &cockpit)
{
    const BreakerStore &store = cockpit.breakers();
    const bool canHold = store.breakersConfigured() || store.flagsConfigured();
    return {.rollouts = shownRollouts(cockpit),
            .breakers = store.breakersKnown() ? &store.breakers() : nullptr,
            .flags = store.flagsKnown() ? &store.flags() : nullptr,
            .overrides = cockpit.overridesKnown() && canHold ? &store.overrides() : nullptr,
            .incidents = cockpit.incidents().book().isRead() && !cockpit.incidents().book().readError()
                             ? &cockpit.models().incidents.incidents()
                             : nullptr,
            .runbook = runbookLinks(cockpit)};
}

QString statusText(const Fleet &fleet, const QList<IncidentPtr> &incidents)
{
    QStringList lines{terminalText(fleet.environment) + QStringLiteral(" (") + fleet.environmentKind
                          + QStringLiteral("), ") + utcDateTimeText(fleet.at),
                      terminalText(fleet.calm.text)};
    for (const Evidence &check : fleet.calmChecks) {
        if (check.verdict != Evidence::Verdict::Good)
            lines.append(QStringLiteral("  ") + toWireName(check.verdict) + QStringLiteral(": ") + terminalText(check.text));
    }
    lines.append(QString());
    lines.append(tr("Sources"));
    for (const SourceStatus &source : fleet.sources)
        lines.append(sourceLine(source, fleet.at));
    QList<QStringList> rows;
    for (const Alert &alert : fleet.alerts) {
        if (alert.state == AlertState::Firing || alert.state == AlertState::Acknowledged)
            rows.append(alertRow(alert, fleet.at));
    }
    lines.append(QString());
    lines.append(tr("Firing: ") + QString::number(fleet.counts.firing) + tr(", acknowledged: ")
                 + QString::number(fleet.counts.acknowledged) + tr(", silenced: ") + QString::number(fleet.counts.silenced)
                 + tr(", pending: ") + QString::number(fleet.counts.pending));
    if (!rows.isEmpty())
        lines.append(table(rows));
    if (!fleet.services.empty())
        lines << QString() << serviceTable(fleet);
    for (const IncidentPtr &one : incidents) {
        if (one->isOpen())
            lines << tr("Incident ") + one->head.name() + QStringLiteral(", ") + toWireName(one->level) +
                         QStringLiteral(", ") + toWireName(one->phase) + QStringLiteral(": ") + terminalText(one->title);
    }
    return lines.join(u'\n');
}

std::vector<Alert> filtered(const Fleet &fleet, const AlertFilter &filter)
{
    std::vector<Alert> found;
    for (const Alert &alert : fleet.alerts) {
        if (matchesFilter(alert, filter))
            found.push_back(alert);
    }
    return found;
}

} // namespace

void whenReady(Session &session, const Invocation &invocation, bool (*ready)(const Cockpit &), std::function<void()> then)
{
    Cockpit &cockpit = session.cockpit();
    if (ready(cockpit))
        return then();
    auto *limit = new QTimer(&session);
    limit->setSingleShot(true);
    const auto pending = std::make_shared<std::function<void()>>(std::move(then));
    const auto once = [limit, pending, &cockpit] {
        if (!*pending)
            return;
        const auto call = std::exchange(*pending, nullptr);
        QObject::disconnect(&cockpit, nullptr, limit, nullptr);
        QObject::disconnect(&cockpit.rollouts(), nullptr, limit, nullptr);
        QObject::disconnect(&cockpit.breakers(), nullptr, limit, nullptr);
        limit->deleteLater();
        call();
    };
    const auto look = [once, ready, &cockpit] {
        if (ready(cockpit))
            once();
    };
    QObject::connect(limit, &QTimer::timeout, &session, once);
    QObject::connect(&cockpit, &Cockpit::fleetChanged, limit, look);
    // The store tells of a change from inside of it: what follows comes when it is done.
    QObject::connect(&cockpit.rollouts(), &RolloutStore::changed, limit, look, Qt::QueuedConnection);
    QObject::connect(&cockpit.breakers(), &BreakerStore::overridesChanged, limit, look, Qt::QueuedConnection);
    limit->start(invocation.timeout);
}

bool everyRolloutJudged(const Cockpit &cockpit)
{
    const std::vector<RolloutEntry> &entries = cockpit.rollouts().entries();
    return std::none_of(entries.begin(), entries.end(), [](const RolloutEntry &entry) {
        return entry.policy && !entry.verdict && entry.rollout->isUpdating();
    });
}

void whenAnswered(Session &session, const Invocation &invocation, std::function<void()> then)
{
    whenReady(session, invocation, [](const Cockpit &cockpit) { return cockpit.everySourceAnswered(); }, std::move(then));
}

void whenRunbooksRead(Session &session, const Invocation &invocation, std::function<void()> then)
{
    whenAnswered(session, invocation, [&session, invocation, then = std::move(then)] {
        RunbookService &runbooks = session.cockpit().runbooks();
        if (runbooks.isRead())
            return then();
        auto *limit = new QTimer(&session);
        limit->setSingleShot(true);
        QObject::connect(limit, &QTimer::timeout, limit, [limit, then] {
            limit->deleteLater();
            then();
        });
        QObject::connect(&runbooks, &RunbookService::read, limit, [limit] { limit->start(0); });
        limit->start(invocation.timeout);
    });
}

void whenJudged(Session &session, const Invocation &invocation, std::function<void()> then)
{
    whenAnswered(session, invocation, [&session, invocation, then = std::move(then)] {
        whenReady(session, invocation, everyRolloutJudged, then);
    });
}

const std::vector<RolloutEntry> *shownRollouts(const Cockpit &cockpit)
{
    return cockpit.rollouts().isKnown() ? &cockpit.rollouts().entries() : nullptr;
}

void runStatus(Session &session, const Invocation &invocation, Finish finish)
{
    whenRunbooksRead(session, invocation, [&session, invocation, finish] {
        const Fleet &fleet = session.cockpit().fleet().fleet();
        if (invocation.json)
            printOut(statusJson(fleet, statusLists(session.cockpit())));
        else
            printOut(statusText(fleet, session.cockpit().models().incidents.incidents()));
        finish(statusExitCode(fleet));
    });
}

void runAlerts(Session &session, const Invocation &invocation, Finish finish)
{
    const auto filter = parseAlertFilter(invocation.filter);
    if (!filter) {
        printError(filter.error().text());
        return finish(exitCode::usage);
    }
    whenAnswered(session, invocation, [&session, invocation, filter = *filter, finish] {
        const Fleet &fleet = session.cockpit().fleet().fleet();
        const std::vector<Alert> alerts = filtered(fleet, filter);
        if (invocation.json) {
            printOut(alertsJson(alerts));
        } else {
            QList<QStringList> rows;
            for (const Alert &alert : alerts)
                rows.append(alertRow(alert, fleet.at));
            printOut(rows.isEmpty() ? tr("No alert matches.") : table(rows));
            if (!fleet.alertsKnown)
                printError(tr("No Alertmanager has answered: alerts are not known."));
        }
        finish(statusExitCode(fleet));
    });
}

} // namespace cockpit
