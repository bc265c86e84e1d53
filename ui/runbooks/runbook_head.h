// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runbooks/runbook_progress.h"
#include "ui/widgets/button.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/text_runs.h"

namespace cockpit {

class ProgressSegments;

/// When it was reviewed and whether it is the cockpit's own copy: "offline copy, reviewed 12 d ago".
QString runbookAgeWords(const Runbook &runbook, const RunbookLibrary &library, Instant now);
/// What is not right with the file or its source, in words; empty when all is well.
QString runbookProblemWords(const Runbook &runbook, const RunbookLibrary &library);

/// The head over a runbook beside an alert, 72 px: file and folder, section and step, its age, a bar a step; under it
/// what is not right with it.
class RunbookHead : public ThemedWidget {
    Q_OBJECT
public:
    explicit RunbookHead(const Theme &theme, QWidget *parent = nullptr);
    void setRunbook(const Runbook &runbook, const RunbookLibrary &library, Instant now, const QString &problem);
    void setProgress(const Runbook &runbook, const RunbookProgress &progress, const QString &slug);

Q_SIGNALS:
    void openRequested();
    void detailsRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /// In a narrow column only the review has room.
    void fitAge();

    QString m_ageWords{};
    PlainLabel *m_file;
    ElidedLabel *m_folder;
    RunLabel *m_step;
    RunLabel *m_age;
    ProgressSegments *m_segments;
    GlyphLabel *m_problem;
    Button *m_open;
};

} // namespace cockpit
