// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/incident.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace cockpit {

class Button;
class EntryForm;
class RunTable;

/// Time-boxed tasks with the time that is left: "back in 10 min".
class TaskRows : public QWidget {
    Q_OBJECT
public:
    TaskRows(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    void setIncident(const IncidentPtr &incident);
    EntryForm *form() const { return m_form; }
    void openForm();

private:
    void finish(const QString &task);

    CockpitModels &m_models;
    const Theme &m_theme;
    RunTable *m_table;
    Button *m_add;
    EntryForm *m_form;
    IncidentPtr m_incident{};
};

} // namespace cockpit
