// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/diff_view.h"

#include "ui/widgets/text_runs.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace cockpit {

namespace {

constexpr int diffLinesShown = 8;

Role diffRole(const QString &line)
{
    return line.startsWith(u'+') ? Role::Ok : line.startsWith(u'-') ? Role::Critical : Role::Muted;
}

} // namespace

/// The lines, painted: only those in view.
class DiffView::Lines : public ThemedWidget {
public:
    Lines(const Theme &theme, QWidget *parent)
        : ThemedWidget(theme, parent)
    {}
    void setLines(const QStringList &lines)
    {
        m_shown = lines;
        setAccessibleName(DiffView::tr("What changes: %1").arg(lines.join(QStringLiteral("; ")).left(2000)));
        setFixedHeight(theme().px(18) * static_cast<int>(lines.size()) + theme().px(8));
        update();
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QPainter painter(this);
        painter.fillRect(event->rect(), theme().color(Role::Surface));
        const double height = theme().px(18);
        for (qsizetype index = 0; index < m_shown.size(); ++index) {
            const QRectF line(theme().px(8), theme().px(4) + static_cast<double>(index) * height,
                              width() - theme().px(16), height);
            if (line.intersects(QRectF(event->rect())))
                paintRuns(painter, line, {{m_shown.at(index), FontRole::Mono12, diffRole(m_shown.at(index))}}, theme());
        }
    }

private:
    QStringList m_shown{};
};

DiffView::DiffView(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_toggle(new Button(theme, QString(), Button::Kind::Link, this))
    , m_area(new QScrollArea(this))
    , m_lines(new Lines(theme, nullptr))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme.px(4));
    m_area->setWidget(m_lines);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setAccessibleName(tr("Lines that change"));
    layout->addWidget(m_area);
    m_toggle->hide();
    hide(); // folded, it takes no room
    connect(m_toggle, &Button::clicked, this, [this] { setOpen(!m_open); });
}

void DiffView::setDiff(const QString &diff)
{
    if (diff == m_diff)
        return;
    m_diff = diff;
    QStringList lines = diff.split(u'\n', Qt::SkipEmptyParts);
    if (lines.size() > lineLimit) {
        const qsizetype more = lines.size() - lineLimit;
        lines = lines.mid(0, lineLimit);
        lines.append(tr("and %1 more lines").arg(more));
    }
    m_lines->setLines(lines);
    const int rows = std::clamp(static_cast<int>(lines.size()), 1, diffLinesShown);
    m_area->setFixedHeight(m_theme.px(18) * rows + m_theme.px(8));
    refreshToggle();
    m_toggle->setVisible(!lines.isEmpty());
    setVisible(m_open && !lines.isEmpty());
}

void DiffView::setOpen(bool open)
{
    m_open = open;
    setVisible(open && !m_diff.isEmpty());
    refreshToggle();
    updateGeometry();
}

void DiffView::refreshToggle()
{
    const auto count = m_diff.split(u'\n', Qt::SkipEmptyParts).size();
    m_toggle->setText(m_open ? tr("Hide the diff") : tr("Show the diff"));
    m_toggle->setAccessibleName(m_open ? tr("Hide what changes in the object")
                                       : tr("Show what changes in the object, %1 lines").arg(count));
    m_toggle->updateGeometry();
    m_toggle->setGlyphIcon(m_open ? Icon::ChevronDown : Icon::ChevronRight);
}

} // namespace cockpit
