// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends/recorded_slos.h"

#include "app/formats/go_duration.h"

#include <QCoreApplication>

#include <cmath>
#include <map>
#include <memory>

namespace cockpit {

namespace {

constexpr int burnDownColumns = 360;
constexpr int mostObjectives = 1000;
constexpr Duration usualPeriod{std::chrono::days(30)};

struct SlothFacts {
    SloReading reading{};
    std::optional<double> target{};
};

QString recordedWords(const char *text) { return QCoreApplication::translate("RecordedSlos", text); }

/// "joins-succeed" reads "joins succeed" in a table.
QString slothTitle(const Labels &labels) { return labels.value(u"sloth_slo").replace(u'-', u' ').replace(u'_', u' '); }

Slo slothObjective(const Labels &labels)
{
    return {.id = labels.value(u"sloth_id"),
            .service = labels.value(u"sloth_service"),
            .title = slothTitle(labels),
            .kind = SloKind::Series,
            .window = {.length = usualPeriod},
            .understood = recordedWords("Sloth's recorded series, 30 days rolling"),
            .source = QStringLiteral("slo:objective:ratio")};
}

/// "5m" or "30d": Go's durations know no days.
std::optional<Duration> slothWindow(const QString &text)
{
    if (!text.endsWith(u'd'))
        return parseGoDuration(text.toStdString());
    bool isNumber = false;
    const int days = text.chopped(1).toInt(&isNumber);
    return isNumber && days > 0 && days <= 366 ? std::optional<Duration>(std::chrono::days(days)) : std::nullopt;
}

void takeSlothValue(SlothFacts &facts, const QString &metric, const FigureUpdate::Value &value)
{
    if (!value.value)
        return;
    if (metric == u"slo:objective:ratio") {
        facts.target = *value.value;
    } else if (metric == u"slo:period_error_budget_remaining:ratio") {
        facts.reading.budgetLeft = *value.value;
    } else if (metric == u"slo:time_period:days") {
        if (*value.value >= 1.0 && *value.value <= 366.0) {
            facts.reading.slo.window.length =
                std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::ratio<86400>>(*value.value));
            facts.reading.slo.understood =
                recordedWords("Sloth's recorded series, %1 days rolling").arg(*value.value, 0, 'g', 4);
        }
    } else if (metric.startsWith(u"slo:sli_error:ratio_rate")) {
        if (const auto length = slothWindow(value.labels.value(u"sloth_window")))
            facts.reading.errorRatios.insert(length->count(), *value.value);
    }
}

QList<BudgetPoint> budgetPoints(const Series &line)
{
    QList<BudgetPoint> points;
    points.reserve(static_cast<qsizetype>(line.points.size()));
    for (const Point &point : line.points)
        points.append({.at = point.at, .left = std::isfinite(point.value) ? std::optional(point.value) : std::nullopt});
    return points;
}

} // namespace

RecordedSlos recordedSlos(const std::vector<FigureUpdate::Value> &values, const std::vector<Series> &remaining)
{
    std::map<QString, SlothFacts> byId;
    for (const FigureUpdate::Value &value : values) {
        const QString id = value.labels.value(u"sloth_id");
        if (id.isEmpty())
            continue;
        const auto [facts, isNew] = byId.try_emplace(id);
        if (isNew)
            facts->second.reading.slo = slothObjective(value.labels);
        takeSlothValue(facts->second, value.labels.value(u"__name__"), value);
    }
    for (const Series &line : remaining) {
        const auto facts = byId.find(line.labels.value(u"sloth_id"));
        if (facts != byId.end())
            facts->second.reading.burnDown = budgetPoints(line);
    }
    RecordedSlos recorded;
    for (auto &[id, facts] : byId) {
        if (!facts.target || !(*facts.target > 0.0) || !(*facts.target <= 1.0)) {
            recorded.problems.append(
                recordedWords("%1: no target between 0 and 1 is recorded in slo:objective:ratio.").arg(id));
            continue;
        }
        facts.reading.slo.target = *facts.target;
        recorded.readings.append(std::move(facts.reading));
    }
    return recorded;
}

void queryRecordedSlos(PrometheusBackend &prometheus, Instant now, Duration range,
                       std::function<void(Result<RecordedSlos>)> done)
{
    prometheus.queryAt(
        QStringLiteral("{__name__=~\"slo:.+\",sloth_id!=\"\"}"), now, HttpLane::Poll,
        [&prometheus, range, done = std::move(done)](const Result<QueryAnswer> &answer) {
            if (!answer)
                return done(answer.error());
            if (answer->values.empty())
                return done(RecordedSlos{});
            const auto values = std::make_shared<std::vector<FigureUpdate::Value>>(answer->values);
            prometheus.querySeries(
                QStringLiteral("slo:period_error_budget_remaining:ratio"), range, burnDownColumns, mostObjectives,
                [values, done](const Result<RangeAnswer> &series) {
                    RecordedSlos recorded = recordedSlos(*values, series ? series->series : std::vector<Series>());
                    if (!series)
                        recorded.problems.append(recordedWords("No burn-down: %1").arg(series.error().what));
                    done(std::move(recorded));
                });
        });
}

} // namespace cockpit
