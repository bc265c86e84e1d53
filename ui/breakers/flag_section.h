// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/breaker_store.h"
#include "models/items/cockpit_models.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLineEdit;

namespace cockpit {

class ActionPlace;
class Button;
class GlyphLabel;
class PlainLabel;
class RunLabel;
class RunTable;
struct RunRow;
class SegmentedControl;

/// Feature flags beside the breakers: state per environment, who changed it last, and the switch. A switch asks why and
/// for how long, in place, under the table.
class FlagSection : public QWidget {
    Q_OBJECT
public:
    FlagSection(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    void refresh();
    /// Opens the switch of that flag.
    void choose(const FlagKey &key);
    ActionPlace *place() const { return m_place; }

private:
    QWidget *makeSwitch();
    void refreshTable();
    void refreshSwitch();
    RunRow row(const FeatureFlag &flag) const;
    QString refusal(const FeatureFlag &flag) const;
    void submit();

    CockpitModels &m_models;
    Theme &m_theme;
    RunLabel *m_head;
    Button *m_all;
    RunTable *m_table;
    GlyphLabel *m_empty;
    QWidget *m_switch = nullptr;
    PlainLabel *m_what = nullptr;
    QLineEdit *m_reason = nullptr;
    SegmentedControl *m_length = nullptr;
    Button *m_run = nullptr;
    PlainLabel *m_why = nullptr;
    ActionPlace *m_place;
    std::optional<FlagKey> m_chosen{};
    QString m_other{}; ///< the second environment that is shown
    bool m_showAll = false;
};

} // namespace cockpit
