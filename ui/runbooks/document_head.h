// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alert.h"
#include "models/runbook_link.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/text_runs.h"

namespace cockpit {

/// The values that were filled into the code of a document, each once, in order, at most eight.
QStringList filledValues(const Runbook &runbook, const RunbookFilling &filling);

/// The head of a document on the Runbooks page: title, severity, the alert that fires, who reviewed it and when, what
/// was filled in; under it what is not right with the file.
class DocumentHead : public ThemedWidget {
    Q_OBJECT
public:
    explicit DocumentHead(const Theme &theme, QWidget *parent = nullptr);
    /// `alert`: the one whose values are filled in; null when none fires.
    void setRunbook(const Runbook &runbook, const RunbookLibrary &library, const Alert *alert,
                    const QStringList &filled, Instant now);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ElidedLabel *m_title;
    Chip *m_severity;
    Chip *m_firing;
    RunLabel *m_reviewed;
    RunLabel *m_filled;
    GlyphLabel *m_problem;
};

} // namespace cockpit
