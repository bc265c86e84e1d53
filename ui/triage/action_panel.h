// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/items/cockpit_models.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

namespace cockpit {

class ActionStrip;
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
    const std::optional<AlertKey> &alert() const { return m_alert; }
    /// Cancels what has not been confirmed, and closes.
    void close();
    /// The data under it became old: nothing runs by itself any more.
    void dataBecameOld(const QString &why);

Q_SIGNALS:
    void openChanged();

private:
    void open(const Alert &alert, bool form);
    void plan(ActionRequest request);
    void planSilence(bool showStrip);
    void cancelPlan();
    void started(const ActionRequest &request);
    void recordChanged(const ActionId &id);
    void confirm();

    CockpitModels &m_models;
    SilenceForm *m_form;
    ActionStrip *m_strip;
    std::optional<AlertKey> m_alert{};
    ServiceId m_service{};
    QString m_target{};
    std::optional<ActionRequest> m_waiting{}; ///< asked for, id not known yet
    ActionId m_id{};
    bool m_byKey = false;
    bool m_stripWanted = false;
};

} // namespace cockpit
