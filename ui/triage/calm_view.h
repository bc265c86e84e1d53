// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "ui/services/service_charts.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QVBoxLayout;

namespace cockpit {

class ElidedLabel;
class GlyphLabel;
class RunLabel;
class SectionHeader;
class ServiceTable;

/// What stands in the middle when no alert is selected: that nothing fires, where that is proven; that it is not known,
/// with the checks one by one, where it is not; and the services beneath.
class CalmView : public QWidget {
    Q_OBJECT
public:
    CalmView(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    void refresh();
    void setActive(bool active);

private:
    QWidget *makeHead();
    void refreshHead();
    void refreshChecks();

    CockpitModels &m_models;
    Theme &m_theme;
    RunLabel *m_line = nullptr;
    ElidedLabel *m_about = nullptr;
    GlyphLabel *m_glyph = nullptr;
    QVBoxLayout *m_checks = nullptr;
    QStringList m_checksShown{};
    SectionHeader *m_servicesHead;
    ServiceTable *m_services;
    ChartSubscription *m_sparklines;
    bool m_active = false;
};

} // namespace cockpit
