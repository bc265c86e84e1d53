// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/chart_service.h"

#include <algorithm>

namespace cockpit {

using namespace std::chrono_literals;

namespace {

/// A longer range moves more slowly; the shortest follows the scrape interval.
std::chrono::milliseconds refreshInterval(Duration range)
{
    return std::clamp<std::chrono::milliseconds>(range / 240, 15s, 5min);
}

} // namespace

ChartService::ChartService(Sources &sources, const Clock &clock, ChartStore &store, QObject *parent)
    : QObject(parent), m_sources(sources), m_clock(clock), m_store(store)
{
    m_timer.setInterval(5s);
    connect(&m_timer, &QTimer::timeout, this, &ChartService::refreshOld);
    m_timer.start();
    connect(&m_sources, &Sources::sourceReady, this, &ChartService::refreshOld);
}

void ChartService::request(const ChartKey &key, int widthPx)
{
    Shown &shown = m_shown[key];
    ++shown.users;
    const bool wider = widthPx > shown.widthPx * 5 / 4;
    shown.widthPx = std::max(shown.widthPx, widthPx);
    if (!shown.answered || wider || m_clock.monotonic() - shown.askedAt > refreshInterval(key.range))
        ask(key, shown);
}

void ChartService::release(const ChartKey &key)
{
    const auto found = m_shown.find(key);
    if (found != m_shown.end() && --found->users <= 0)
        m_shown.erase(found);
}

void ChartService::apply(const SeriesUpdate &update)
{
    const auto found = m_shown.find(update.key);
    if (found == m_shown.end())
        return;
    found->answered = true;
    ChartData data = update.data;
    const auto last = found->parts.constFind(update.source);
    if (data.error && last != found->parts.constEnd() && last->series) {
        // The last good answer stays, with the reason why it is not newer.
        const auto error = data.error;
        data = *last;
        data.error = error;
    }
    found->parts.insert(update.source, data);
    m_store.setData(update.key, joined(*found));
}

ChartData ChartService::joined(const Shown &shown) const
{
    if (shown.parts.size() == 1)
        return *shown.parts.cbegin();
    ChartData all;
    auto series = std::make_shared<std::vector<Series>>();
    for (const ChartData &part : shown.parts) {
        all.start = all.end == Instant{} ? part.start : std::min(all.start, part.start);
        all.end = std::max(all.end, part.end);
        all.step = std::max(all.step, part.step);
        all.query = part.query;
        all.source += (all.source.isEmpty() ? QString() : QStringLiteral(", ")) + part.source;
        all.warnings += part.warnings;
        if (part.error)
            all.error = part.error;
        if (part.series)
            series->insert(series->end(), part.series->begin(), part.series->end());
    }
    all.series = std::move(series);
    return all;
}

void ChartService::ask(const ChartKey &key, Shown &shown)
{
    const QList<PrometheusBackend *> able = m_sources.prometheusFor(key);
    if (able.isEmpty())
        return;
    shown.askedAt = m_clock.monotonic();
    for (PrometheusBackend *prometheus : able)
        prometheus->queryChart(key, shown.widthPx, HttpLane::Interactive);
}

void ChartService::refreshOld()
{
    const Clock::Monotonic now = m_clock.monotonic();
    for (auto shown = m_shown.begin(); shown != m_shown.end(); ++shown) {
        if (now - shown->askedAt > refreshInterval(shown.key().range))
            ask(shown.key(), *shown);
    }
}

void ChartService::refreshAll()
{
    for (auto shown = m_shown.begin(); shown != m_shown.end(); ++shown)
        ask(shown.key(), *shown);
}

int ChartService::waiting() const
{
    return int(std::count_if(m_shown.begin(), m_shown.end(), [](const Shown &shown) { return !shown.answered; }));
}

} // namespace cockpit
