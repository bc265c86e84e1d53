// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/rollout_charts.h"

#include "models/items/chart_store.h"
#include "models/items/fleet_model.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "models/verdict_words.h"
#include "ui/charts/export_bar.h"
#include "ui/charts/time_chart.h"
#include "ui/rollouts/rollout_timeline.h"
#include "ui/services/figure_words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_runs.h"

#include <QCoreApplication>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

QString chartText(const char *text) { return QCoreApplication::translate("RolloutCharts", text); }

Figure byVersion(Figure figure)
{
    switch (figure) {
    case Figure::ErrorRatio:
        return Figure::ErrorRatioByVersion;
    case Figure::P99Seconds:
        return Figure::P99SecondsByVersion;
    case Figure::Saturation:
        return Figure::SaturationByVersion;
    case Figure::RequestsPerSecond:
        return Figure::RequestsPerSecondByVersion;
    default:
        return figure;
    }
}

std::optional<PolicyMetric> metricOf(Figure figure)
{
    switch (byVersion(figure)) {
    case Figure::ErrorRatioByVersion:
        return PolicyMetric::ErrorRate;
    case Figure::P50SecondsByVersion:
        return PolicyMetric::P50Latency;
    case Figure::P95SecondsByVersion:
        return PolicyMetric::P95Latency;
    case Figure::P99SecondsByVersion:
        return PolicyMetric::P99Latency;
    case Figure::SaturationByVersion:
        return PolicyMetric::Saturation;
    default:
        return std::nullopt;
    }
}

QString limitWords(const CriterionVerdict &one)
{
    const QString value = metricText(*one.metric, *one.limit);
    QString label = one.kind == CriterionVerdict::Kind::Success
                        ? QCoreApplication::translate("RolloutCharts", "success below %1").arg(value)
                        : QCoreApplication::translate("RolloutCharts", "roll back above %1").arg(value);
    const qsizetype at = one.rule.indexOf(QStringLiteral("baseline"));
    if (at >= 0)
        label += QStringLiteral(" (") + plainLine(one.rule.mid(at), 30).replace(u'*', u'×') + u')';
    return label;
}

/// The rules of the policy in place of the service's own limit.
void setThresholds(ChartView &view, const RolloutEntry &entry, Figure figure)
{
    const auto metric = metricOf(figure);
    if (!entry.verdict || !metric)
        return;
    QList<ChartThreshold> thresholds;
    for (const CriterionVerdict &one : entry.verdict->criteria) {
        if (one.metric == metric && one.limit)
            thresholds.append({*one.limit, limitWords(one)});
    }
    if (!thresholds.isEmpty())
        view.thresholds = thresholds;
}

/// Lines are called canary and stable also where the data only knows versions.
void nameTracks(ChartView &view, const Rollout &rollout)
{
    const RolloutRevision *current = rollout.current();
    const RolloutRevision *stable = rollout.stable();
    const bool blueGreen = rollout.blueGreen.has_value();
    const QString canaryWord = blueGreen ? chartText(QT_TRANSLATE_NOOP("RolloutCharts", "preview"))
                                         : chartText(QT_TRANSLATE_NOOP("RolloutCharts", "canary"));
    const QString stableWord = blueGreen ? chartText(QT_TRANSLATE_NOOP("RolloutCharts", "active"))
                                         : chartText(QT_TRANSLATE_NOOP("RolloutCharts", "stable"));
    for (ChartLine &line : view.lines) {
        const bool canary =
            line.color == Role::Canary || (current && current != stable && line.name == current->version);
        const bool old = line.color == Role::Stable || (stable && line.name == stable->version);
        if (canary) {
            line.name = canaryWord;
            line.color = Role::Canary;
            line.width = 1.75;
        } else if (old) {
            line.name = stableWord;
            line.color = Role::Stable;
        }
    }
    std::stable_sort(view.lines.begin(), view.lines.end(), [](const ChartLine &a, const ChartLine &b) {
        return a.color == Role::Canary && b.color != Role::Canary;
    });
}

