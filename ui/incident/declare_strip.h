// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/incident_proposal.h"
#include "ui/widgets/card.h"

class QLineEdit;

namespace cockpit {

class Button;
class GlyphLabel;
class PlainLabel;
class SegmentedControl;

/// Declares an incident in place: everything is filled in from what the cockpit knows, Enter declares it, nothing has to
/// be typed. Where one is open on the same service already, joining it comes first. Esc closes.
class DeclareStrip : public Card {
    Q_OBJECT
public:
    DeclareStrip(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    /// Asks for the proposal of these alerts; none = from nothing.
    void open(const QList<AlertKey> &alerts);
    void close();
    bool isOpen() const { return m_open; }
    /// Declares, or joins where that is offered and `join`.
    void declare(bool join);
    QLineEdit *titleField() const { return m_title; }
    QLineEdit *startField() const { return m_start; }

Q_SIGNALS:
    void openChanged();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeFields();
    void showProposal();
    void showLevel();

    CockpitModels &m_models;
    QLineEdit *m_title;
    SegmentedControl *m_level;
    QLineEdit *m_start;
    PlainLabel *m_reason;
    PlainLabel *m_facts;
    GlyphLabel *m_join;
    PlainLabel *m_problem;
    Button *m_declare;
    Button *m_joinButton;
    IncidentProposal m_proposal{};
    bool m_open = false;
    bool m_known = false; ///< the proposal has come
};

} // namespace cockpit
