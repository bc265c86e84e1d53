// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/incident.h"
#include "ui/widgets/card.h"

namespace cockpit {

class Button;
class ElidedLabel;
class PhaseStepper;
class PlainLabel;
class RunLabel;

/// The level of an incident as a pill that opens its change: h20.
class LevelPill : public ThemedButton {
    Q_OBJECT
public:
    explicit LevelPill(const Theme &theme, QWidget *parent = nullptr);
    void setLevel(Priority level, const QString &reason);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Priority m_level = Priority::P3;
};

/// The head of the Incident page, h64: name, level, running clock, title; the phases; the next phase with what speaks
/// against it.
class IncidentHeader : public Panel {
    Q_OBJECT
public:
    IncidentHeader(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    void setIncident(const Incident &incident);
    /// What speaks against the next phase; empty when nothing does.
    const QString &concern() const { return m_concern; }

Q_SIGNALS:
    void levelClicked();
    void nextClicked();
    void moreClicked();

private:
    CockpitModels &m_models;
    RunLabel *m_name;
    LevelPill *m_level;
    RunLabel *m_clock;
    ElidedLabel *m_title;
    PhaseStepper *m_stepper;
    Button *m_next;
    Button *m_more;
    ElidedLabel *m_why;
    QString m_concern{};
};

} // namespace cockpit
