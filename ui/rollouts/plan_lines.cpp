// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/plan_lines.h"

#include "models/plain_line.h"
#include "ui/widgets/run_table.h"
#include "ui/widgets/strip_words.h"

#include <QCoreApplication>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace cockpit {

namespace {

struct PlanLineWords {
    Q_DECLARE_TR_FUNCTIONS(PlanLines)
};

constexpr int textIndent = 18;

StateGlyph checkedGlyph(const Evidence &check, bool blocks)
{
    if (check.verdict == Evidence::Verdict::Bad)
        return blocks ? StateGlyph::Critical : StateGlyph::Warning;
    return StateGlyph::Unknown;
}

/// 0 stands in the way, 1 is bad and only told, 2 is not known and only told.
int checkRank(const Evidence &check, bool blocks)
{
    return blocks ? 0 : check.verdict == Evidence::Verdict::Bad ? 1 : 2;
}

} // namespace

QList<PlanLine> planLines(const ActionPlan &plan)
{
    const QList<Evidence> serious = plan.seriousChecks();
    QList<Evidence> open;
    QStringList good;
    for (const Evidence &check : plan.checks) {
        if (check.verdict == Evidence::Verdict::Good)
            good.append(check.id);
        else
            open.append(check);
    }
    std::stable_sort(open.begin(), open.end(), [&](const Evidence &a, const Evidence &b) {
        return checkRank(a, serious.contains(a)) < checkRank(b, serious.contains(b));
    });
    QList<PlanLine> lines;
    for (const Evidence &check : open) {
        const bool blocks = serious.contains(check);
        const QString text = plainLine(check.text, 400);
        lines.append({checkedGlyph(check, blocks),
                      blocks ? PlanLineWords::tr("Has to be accepted: %1").arg(text) : text, stripCheck(check).detail});
    }
    for (const QString &line : plan.willChange)
        lines.append({StateGlyph::Info, plainLine(line, 400), {}});
    if (!good.isEmpty())
        lines.append({StateGlyph::Ok,
                      PlanLineWords::tr("Checked and good: %1.").arg(plainLine(good.join(QStringLiteral(", ")), 300)),
                      {}});
    return lines;
}

/// The glyph, and beside it the text on as many lines as it takes.
class PlanLines::Line : public ThemedWidget {
public:
    Line(const Theme &theme, QWidget *parent)
        : ThemedWidget(theme, parent)
        , m_text(new RunParagraph(theme))
    {
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(theme.px(textIndent), theme.px(1), 0, theme.px(1));
        layout->setSpacing(0);
        layout->addWidget(m_text);
    }
    void setLine(const PlanLine &line)
    {
        m_glyph = line.glyph;
        m_text->setRuns(numberRuns(line.text, FontRole::Row12, FontRole::Mono12));
        setAccessibleName(glyphWord(line.glyph) + QStringLiteral(": ") + line.text);
        setToolTip(line.detail);
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const double size = theme().px(10);
        paintGlyph(painter, QRectF(0, theme().px(1) + (theme().px(18) - size) / 2, size, size), m_glyph,
                   theme().palette());
    }

private:
    RunParagraph *m_text;
    StateGlyph m_glyph = StateGlyph::Info;
};

PlanLines::PlanLines(const Theme &theme, const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAccessibleName(name);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
}

void PlanLines::setLines(const QList<PlanLine> &lines)
{
    if (lines == m_lines)
        return;
    m_lines = lines;
    while (m_widgets.size() < static_cast<size_t>(lines.size())) {
        auto *line = new Line(m_theme, this);
        layout()->addWidget(line);
        m_widgets.push_back(line);
    }
    for (size_t index = 0; index < m_widgets.size(); ++index) {
        const bool used = index < static_cast<size_t>(lines.size());
        if (used)
            m_widgets[index]->setLine(lines.at(static_cast<qsizetype>(index)));
        m_widgets[index]->setVisible(used);
    }
    updateGeometry();
}

} // namespace cockpit
