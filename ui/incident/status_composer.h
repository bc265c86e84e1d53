// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/incident.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QPlainTextEdit;

namespace cockpit {

class ActionPlace;
class Button;
class PlainLabel;
class RunLabel;

/// The next status update: written by the cockpit from the state, changed by a person, previewed and sent. What a person
/// typed is never replaced; a newer text is offered beside it.
class StatusComposer : public QWidget {
    Q_OBJECT
public:
    StatusComposer(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    void setIncident(const IncidentPtr &incident);
    QPlainTextEdit *editor() const { return m_text; }
    ActionPlace *place() const { return m_place; }
    /// Why it cannot be sent; empty when it can.
    QString refusal() const;
    void send(bool byKey);

private:
    void refreshDraft();
    void refreshButtons();
    void refreshOutgoing();
    QString channel() const;
    SourceId chat() const;
    int number() const;

    CockpitModels &m_models;
    RunLabel *m_head;
    RunLabel *m_due;
    QPlainTextEdit *m_text;
    Button *m_send;
    Button *m_again;
    RunLabel *m_filled;
    PlainLabel *m_why;
    PlainLabel *m_outgoing;
    ActionPlace *m_place;
    IncidentPtr m_incident{};
    QString m_draft{}; ///< what the cockpit wrote last into the field
    bool m_edited = false;
    bool m_filling = false;
};

} // namespace cockpit
