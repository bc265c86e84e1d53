// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/incident.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

namespace cockpit {

class Button;
class EntryForm;
class PlainLabel;

/// Who holds which role: take it, ask somebody, hand it over with a summary.
class RoleRows : public QWidget {
    Q_OBJECT
public:
    RoleRows(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    void setIncident(const IncidentPtr &incident);
    EntryForm *form() const { return m_form; }
    /// The form that gives this role to somebody.
    void handOver(IncidentRole role);

private:
    struct Row {
        IncidentRole role;
        QWidget *line;
        PlainLabel *person;
        Button *since;
        Button *take;
        Button *ask;
    };
    Row makeRow(IncidentRole role);
    void refreshRow(const Row &row);
    void give(IncidentRole role, const QString &person, const QString &summary);

    CockpitModels &m_models;
    const Theme &m_theme;
    std::vector<Row> m_rows{};
    EntryForm *m_form;
    IncidentPtr m_incident{};
};

} // namespace cockpit
