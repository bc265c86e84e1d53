// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/postmortem.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace cockpit {

class Button;
class ElidedLabel;
class EntryForm;
class PlainLabel;
class RunLabel;
class RunTable;

/// The form that sets one field of an incident, in words a person reads: `form` asks, the request is sent.
void openFieldForm(EntryForm &form, CockpitModels &models, const Incident &incident, IncidentField field,
                   const QString &shown);

/// The draft of the postmortem beside the incident: what is known, what is not, times with their goals, follow-ups.
class PostmortemPanel : public QWidget {
    Q_OBJECT
public:
    PostmortemPanel(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    void setIncident(const IncidentPtr &incident);
    EntryForm *form() const { return m_form; }

Q_SIGNALS:
    void openRequested();

private:
    struct Fact {
        IncidentField field;
        ElidedLabel *value;
        Button *edit;
    };
    void addFact(QVBoxLayout &rows, const QString &label, IncidentField field, bool editable);
    void refreshFacts(const Postmortem *draft);
    void refreshTimes(const Postmortem *draft);
    void refreshFollowUps(const Postmortem *draft);
    void openFollowUp(const QString &text);
    void followUpPressed(const QString &id);

    CockpitModels &m_models;
    const Theme &m_theme;
    RunLabel *m_head;
    Button *m_open;
    std::vector<Fact> m_facts{};
    RunTable *m_times;
    RunTable *m_followUps;
    PlainLabel *m_due;
    EntryForm *m_form;
    IncidentPtr m_incident{};
    QStringList m_suggested{};
};

} // namespace cockpit
