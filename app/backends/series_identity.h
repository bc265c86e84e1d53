// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/metric_preset.h"
#include "models/labels.h"
#include "models/service.h"

namespace cockpit {

/// Gives the series of any preset the same three labels: `service` (as the service map decides), `version`, `track`.
/// Immutable, so that the I/O thread may use it.
class SeriesIdentity {
public:
    SeriesIdentity(ServiceMap services, MetricPreset preset);

    /// `labels` with `service`, and `version` and `track` of `figure` where the series has them under another name.
    Labels named(const Labels &labels, Figure figure) const;
    /// The value of the preset's service label that stands for `service` in a query.
    QString labelValue(const ServiceId &service) const;

private:
    ServiceMap m_services;
    MetricPreset m_preset;
};

} // namespace cockpit
