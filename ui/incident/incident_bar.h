// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/incident.h"
#include "ui/widgets/card.h"

class QHBoxLayout;

namespace cockpit {

class Button;
class EntryForm;
class PlainLabel;

/// What stands between the head of an incident and its columns, only where there is something to say: other open
/// incidents, the level that the rules ask for, whether the pages were actionable, and the forms of the head.
class IncidentBar : public Panel {
    Q_OBJECT
public:
    IncidentBar(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    void setIncident(const IncidentPtr &incident);
    /// The button of the next phase: moves, or asks for a reason where something speaks against it.
    void moveOn(const QString &concern);
    void openLevel();
    void toggleMore();
    /// Whether the question after the end stands; answers it with "yes" (Y), "partly" or "no".
    bool asksActionable() const;
    void answerActionable(const QString &answer);
    EntryForm *form() const { return m_form; }

Q_SIGNALS:
    void overviewRequested();

private:
    QWidget *makeLine(PlainLabel **label, const QList<Button *> &buttons);
    void makeMore();
    void refreshOthers();
    void refreshUpgrade();
    void moveTo(IncidentPhase phase, const QString &title, const QString &words);
    void openMerge();
    void openField(IncidentField field);
    void layOut();

    CockpitModels &m_models;
    QWidget *m_others;
    QHBoxLayout *m_otherButtons;
    PlainLabel *m_upgradeWords = nullptr;
    Button *m_upgrade;
    QWidget *m_upgradeLine = nullptr;
    QWidget *m_actionable = nullptr;
    QWidget *m_more;
    Button *m_merge;
    Button *m_reopen;
    EntryForm *m_form;
    IncidentPtr m_incident{};
    QList<IncidentId> m_otherIds{};
};

} // namespace cockpit
