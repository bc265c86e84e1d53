// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/alert_charts.h"

#include "models/alert.h"
#include "models/items/breaker_store.h"
#include "models/items/fleet_model.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/charts/time_chart.h"
#include "ui/rollouts/rollout_charts.h"
#include "ui/rollouts/rollout_timeline.h"

#include <QVBoxLayout>

namespace cockpit {

namespace {

/// Switches of flags of that service, in the environment that is looked after, as lines in its charts.
QList<ChartMarker> flagMarkers(const BreakerStore &store, const ServiceId &service, Instant from)
{
    QList<ChartMarker> lines;
    for (const FlagEvent &event : store.flagEvents()) {
        const FlagPtr flag = event.at >= from && event.enabled ? store.find(event.flag) : nullptr;
        if (flag && !service.isEmpty() && flag->service == service && event.environment == flag->here)
            lines.append({event.at, plainLine(event.flag.name + u' ' + event.what, 30), true, false});
    }
    return lines;
}

} // namespace

AlertCharts::AlertCharts(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_subscription(new ChartSubscription(models, this))
    , m_layout(new QBoxLayout(QBoxLayout::TopToBottom, this))
{
    auto *layout = m_layout;
    layout->setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8));
    layout->setSpacing(theme.px(8));
    for (TimeChart *&chart : m_charts) {
        chart = new TimeChart(theme);
        layout->addWidget(chart, 1);
        connect(chart, &TimeChart::windowChanged, this, [this](const std::optional<TimeChart::Window> &window) {
            for (TimeChart *each : m_charts)
                each->setWindow(window);
        });
    }
}

void AlertCharts::setWide(bool wide)
{
    using namespace std::chrono;
    m_range = wide ? Duration(hours(1)) : Duration(minutes(35));
}

void AlertCharts::setAlert(const Alert &alert, Instant knownUntil)
{
    const ServiceHealth *health = m_models.fleet.service(alert.service);
    const bool known = health != nullptr;
    ServiceHealth none;
    none.id = alert.service;
    const ServiceHealth &service = known ? *health : none;
    QSet<ChartKey> keys;
    constexpr std::array<Figure, 2> figures{Figure::ErrorRatio, Figure::P99Seconds};
    const RolloutEntry *entry = m_models.rollouts.ofService(alert.service);
    const bool rolls = entry && known && !weightMoments(*entry->rollout, m_models.rollouts.events()).isEmpty();
    for (size_t index = 0; index < figures.size(); ++index) {
        const Figure figure = rolls ? trackFigure(m_models, *entry, figures[index], m_range)
                                    : byVersionWhereKnown(service, figures[index]);
        ChartView view = rolls ? canaryChart(m_models, *entry, figures[index], m_range)
                               : serviceChart(m_models, service, figure, m_range, m_models.time.now());
        if (!known)
            view.emptyText = tr("No figures are known for this alert's service.");
        else
            keys.insert({service.id, figure, m_range});
        view.markers.append(flagMarkers(m_models.breakers, alert.service, view.start));
        view.timeLabels = m_compact || index + 1 == figures.size();
        if (m_compact || index == 0)
            view.bands.clear();
        if (m_compact || index > 0)
            view.rangeText.clear();
        if (m_compact && view.lines.size() == 2) {
            for (ChartLine &line : view.lines) // the colours tell, and the button above says which is which
                line.name.clear();
        }
        if (alert.state != AlertState::Pending)
            view.shade =
                ChartShade{alert.startsAt, alert.resolvedAt.value_or(std::min(knownUntil, view.end)), tr("firing")};
        m_charts[index]->setView(std::move(view));
    }
    m_subscription->setKeys(keys, std::max(200, m_charts[0]->width()));
}

void AlertCharts::setCompact(bool compact)
{
    m_compact = compact;
    m_layout->setDirection(compact ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    for (TimeChart *chart : m_charts) {
        chart->setAxisWidth(compact ? 28 : 36);
        // The strip above comes first: what it needs, these give.
        chart->setSizePolicy(QSizePolicy::Expanding, compact ? QSizePolicy::Ignored : QSizePolicy::Expanding);
    }
}

void AlertCharts::release() { m_subscription->setKeys({}, 0); }

} // namespace cockpit
