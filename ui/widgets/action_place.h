// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/items/cockpit_models.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

namespace cockpit {

class ActionStrip;

/// The place under a button where one action is planned, confirmed and followed to its proof. Hidden while there is
/// none. What was only being decided is cancelled when something else is asked for; what was sent goes on without it.
class ActionPlace : public QWidget {
    Q_OBJECT
public:
    ActionPlace(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    /// Plans it; environment and time are filled in. `byKey`: only a second deliberate key runs it. Without
    /// `showStrip` only recordChanged() tells of the plan.
    void ask(ActionRequest request, bool byKey, bool showStrip = true);
    /// Shows an action that is known already, to its end.
    void follow(const ActionId &id);
    bool isOpen() const { return m_open; }
    /// A request that was sent and is not decided yet.
    bool isBusy() const;
    /// The action that is shown; empty while it has no id.
    const ActionId &action() const { return m_id; }
    /// Null while nothing is planned.
    const ActionRecord *record() const;
    /// Shows or hides the strip without touching the plan.
    void setStripShown(bool shown);
    /// Cancels what has not been confirmed, and closes.
    void close();
    /// The data under it became old: nothing runs by itself any more.
    void dataBecameOld(const QString &why);

Q_SIGNALS:
    void openChanged();
    /// Of the action that is shown, with each of its changes.
    void recordChanged(const cockpit::ActionRecord &record);

private:
    void cancelPlan();
    void started(const ActionRequest &request);
    void changed(const ActionId &id);
    void confirm();
    void reverse();

    CockpitModels &m_models;
    ActionStrip *m_strip;
    std::optional<ActionRequest> m_waiting{}; ///< asked for, id not known yet
    ActionId m_id{};
    bool m_byKey = false;
    bool m_stripShown = false;
    bool m_open = false;
};

} // namespace cockpit
