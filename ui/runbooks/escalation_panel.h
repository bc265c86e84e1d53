// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alert.h"
#include "models/runbook.h"
#include "ui/widgets/level_bar.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/text_runs.h"

namespace cockpit {

/// When an alert that is not mitigated goes to somebody else, and to whom.
struct EscalationClock {
    Duration after{std::chrono::minutes(30)}; ///< from the start of the alert (operations.md §5)
    QString asks{};                           ///< "team gc"; of a runbook its own words
    bool ownWords = false;                    ///< the runbook says so itself
};
/// The runbook's own next escalation, else 30 min and the owning team. Null runbook: none is known.
EscalationClock escalationOf(const Alert &alert, const Runbook *runbook, Instant now);
/// "19:20", "1:02:10": what is left of a length.
QString countdownText(Duration left);
/// Who is paged for that priority (operations.md §5).
QString pagedWords(Priority priority);

/// The escalation clock of an alert, 93 px. It reminds the person at the screen; it pages nobody.
class EscalationPanel : public ThemedWidget {
    Q_OBJECT
public:
    explicit EscalationPanel(const Theme &theme, QWidget *parent = nullptr);
    void setAlert(const Alert &alert, const Runbook *runbook, Instant now);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    RunLabel *m_title;
    RunLabel *m_left;
    LevelBar *m_bar;
    ElidedLabel *m_words;
};

} // namespace cockpit
