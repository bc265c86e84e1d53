// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/state_glyph.h"
#include "ui/widgets/themed_widget.h"

#include <QStringList>

#include <chrono>

class QVariantAnimation;

namespace cockpit {

/// One statement of the pre-flight.
struct StripCheck {
    enum class Verdict { Good, Bad, Unknown };
    Verdict verdict = Verdict::Unknown;
    QString text{};
    QString detail{}; ///< source and age, for the tool tip
    bool blocks = false; ///< until a person accepts it; else it is only told
    bool operator==(const StripCheck &) const = default;
};

/// One stage of the tracker: requested, accepted, rolling back, proven.
struct StripStage {
    StateGlyph glyph = StateGlyph::Unknown;
    QString text{};
    QString time{}; ///< "03:12:42"; empty when not reached
    bool operator==(const StripStage &) const = default;
};

/// One figure on which improving, proven or failed rests.
struct StripProof {
    StateGlyph glyph = StateGlyph::Unknown;
    QString name{};   ///< "Error rate, all traffic"
    QString before{}; ///< "1.7 %"
    QString now{};    ///< "0.03 %"
    QString limit{};  ///< "below 1 %"
    QString held{};   ///< "2 m 39 s of 5 m"
    bool operator==(const StripProof &) const = default;
};

/// Everything that a strip shows.
struct ActionStripView {
    enum class Phase {
        Planning, ///< reading and dry run: only Cancel
        Confirm,  ///< Run and Cancel
        Tracking, ///< requested → … → proven
        Ended     ///< outcome and next step, Close
    };
    Phase phase = Phase::Planning;
    QString title{};         ///< "Roll back gc-service 1.43.0 to 1.42.3"
    QString scope{};         ///< at the right: "eu-west-1 · 25 % of its traffic"
    QStringList willChange{};
    QStringList willNotChange{};
    QList<StripCheck> checks{};
    QString runText{};       ///< the button's word; names the risk when `serious`
    QString runDisabledReason{};
    bool serious = false;    ///< something serious is bad or unknown: no bar, only a deliberate press
    std::chrono::milliseconds bar{3000}; ///< 0: no bar
    bool opensByKey = false; ///< opened by a key: no bar either, a second deliberate key runs it
    QString diff{};          ///< what changes in the object, line by line; folded
    QString duration{};      ///< "about 45 s"
    QList<StripStage> stages{};
    QList<StripProof> proof{};
    QString reverseText{};   ///< "Undo the undo": the button that takes it back; empty = there is none
    StateGlyph outcomeGlyph = StateGlyph::Unknown;
    QString outcome{};       ///< in words
    QString nextStep{};
    bool operator==(const ActionStripView &) const = default;
};

class StripConfirm;
class StripTracker;

/// Confirmation, tracking and outcome of one action, in place under the button that asked. Enter runs when it
/// is released, and only when it went down in the strip while it asked (so the press that opened the strip, or a held
/// key, never runs it); Esc cancels. The bar stops for good when the window
/// loses focus, when the data under it changes (setView with other facts) or by stopBar().
class ActionStrip : public ThemedWidget {
    Q_OBJECT
public:
    explicit ActionStrip(const Theme &theme, QWidget *parent = nullptr);
    /// Takes the focus when the phase becomes Confirm and starts the bar where the view allows one.
    void setView(const ActionStripView &view);
    const ActionStripView &view() const { return m_view; }
    /// No more running by itself; says why beside the buttons. Run stays.
    void stopBar(const QString &reason);
    bool barRuns() const;

Q_SIGNALS:
    /// Once per confirmation, whatever is pressed how often.
    void runRequested();
    void cancelRequested();
    /// The person has read the outcome.
    void closeRequested();
    /// "Undo the undo" was pressed.
    void reverseRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void enterPhase();
    void startBar();
    void run();
    void leave();
    bool factsDiffer(const ActionStripView &view) const;
    void handlePress(QKeyEvent *event);
    void handleRelease(QKeyEvent *event);

    ActionStripView m_view{};
    StripConfirm *m_confirm;
    StripTracker *m_tracker;
    QVariantAnimation *m_bar;
    bool m_enterPressed = false; ///< Enter went down here, in this phase; its release runs
    bool m_ran = false;
    bool m_hasView = false;
};

} // namespace cockpit
