// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/world.h"

#include <string>
#include <string_view>

namespace cockpit::demo {

/// The raw metrics of one service in Prometheus's text format: counters of every pod, histograms, gauges.
/// Empty when there is no such service.
std::string expositionOf(const World &world, std::string_view service, Offset time);

/// The same world under the metric names, labels and buckets that the services of Dark Tower really have, without a
/// version. Only gc-service and ac-service; empty for others.
std::string darkTowerExpositionOf(const World &world, std::string_view service, Offset time);

/// Writes metric lines; one instance per page.
class ExpositionWriter {
public:
    using Labels = std::vector<std::pair<std::string_view, std::string_view>>;
    /// Begins a metric: its # TYPE line.
    void begin(const std::string &name, const char *type);
    void sample(const std::string &name, const Labels &labels, double value);
    /// The lines of one histogram: buckets from `shares` of `count`, sum and count.
    void histogram(const std::string &name, const Labels &labels, const std::vector<double> &bounds,
                   const std::vector<double> &cumulative, double sum);
    std::string take() { return std::move(m_text); }

private:
    std::string m_text{};
};

} // namespace cockpit::demo
