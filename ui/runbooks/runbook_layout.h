// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/runbook_store.h"
#include "ui/runbooks/runbook_progress.h"
#include "ui/runbooks/runbook_text.h"
#include "ui/runbooks/runbook_unit.h"
#include "ui/widgets/text_runs.h"

#include <QRectF>
#include <QSet>

#include <functional>
#include <memory>
#include <vector>

namespace cockpit {

/// Everything that the look of a document depends on.
struct RunbookLook {
    RunbookPtr runbook{};
    RunbookFilling filling{};
    RunbookProgress progress{};
    double width = 0;     ///< of the text, px
    bool guides = false;  ///< beside an alert: the current step is a band with its buttons, done ones are folded
    int skipping = -1;    ///< the step whose reason is asked for; -1 = none
    QSet<int> unfolded{}; ///< done steps that are shown whole all the same
    /// What a query gave; null where it was not asked. May be empty: then nothing can be run.
    std::function<const RunbookQueryAnswer *(const QString &)> answer{};
    /// Height of the open strip of an action block, px.
    std::function<int(int block)> actionHeight{};
};

/// One thing on a unit that takes a press: it becomes a real button over the painting.
struct RunbookControl {
    enum class Kind {
        Check,
        CopyCode,
        RunQuery,
        Chart,
        Link,
        CopyStep,
        TickStep,
        SkipStep,
        SkipField,
        Action,
        OpenImage
    };
    Kind kind = Kind::Check;
    QRectF rect{};
    int index = 0;    ///< step, or a running number in its unit
    QString words{};  ///< accessible name
    QString target{}; ///< Link: where to; CopyCode, RunQuery: the text
};

/// A unit, laid out: what to paint, from its own top left. Coordinates in px.
struct RunbookUnitLayout {
    struct Box {
        QRectF rect{};
        Role fill = Role::Surface;
        Role outline = Role::Surface;
        double radius = 0;
        Qt::Edges open{};
    };
    struct Label {
        QRectF rect{};
        QList<TextRun> runs{};
        Qt::Alignment alignment = Qt::AlignLeft;
    };
    struct Piece {
        std::unique_ptr<QTextLayout> layout{};
        QPointF at{};
        QList<StyledText::Link> links{};
    };
    double height = 0;
    double wide = 0; ///< needs this width where that is more than there is: it scrolls sideways
    std::vector<Box> boxes{};
    std::vector<Label> labels{};
    std::vector<Piece> pieces{};
    std::vector<RunbookControl> controls{};
};

/// The texts of a unit in reading order, one a piece: without laying anything out.
std::vector<StyledText> textsOf(const RunbookUnit &unit, const RunbookLook &look, const Theme &theme);
/// Lays it out. At most a few milliseconds, whatever the file holds.
RunbookUnitLayout layOutUnit(const RunbookUnit &unit, const RunbookLook &look, const Theme &theme);
/// A guess of its height that costs nothing, px.
double guessedHeight(const RunbookUnit &unit, const RunbookLook &look, const Theme &theme);
/// Hidden because its step is done and folded.
bool isFolded(const RunbookUnit &unit, const RunbookLook &look);
/// It stands in the band of the current step.
bool isInBand(const RunbookUnit &unit, const RunbookLook &look);
/// The code that belongs to a step: what C copies; empty when it has none.
QString codeOfStep(const RunbookLook &look, int step);

} // namespace cockpit
