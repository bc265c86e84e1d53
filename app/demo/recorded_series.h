// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/matcher.h"
#include "app/demo/world.h"

#include <functional>
#include <string_view>
#include <vector>

namespace cockpit::demo {

/// One series that resources/rules/recording.yml would record from the world's raw metrics.
struct RecordedSeries {
    LabelSet labels{}; ///< with __name__
    /// Nothing when the series has no sample at that time.
    std::function<std::optional<double>(Offset)> value{};
};

/// All recorded series of a world. The world must outlive them.
class RecordedSeriesSet {
public:
    explicit RecordedSeriesSet(const World &world);

    const std::vector<RecordedSeries> &all() const { return m_series; }
    /// Those that match, and the series of single pods (podSeries), of breakers (rawBreakerSeries) and of objectives
    /// (sloSeries) when they are what is asked for.
    std::vector<RecordedSeries> select(const std::vector<Matcher> &matchers) const;

private:
    using Value = std::function<std::optional<double>(Offset)>;
    void add(const char *name, LabelSet labels, Value value);
    void addFigures(const ServiceFlows &service);
    void addVersions(const ServiceFlows &service);
    void addState(const ServiceFlows &service);
    void addShedding(const ServiceFlows &service);
    void addBreakers(const World &world);
    void addSpecials(const World &world);

    const World &m_world;
    std::vector<RecordedSeries> m_series{};
};

} // namespace cockpit::demo
