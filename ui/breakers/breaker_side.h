// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breaker.h"
#include "models/feature_flag.h"
#include "models/items/cockpit_models.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace cockpit {

class CapacitySection;
class CascadeMap;
class FlagSection;
class PlainLabel;
class RunTable;

/// The right column of the Breakers page: who is degraded because of whom, fallbacks, feature flags, capacity.
class BreakerSide : public QWidget {
    Q_OBJECT
public:
    BreakerSide(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    void refresh();
    void chooseFlag(const FlagKey &key);
    CascadeMap *map() const { return m_map; }
    FlagSection *flags() const { return m_flags; }

Q_SIGNALS:
    /// An edge of the map was clicked.
    void breakerChosen(const cockpit::BreakerKey &key);

private:
    void refreshFallbacks();
    QWidget *makeSeparator();

    CockpitModels &m_models;
    Theme &m_theme;
    CascadeMap *m_map;
    RunTable *m_fallbacks;
    PlainLabel *m_noFallback;
    FlagSection *m_flags;
    CapacitySection *m_capacity;
};

} // namespace cockpit
