// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/live_sessions.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace cockpit {

namespace {

struct SessionWords {
    Q_DECLARE_TR_FUNCTIONS(LiveSessions)
};

/// What the servers said, until all have.
struct SessionAnswers {
    int missing = 0;
    std::optional<double> sum{};
    std::optional<Error> error{};
};

void addAnswer(SessionAnswers &into, const Result<QueryAnswer> &answer)
{
    if (!answer) {
        into.error = answer.error();
        return;
    }
    if (into.sum)
        return; // another server has the same series
    for (const FigureUpdate::Value &value : answer->values) {
        if (value.value)
            into.sum = into.sum.value_or(0.0) + *value.value;
    }
}

} // namespace

QString sessionsQuery(const QString &query, const QStringList &pods)
{
    QStringList names;
    for (QString pod : pods)
        names.append(pod.replace(QStringLiteral("."), QStringLiteral("[.]")));
    QString filled = query;
    return filled.replace(QStringLiteral("{pods}"), names.join(u'|'));
}

CountSessions sessionCounter(const QList<ServiceConfig> &services, const Clock &clock, Post post,
                             std::function<QList<PrometheusBackend *>()> prometheus)
{
    QHash<ServiceId, QString> queries;
    for (const ServiceConfig &one : services) {
        if (!one.sessions.isEmpty())
            queries.insert(one.definition.id, one.sessions);
    }
    if (queries.isEmpty())
        return {};
    return [queries, &clock, post, prometheus](const Rollout &rollout, const QStringList &pods,
                                               std::function<void(Result<std::optional<double>>)> done) {
        const QString query = queries.value(rollout.service);
        const QList<PrometheusBackend *> servers = prometheus();
        if (query.isEmpty() || servers.isEmpty())
            return done(Error{Error::Kind::Unavailable,
                              query.isEmpty() ? SessionWords::tr("no query is configured for %1.")
                                                    .arg(rollout.service.toString())
                                              : SessionWords::tr("no Prometheus can be asked now."),
                              {},
                              {}});
        auto answers = std::make_shared<SessionAnswers>();
        answers->missing = static_cast<int>(servers.size());
        for (PrometheusBackend *server : servers) {
            server->queryAt(sessionsQuery(query, pods), clock.now(), HttpLane::Interactive,
                            [answers, post, done](const Result<QueryAnswer> &answer) {
                                post([answers, done, answer] {
                                    addAnswer(*answers, answer);
                                    if (--answers->missing > 0)
                                        return;
                                    if (!answers->sum && answers->error)
                                        return done(*answers->error);
                                    done(answers->sum);
                                });
                            });
        }
    };
}

} // namespace cockpit
