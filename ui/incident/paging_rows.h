// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/items/cockpit_models.h"
#include "models/incident.h"
#include "models/paging.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace cockpit {

class Button;
class PlainLabel;
class RunTable;

/// The page of an incident at the paging service: by its entries, else by the dedup key, else none. Null when nothing is
/// open for it.
const Page *pageOf(const Incident &incident, const std::optional<PagingUpdate> &paging);

/// Who was paged and who has it, what comes next by itself, and the ways to call more people. The paging service owns the
/// escalation: this shows and triggers it.
class PagingRows : public QWidget {
    Q_OBJECT
public:
    PagingRows(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    void setIncident(const IncidentPtr &incident);
    /// The keys E and A.
    void escalate(bool byKey);
    void acknowledge(bool byKey);
    /// Why they do nothing now; empty when they work.
    QString escalateRefusal() const;
    QString acknowledgeRefusal() const;

Q_SIGNALS:
    void asked(const cockpit::ActionRequest &request, bool byKey);

private:
    void refreshTable();
    void refreshPeople();
    void call(const QString &personId);
    ActionRequest requestOf(ActionIntent intent) const;
    QString configured() const;

    CockpitModels &m_models;
    RunTable *m_table;
    PlainLabel *m_none;
    Button *m_acknowledge;
    Button *m_escalate;
    Button *m_call;
    RunTable *m_people;
    IncidentPtr m_incident{};
    bool m_calling = false;
};

} // namespace cockpit
