// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/coverage_bar.h"

#include "ui/widgets/glyph.h"
#include "ui/widgets/text_runs.h"

#include <QPainter>

namespace cockpit {

CoverageBar::CoverageBar(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void CoverageBar::setCounts(int complete, int needWork, int missing)
{
    m_complete = complete;
    m_needWork = needWork;
    m_missing = missing;
    setAccessibleName(tr("%1 complete, %2 need work, %3 missing").arg(complete).arg(needWork).arg(missing));
    update();
}

QSize CoverageBar::sizeHint() const { return {theme().px(200), theme().px(34)}; }

void CoverageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int all = m_complete + m_needWork + m_missing;
    const double high = theme().px(6);
    double x = 0;
    const auto part = [&](int count, Role role) {
        if (count == 0)
            return;
        const double wide = std::max(4.0, (width() - theme().px(4)) * count / double(all));
        paintBox(painter, QRectF(x, 0, wide, high), theme().px(2), theme().color(role), QColor());
        x += wide + theme().px(2);
    };
    if (all == 0)
        paintBox(painter, QRectF(0, 0, width(), high), theme().px(2), theme().color(Role::Border), QColor());
    part(m_complete, Role::Ok);
    part(m_needWork, Role::Warning);
    part(m_missing, Role::Critical);
    double left = 0;
    const auto words = [&](StateGlyph glyph, int count, const QString &word) {
        const double size = theme().px(10);
        const double middle = height() - theme().px(9);
        painter.setRenderHint(QPainter::Antialiasing);
        paintGlyph(painter, QRectF(left, middle - size / 2, size, size), glyph, theme().palette());
        const QList<TextRun> runs{{QString::number(count) + u' ', FontRole::Mono12, Role::Text},
                                  {word, FontRole::Row12, Role::Muted}};
        left += theme().px(16);
        paintRuns(painter, QRectF(left, middle - theme().px(9), width() - left, theme().px(18)), runs, theme());
        left += runsWidth(runs, theme()) + theme().px(14);
    };
    words(StateGlyph::Ok, m_complete, tr("complete"));
    words(StateGlyph::Warning, m_needWork, m_needWork == 1 ? tr("needs work") : tr("need work"));
    words(StateGlyph::Critical, m_missing, tr("missing"));
}

CoverageEdges coverageEdges(double width, const Theme &theme)
{
    CoverageEdges edges;
    edges.anchors = width - theme.px(16);
    edges.links = edges.anchors - theme.px(62);
    edges.reviewed = edges.links - theme.px(56);
    edges.sections = edges.reviewed - theme.px(72);
    edges.name = edges.sections - theme.px(58);
    return edges;
}

CoverageColumns::CoverageColumns(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize CoverageColumns::sizeHint() const { return {theme().px(200), theme().px(28)}; }

void CoverageColumns::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, 0, width(), 1, theme().color(Role::Border));
    painter.fillRect(0, height() - 1, width(), 1, theme().color(Role::Border));
    const CoverageEdges edges = coverageEdges(width(), theme());
    const auto head = [&](double right, const QString &text) {
        paintRuns(painter, QRectF(right - theme().px(70), 0, theme().px(70), height()),
                  {{text, FontRole::ChipMedium11, Role::Muted}}, theme(), Qt::AlignRight);
    };
    paintRuns(painter, QRectF(theme().px(16), 0, edges.name - theme().px(16), height()),
              {{tr("Alert rule, worst first"), FontRole::ChipMedium11, Role::Muted}}, theme());
    head(edges.sections, tr("Sections"));
    head(edges.reviewed, tr("Reviewed"));
    head(edges.links, tr("Links"));
    head(edges.anchors, tr("Anchors"));
}

} // namespace cockpit
