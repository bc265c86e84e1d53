// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/action_run.h"
#include "app/cli/commands.h"
#include "models/matcher.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

QString actionWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

Error refusal(const QString &what, const QString &next = {})
{
    return Error{.kind = Error::Kind::Invalid, .what = what, .next = next};
}

/// The cluster that is meant: the given one, or the only one.
Result<QString> clusterOf(const Configuration &configuration, const QString &given)
{
    QStringList clusters;
    for (const AlertmanagerConfig &config : configuration.alertmanagers) {
        if (!clusters.contains(config.cluster))
            clusters.append(config.cluster);
    }
    if (!given.isEmpty() && !clusters.contains(given))
        return refusal(actionWords("There is no Alertmanager cluster '") + given + QStringLiteral("'."));
    if (!given.isEmpty())
        return given;
    if (clusters.size() == 1)
        return clusters.first();
    return refusal(actionWords("The Alertmanager clusters are: ") + clusters.join(QStringLiteral(", ")) + u'.',
                   actionWords("Say which with --cluster."));
}

bool isMeant(const Alert &alert, const QString &words)
{
    return alert.key.fingerprint == words || alert.name == words || alert.key.cluster + u'/' + alert.key.fingerprint == words;
}

/// The one firing alert that `words` names: its fingerprint, cluster/fingerprint or name. Several are refused by name.
Result<Alert> alertNamed(const Fleet &fleet, const QString &words)
{
    QList<Alert> found;
    for (const Alert &alert : fleet.alerts) {
        const bool acknowledgeable = alert.state == AlertState::Firing || alert.state == AlertState::Acknowledged;
        if (acknowledgeable && isMeant(alert, words))
            found.append(alert);
    }
    if (found.size() == 1)
        return found.first();
    if (found.isEmpty())
        return refusal(actionWords("No firing alert is called '") + words + QStringLiteral("'."),
                       actionWords("See them with: dt-cockpit alerts"));
    QStringList candidates;
    for (const Alert &alert : found)
        candidates.append(alert.key.cluster + u'/' + alert.key.fingerprint + QStringLiteral(" (") + alert.name + u')');
    return refusal(actionWords("Several alerts are meant: ") + candidates.join(QStringLiteral(", ")) + u'.',
                   actionWords("Give one of them."));
}

} // namespace

void runSilence(Session &session, const Invocation &invocation, Finish finish)
{
    const auto cluster = clusterOf(session.cockpit().configuration(), invocation.cluster);
    const auto matchers = parseMatchers(invocation.arguments.join(u','));
    if (!cluster || !matchers || matchers->isEmpty()) {
        const Error error = !cluster    ? cluster.error()
                            : !matchers ? matchers.error()
                                        : refusal(actionWords("A silence needs at least one matcher."));
        return refuseAction(invocation, {.intent = SilenceAlerts{}}, error, finish);
    }
    if (invocation.reason.trimmed().isEmpty())
        return refuseAction(invocation, {.intent = SilenceAlerts{}},
                            refusal(actionWords("A silence needs a reason."), actionWords("Add --reason TEXT.")), finish);
    whenAnswered(session, invocation, [&session, invocation, finish, cluster = *cluster, matchers = *matchers] {
        const Instant now = session.clock().now();
        SilenceAlerts intent{.cluster = cluster,
                             .matchers = matchers,
                             .startsAt = now,
                             .endsAt = now + invocation.length,
                             .comment = invocation.reason};
        runAction(session, invocation, {.target = invocation.arguments.join(QStringLiteral(", ")), .intent = intent},
                  finish);
    });
}

void runUnsilence(Session &session, const Invocation &invocation, Finish finish)
{
    const auto cluster = clusterOf(session.cockpit().configuration(), invocation.cluster);
    const QString id = invocation.arguments.value(0);
    if (!cluster || id.isEmpty()) {
        const Error error = cluster ? refusal(actionWords("Which silence? Give its id.")) : cluster.error();
        return refuseAction(invocation, {.intent = ExpireSilence{}}, error, finish);
    }
    whenAnswered(session, invocation, [&session, invocation, finish, cluster = *cluster, id] {
        runAction(session, invocation,
                  {.target = QStringLiteral("silence ") + id, .intent = ExpireSilence{.cluster = cluster, .silenceId = id}},
                  finish);
    });
}

void runAcknowledge(Session &session, const Invocation &invocation, Finish finish)
{
    const QString words = invocation.arguments.value(0);
    whenAnswered(session, invocation, [&session, invocation, finish, words] {
        const auto alert = alertNamed(session.cockpit().fleet().fleet(), words);
        if (!alert)
            return refuseAction(invocation, {.target = words, .intent = AcknowledgeAlert{}}, alert.error(), finish);
        runAction(session, invocation,
                  {.target = alert->name,
                   .service = alert->service,
                   .intent = AcknowledgeAlert{.alert = alert->key, .labels = alert->labels, .length = invocation.length}},
                  finish);
    });
}

} // namespace cockpit
