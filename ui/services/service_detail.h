// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "ui/services/service_charts.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <array>

class QVBoxLayout;

namespace cockpit {

class ElidedLabel;
class GlyphLabel;
class PlainLabel;
class TimeChart;

/// One service at full size: four charts at the left, state, figures with their samples, versions and firing alerts at
/// the right. Esc goes back.
class ServiceDetail : public QWidget {
    Q_OBJECT
public:
    ServiceDetail(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    void setService(const ServiceId &service);
    const ServiceId &service() const { return m_service; }
    void setRange(Duration range);
    /// Reads everything again; only ages when nothing else changed.
    void refresh();
    /// Asks for its charts while it is shown.
    void setActive(bool active);

Q_SIGNALS:
    void backRequested();

private:
    QWidget *makeSide();
    void refreshCharts(const ServiceHealth &service);
    void refreshSide(const ServiceHealth &service);
    void addFigures(const ServiceHealth &service);
    void addFiring(const ServiceHealth &service);
    void addSection(const QString &title);
    void addLine(int glyph, const QString &text, const QString &right);
    void subscribe();

    CockpitModels &m_models;
    Theme &m_theme;
    ServiceId m_service{};
    Duration m_range{std::chrono::hours(1)};
    bool m_active = false;
    GlyphLabel *m_title;
    ElidedLabel *m_about;
    std::array<TimeChart *, 4> m_charts{};
    QVBoxLayout *m_side = nullptr;
    QWidget *m_sideBody = nullptr;
    QString m_sideShown{};
    ChartSubscription *m_subscription;
};

} // namespace cockpit
