// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/items/cockpit_models.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

namespace cockpit {

class ActionPlace;
class SilenceForm;

/// The place under the alert's head where an action is decided, confirmed and tracked. One at a time. It belongs to the
/// alert that it was opened for until it is closed.
class ActionPanel : public QWidget {
    Q_OBJECT
public:
    ActionPanel(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    void openSilence(const Alert &alert);
    void openAcknowledge(const Alert &alert, bool byKey);
    /// Ends the silence or acknowledgement that holds the alert.
    void openExpire(const Alert &alert, bool byKey);
    bool isOpen() const { return m_alert.has_value(); }
    /// A request that was sent and is not decided yet.
    bool isBusy() const;
    ActionPlace *place() const { return m_place; }
    /// Plans another action for that alert here: a rollback, say.
    void openAction(const Alert &alert, const ActionRequest &request, bool byKey);
    /// Shows an action of its service that runs already.
    void follow(const Alert &alert, const ActionId &id);
    const std::optional<AlertKey> &alert() const { return m_alert; }
    /// Cancels what has not been confirmed, and closes.
    void close();
    /// The data under it became old: nothing runs by itself any more.
    void dataBecameOld(const QString &why);

Q_SIGNALS:
    void openChanged();

private:
    void open(const Alert &alert, bool form);
    void plan(ActionRequest request, bool byKey, bool showStrip);
    void planSilence(bool showStrip);
    void recordChanged(const ActionRecord &record);

    CockpitModels &m_models;
    SilenceForm *m_form;
    ActionPlace *m_place;
    std::optional<AlertKey> m_alert{};
    ServiceId m_service{};
    QString m_target{};
};

} // namespace cockpit
