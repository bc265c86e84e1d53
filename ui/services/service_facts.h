// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/service.h"
#include "ui/widgets/sparkline.h"
#include "ui/services/figure_words.h"

#include <array>

namespace cockpit {

/// One metric of a tile or a table row.
struct MetricFacts {
    QString name{};
    FigureText value{};
    Role color = Role::Text;
    SparklineView line{};
    bool operator==(const MetricFacts &) const = default;
};

/// An alert in the footer of a tile.
struct AlertFacts {
    StateGlyph glyph = StateGlyph::Critical;
    QString name{};
    QString age{};
    bool operator==(const AlertFacts &) const = default;
};

/// Everything that a tile or a row shows of one service, in words.
struct ServiceFacts {
    ServiceId id{};
    QString name{};
    QString versions{};
    StateGlyph glyph = StateGlyph::Unknown;
    QString level{}; ///< "unhealthy", or "data 47 s old"
    Role outline = Role::Border;
    bool old = false;
    std::array<MetricFacts, 3> metrics{};
    std::optional<double> budget{};
    FigureText burn{};
    StateGlyph readyGlyph = StateGlyph::Unknown;
    QString ready{}; ///< "8 of 8", or "not known"
    StateGlyph liveGlyph = StateGlyph::Unknown;
    QString live{};
    QList<AlertFacts> alerts{};
    int firing = 0;
    int silenced = 0;
    bool operator==(const ServiceFacts &) const = default;
    QString words() const; ///< all of it on one line, for people who do not see it
};

/// Reads them from the models at that time.
ServiceFacts serviceFacts(const CockpitModels &models, const ServiceHealth &service, Duration range);

} // namespace cockpit
