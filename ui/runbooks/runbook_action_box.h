// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/runbook_action.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace cockpit {

class ActionPlace;
class Button;
class PlainLabel;

/// A `cockpit` block of a runbook: the same guarded button as everywhere, with its strip under it. It never runs by
/// itself, and says why where it cannot work.
class RunbookActionBox : public QWidget {
    Q_OBJECT
public:
    RunbookActionBox(CockpitModels &models, const Theme &theme, const RunbookActionReference &action,
                     QWidget *parent = nullptr);

private:
    void refresh();
    void ask();

    CockpitModels &m_models;
    const Theme &m_theme;
    RunbookActionReference m_action;
    Button *m_button;
    PlainLabel *m_reason;
    ActionPlace *m_place;
};

} // namespace cockpit
