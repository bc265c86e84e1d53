// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alert.h"
#include "models/items/cockpit_models.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace cockpit {

class AlertDetails;
class AlertRunbook;

/// The right column of Triage: the runbook of the alert, or, where there is none or on request, everything else that is
/// known of the alert.
class AlertSide : public QWidget {
    Q_OBJECT
public:
    AlertSide(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    void setAlert(const Alert &alert);
    AlertRunbook *runbook() const { return m_runbook; }
    AlertDetails *details() const { return m_details; }
    /// Shows the details in place of the runbook, or the runbook again.
    void showDetails(bool details);

private:
    void layOut();

    AlertRunbook *m_runbook;
    QWidget *m_back;
    AlertDetails *m_details;
    bool m_wantsDetails = false;
};

} // namespace cockpit