void shadeFiring(ChartView &view, const Fleet &fleet, const ServiceId &service)
{
    std::optional<Instant> from;
    for (const Alert &alert : fleet.alerts) {
        const bool fires =
            alert.service == service && (alert.state == AlertState::Firing || alert.state == AlertState::Acknowledged);
        if (fires && (!from || alert.startsAt < *from))
            from = alert.startsAt;
    }
    if (from)
        view.shade = ChartShade{*from, view.end, chartText(QT_TRANSLATE_NOOP("RolloutCharts", "firing"))};
}

} // namespace

Figure trackFigure(const CockpitModels &models, const RolloutEntry &entry, Figure figure, Duration range)
{
    const ServiceId service = entry.rollout->service;
    const ServiceHealth *health = models.fleet.service(service);
    const Figure split = byVersion(figure);
    const ChartData *data = models.charts.find({service, split, range});
    const bool lacking = data && !data->loading && !data->error && (!data->series || data->series->empty());
    if (lacking)
        return figure;
    return entry.rollout->isUpdating() || !health ? split : byVersionWhereKnown(*health, figure);
}

ChartView canaryChart(const CockpitModels &models, const RolloutEntry &entry, Figure figure, Duration range)
{
    const Rollout &rollout = *entry.rollout;
    const ServiceHealth *health = models.fleet.service(rollout.service);
    ServiceHealth none;
    none.id = rollout.service;
    ChartView view = serviceChart(models, health ? *health : none, trackFigure(models, entry, figure, range), range,
                                  models.time.now());
    nameTracks(view, rollout);
    setThresholds(view, entry, figure);
    const QList<WeightMoment> moments = weightMoments(rollout, models.rollouts.events());
    view.markers = weightMarkers(rollout, moments);
    view.bands = weightBands(rollout, moments, view.start, view.end);
    shadeFiring(view, models.fleet.fleet(), rollout.service);
    return view;
}

