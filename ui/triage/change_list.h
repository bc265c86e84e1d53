// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/items/cockpit_models.h"
#include "models/flag_changes.h"
#include "models/rollout_changes.h"
#include "ui/theme/theme.h"

#include <QHash>
#include <QWidget>

namespace cockpit {

class RunTable;
class SectionHeader;
struct Alert;

/// What changed in the hour before the alert, the likeliest first: minutes before, what, who, when, and its real undo
/// where the cluster has one. Hidden while no cluster has told anything.
class ChangeList : public QWidget {
    Q_OBJECT
public:
    ChangeList(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    /// At most `rows` of them; `refusal`: why no undo can be asked for now.
    void setAlert(const Alert &alert, int rows, const QString &refusal);

Q_SIGNALS:
    void undoRequested(const cockpit::ActionRequest &request);

private:
    CockpitModels &m_models;
    SectionHeader *m_head;
    RunTable *m_rows;
    QHash<QString, ActionRequest> m_undos{};
};

/// Everything that the clusters and the flag services tell of the hour before the alert, the likeliest first.
QList<RankedChange> changesBefore(const Alert &alert, const CockpitModels &models);

/// The same step told by two events is one change.
QList<RankedChange> distinctChanges(const QList<RankedChange> &changes);

} // namespace cockpit
