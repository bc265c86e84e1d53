// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/ids.h"
#include "models/items/cockpit_models.h"
#include "ui/theme/theme.h"
#include "ui/widgets/themed_widget.h"

namespace cockpit {

class Button;
class ElidedLabel;
class RunLabel;
struct Alert;

/// What to do about it, 80 px: what the policy says, the rollback that says where it goes, and the way to the rollout.
/// Its buttons never move: a strip opens under them. Hidden where no rollout of the service is known.
class ActionBar : public ThemedWidget {
    Q_OBJECT
public:
    ActionBar(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    /// `busy`: why nothing can be asked for now; empty when it can. `armed`: its strip is open; `flagArmed`: that
    /// of the flag; `breakerArmed`: that of the breaker.
    void setAlert(const Alert &alert, const QString &busy, bool armed, bool flagArmed, bool breakerArmed);
    /// Why the rollback does nothing now; empty when it works.
    QString refusal() const { return m_refusal; }

    /// Switches the suspected flag back; nothing when no flag is suspected.
    const std::optional<ActionRequest> &flagRequest() const { return m_flagRequest; }
    QString flagRefusal() const { return m_flagRefusal; }
    /// Forces the suspected breaker open for 15 min; nothing when none is suspected.
    const std::optional<ActionRequest> &breakerRequest() const { return m_breakerRequest; }
    QString breakerRefusal() const { return m_breakerRefusal; }

Q_SIGNALS:
    void rollBackRequested();
    void flagRequested();
    void breakerRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showFlag(const Alert &alert, const QString &busy, bool armed);
    void showBreaker(const Alert &alert, const QString &busy, bool armed);

    CockpitModels &m_models;
    RunLabel *m_why;
    Button *m_rollBack;
    Button *m_flag;
    Button *m_breaker;
    Button *m_open;
    ElidedLabel *m_reason;
    ObjectKey m_object{};
    QString m_refusal{};
    std::optional<ActionRequest> m_flagRequest{};
    QString m_flagRefusal{};
    std::optional<ActionRequest> m_breakerRequest{};
    QString m_breakerRefusal{};
};

} // namespace cockpit