RolloutCharts::RolloutCharts(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_title(new RunLabel(theme))
    , m_choice(new SegmentedControl(theme, tr("Second chart"),
                                    {{QStringLiteral("p99"), QStringLiteral("p99")},
                                     {QStringLiteral("p95"), QStringLiteral("p95")},
                                     {QStringLiteral("p50"), QStringLiteral("p50")},
                                     {QStringLiteral("requests"), tr("req/s")},
                                     {QStringLiteral("saturation"), tr("load")}}))
    , m_export(new Button(theme, QString(), Button::Kind::Link))
    , m_facts(new RunLabel(theme))
    , m_bar(new ExportBar(models.requests, theme))
    , m_subscription(new ChartSubscription(models, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(16), theme.px(8), theme.px(12), theme.px(8));
    layout->setSpacing(theme.px(4));
    auto *head = new QHBoxLayout;
    head->setSpacing(theme.px(4));
    head->addWidget(m_title, 1);
    head->addWidget(m_choice);
    head->addWidget(m_export);
    m_export->setGlyphIcon(Icon::External);
    m_export->setAccessibleName(tr("Export the charts"));
    m_export->setToolTip(tr("Export the charts"));
    layout->addLayout(head);
    layout->addWidget(m_bar);
    for (TimeChart *&chart : m_charts) {
        chart = new TimeChart(theme);
        chart->setAxisWidth(32);
        layout->addWidget(chart, &chart == &m_charts[0] ? 11 : 13);
    }
    layout->addWidget(m_facts);
    wireCharts();
}

void RolloutCharts::wireCharts()
{
    for (TimeChart *chart : m_charts) {
        connect(chart, &TimeChart::windowChanged, this, [this](const std::optional<TimeChart::Window> &window) {
            for (TimeChart *each : m_charts)
                each->setWindow(window);
        });
    }
    connect(m_choice, &SegmentedControl::selected, this, [this](const QString &id) {
        m_second = id == QStringLiteral("p95")          ? Figure::P95SecondsByVersion
                   : id == QStringLiteral("p50")        ? Figure::P50SecondsByVersion
                   : id == QStringLiteral("requests")   ? Figure::RequestsPerSecond
                   : id == QStringLiteral("saturation") ? Figure::Saturation
                                                        : Figure::P99Seconds;
        refresh();
    });
    connect(m_export, &Button::clicked, this, [this] {
        if (m_entry)
            m_bar->open(m_entry->rollout->key.context + u'-' + m_entry->rollout->key.name,
                        {m_charts[0], m_charts[1]});
    });
    connect(&m_models.charts, &ChartStore::changed, this, [this](const ChartKey &key) {
        if (m_subscription->keys().contains(key))
            refresh();
    });
}

void RolloutCharts::setEntry(const RolloutEntry &entry)
{
    if (m_entry && !(m_entry->rollout->key == entry.rollout->key)) {
        for (TimeChart *chart : m_charts)
            chart->setWindow(std::nullopt);
        m_bar->close();
    }
    m_entry = entry;
    refresh();
}

void RolloutCharts::refresh()
{
    if (!m_entry)
        return;
    const Rollout &rollout = *m_entry->rollout;
    const QString name = plainLine(rollout.key.name, 60);
    const QString sides = rollout.blueGreen ? tr(", preview against active") : tr(", canary against stable");
    m_title->setRuns({{name, FontRole::RowStrong12, Role::Text},
                      {tr(" in "), FontRole::Row12, Role::Muted},
                      {plainLine(rollout.key.context, 40), FontRole::MonoMedium12, Role::Text},
                      {sides, FontRole::Row12, Role::Muted}});
    const std::array<Figure, 2> figures{Figure::ErrorRatio, m_second};
    QSet<ChartKey> keys;
    for (size_t index = 0; index < figures.size(); ++index) {
        ChartView view = canaryChart(m_models, *m_entry, figures[index], m_range);
        view.timeLabels = index == 1;
        if (index == 0)
            view.bands.clear();
        else
            view.rangeText.clear();
        const Figure shown = trackFigure(m_models, *m_entry, figures[index], m_range);
        keys.insert({rollout.service, shown, m_range});
        keys.insert({rollout.service, byVersion(figures[index]), m_range}); // asked again: it may be there by now
        m_charts[index]->setView(std::move(view));
    }
    m_subscription->setKeys(keys, std::max(200, m_charts[0]->width()));
    refreshFacts();
}

void RolloutCharts::refreshFacts()
{
    const Rollout &rollout = *m_entry->rollout;
    QList<TextRun> runs;
    const auto side = [&](const QString &word, const TrackMeasure &measure, Duration window) {
        if (!measure.requests || window.count() <= 0)
            return;
        const double rate = *measure.requests / (static_cast<double>(window.count()) / 1000.0);
        runs.append({word + u' ', FontRole::Row12, Role::Muted});
        runs.append({figureText(Figure::RequestsPerSecond, rate).joined(), FontRole::MonoMedium12, Role::Text});
        runs.append({tr(" on "), FontRole::Row12, Role::Muted});
        runs.append({QString::number(measure.pods), FontRole::MonoMedium12, Role::Text});
        runs.append({tr(" pods     "), FontRole::Row12, Role::Muted});
    };
    if (m_entry->verdict) {
        const TrackMeasures &measures = m_entry->verdict->measures;
        side(tr("canary"), measures.canary, measures.window);
        side(measures.baselineIsPast ? tr("before") : tr("stable"), measures.stable, measures.window);
        runs.append(
            {measures.split == TrackSplit::None ? plainLine(measures.splitProblem, 120) : splitText(measures.split),
             FontRole::Row12, Role::Muted});
    } else if (rollout.measuredWeight && rollout.desiredWeight && rollout.measuredWeight != rollout.desiredWeight) {
        runs = numberRuns(tr("asked for %1 %, measured %2 %").arg(*rollout.desiredWeight).arg(*rollout.measuredWeight),
                          FontRole::Row12, FontRole::MonoMedium12, Role::Muted);
    }
    m_facts->setRuns(runs);
}

void RolloutCharts::release() { m_subscription->setKeys({}, 0); }

} // namespace cockpit
