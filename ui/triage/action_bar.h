// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ids.h"
#include "models/items/cockpit_models.h"
#include "ui/theme/theme.h"
#include "ui/widgets/themed_widget.h"

namespace cockpit {

class Button;
class PlainLabel;
class RunLabel;
struct Alert;

/// What to do about it, 80 px: what the policy says, the rollback that says where it goes, and the way to the rollout.
/// Its buttons never move: a strip opens under them. Hidden where no rollout of the service is known.
class ActionBar : public ThemedWidget {
    Q_OBJECT
public:
    ActionBar(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    /// `busy`: why nothing can be asked for now; empty when it can. `armed`: its strip is open.
    void setAlert(const Alert &alert, const QString &busy, bool armed);
    /// Why the rollback does nothing now; empty when it works.
    QString refusal() const { return m_refusal; }

Q_SIGNALS:
    void rollBackRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    CockpitModels &m_models;
    RunLabel *m_why;
    Button *m_rollBack;
    Button *m_open;
    PlainLabel *m_reason;
    ObjectKey m_object{};
    QString m_refusal{};
};

} // namespace cockpit
