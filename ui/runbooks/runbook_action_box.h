// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/items/cockpit_models.h"
#include "models/result.h"
#include "models/runbook_action.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace cockpit {

class ActionPlace;
class Button;
class ElidedLabel;

/// A `cockpit` block of a runbook: the same guarded button as everywhere, with its strip under it. It never runs by
/// itself, and says why where it cannot work.
class RunbookActionBox : public QWidget {
    Q_OBJECT
public:
    /// `context` and `nameSpace` are those of the alert: chosen where the name fits several. May be empty.
    RunbookActionBox(CockpitModels &models, const Theme &theme, const RunbookActionReference &action,
                     const QString &context, const QString &nameSpace, QWidget *parent = nullptr);
    QSize sizeHint() const override;

private:
    void refresh();
    void ask();
    /// What it means now; an error says why it cannot be done.
    Result<ActionRequest> request() const;

    CockpitModels &m_models;
    const Theme &m_theme;
    RunbookActionReference m_action;
    QString m_context;
    QString m_nameSpace;
    Button *m_button;
    ElidedLabel *m_reason;
    ActionPlace *m_place;
};

} // namespace cockpit
