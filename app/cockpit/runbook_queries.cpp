// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/runbook_queries.h"

#include <QPointer>

namespace cockpit {

namespace {

constexpr int mostQueryLines = 20;
constexpr int mostQueryPoints = 240;
constexpr qsizetype mostQueryLength = 8192;

} // namespace

/// The answers to one query, until all have come.
struct RunbookQueries::Gathered {
    RunbookQueryAnswer answer{};
    int missing = 0;
    QStringList problems{};
    std::vector<FigureUpdate::Value> values{};
};

RunbookQueries::RunbookQueries(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{}

void RunbookQueries::ask(const QString &query)
{
    if (const RunbookQueryAnswer *known = m_parts.store.answer(query); known && known->loading)
        return;
    auto gathered = std::make_shared<Gathered>();
    gathered->answer.query = query;
    gathered->answer.at = m_parts.clock.now();
    const QList<PrometheusBackend *> servers = m_parts.prometheus();
    if (servers.isEmpty() || query.size() > mostQueryLength) {
        gathered->answer.problem =
            servers.isEmpty() ? tr("No Prometheus can be asked now.") : tr("This is too long for a query.");
        return m_parts.store.setAnswer(gathered->answer);
    }
    gathered->missing = int(servers.size()) * 2;
    gathered->answer.loading = true;
    m_parts.store.setAnswer(gathered->answer);
    const auto onOwner = [self = QPointer<RunbookQueries>(this), post = m_parts.post,
                          gathered](std::function<void(Gathered &)> take) {
        post([self, gathered, take = std::move(take)] {
            take(*gathered);
            if (--gathered->missing == 0 && self)
                self->take(gathered);
        });
    };
    for (PrometheusBackend *server : servers) {
        server->querySeries(query, std::chrono::hours(1), mostQueryPoints, mostQueryLines,
                            [onOwner](const Result<RangeAnswer> &answer) {
                                onOwner([answer](Gathered &into) {
                                    if (!answer)
                                        into.problems.append(answer.error().text());
                                    else
                                        into.answer.series.insert(into.answer.series.end(), answer->series.begin(),
                                                                  answer->series.end());
                                });
                            });
        server->queryAt(query, gathered->answer.at, HttpLane::Interactive,
                        [onOwner](const Result<QueryAnswer> &answer) {
                            onOwner([answer](Gathered &into) {
                                if (answer)
                                    into.values.insert(into.values.end(), answer->values.begin(), answer->values.end());
                            });
                        });
    }
}

void RunbookQueries::take(const std::shared_ptr<Gathered> &gathered)
{
    RunbookQueryAnswer &answer = gathered->answer;
    answer.loading = false;
    if (answer.series.size() > mostQueryLines)
        answer.series.resize(mostQueryLines);
    if (gathered->values.size() == 1 && gathered->values.front().value)
        answer.value = QString::number(*gathered->values.front().value, 'g', 6);
    gathered->problems.removeDuplicates();
    if (!gathered->problems.isEmpty())
        answer.problem = gathered->problems.join(u' ');
    else if (answer.series.empty() && answer.value.isEmpty())
        answer.problem = tr("Prometheus has no such series in the last hour.");
    m_parts.store.setAnswer(answer);
}

} // namespace cockpit
