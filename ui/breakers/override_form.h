// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breaker_intents.h"
#include "models/override.h"
#include "ui/widgets/themed_widget.h"

#include <optional>

class QLineEdit;

namespace cockpit {

class Button;
class GlyphLabel;
class PlainLabel;
class RunLabel;
class SegmentedControl;

/// What a person decides before a breaker is taken out of its own hands: which way, why, for how long. Where it is held
/// already: by whom, why, the time that is left, and the way back. What is being typed survives every refresh.
class OverrideForm : public QWidget {
    Q_OBJECT
public:
    explicit OverrideForm(const Theme &theme, QWidget *parent = nullptr);
    /// `refusal`: why nothing can be asked for now; empty when it can. `suggestion`: the reason to begin with.
    void setBreaker(const Breaker &breaker, const Override *held, const QString &refusal, const QString &suggestion,
                    Instant now);
    /// Its strip is open.
    void setArmed(bool armed);
    /// Why it cannot be asked for; empty when it can.
    QString problem() const;
    /// Asks for what the form says, or for the way back where it is held.
    void submit(bool byKey);
    /// REQUIRES: problem() is empty and it is not held.
    OverrideBreaker intent() const;
    QString reason() const;

Q_SIGNALS:
    void requested(const cockpit::ActionIntent &intent, const QString &reason, bool byKey);

private:
    void makeAsk();
    void makeHeld();
    void refreshAsk();
    void refreshHeld();
    void refreshModes();

    const Theme &m_theme;
    SegmentedControl *m_mode = nullptr;
    QWidget *m_modePlace = nullptr;
    QLineEdit *m_reason;
    SegmentedControl *m_length;
    Button *m_ask;
    RunLabel *m_until;
    PlainLabel *m_why;
    QWidget *m_askPart;
    QWidget *m_heldPart;
    GlyphLabel *m_held;
    RunLabel *m_left;
    PlainLabel *m_heldReason;
    PlainLabel *m_trouble;
    Button *m_revert;
    Breaker m_breaker{};
    std::optional<Override> m_override{};
    QString m_refusal{};
    QString m_suggested{};
    QList<BreakerMode> m_modes{};
    Instant m_now{};
};

} // namespace cockpit
