// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/breakers/breaker_matrix.h"

#include "ui/breakers/breaker_words.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/text_runs.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <array>

namespace cockpit {

namespace {

constexpr int cellWidth = 119;
constexpr int cellHeight = 60;
constexpr int headHeight = 44;
constexpr int callerWidth = 108;
/// Right edges of the three numbers, from the cell's left, px of the design.
constexpr std::array<int, 3> numberEdges{38, 73, 110};

QRectF numberPlace(const QRectF &line, int index, const Theme &theme)
{
    const int left = index == 0 ? 4 : numberEdges[static_cast<size_t>(index - 1)] + 2;
    return {line.left() + theme.px(left), line.top(), double(theme.px(numberEdges[static_cast<size_t>(index)] - left)),
            line.height()};
}

class CellPainter : public QStyledItemDelegate {
public:
    CellPainter(const BreakerGrid &grid, const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_grid(grid)
        , m_theme(theme)
    {}

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {m_theme.px(cellWidth), m_theme.px(cellHeight)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QRectF rect(option.rect);
        const BreakerGrid::Cell *cell = m_grid.cell(index);
        const bool current = option.state.testFlag(QStyle::State_Selected) && cell;
        painter->save();
        painter->fillRect(rect, m_theme.color(m_grid.isSelf(index) ? Role::Raised
                                              : current            ? Role::Raised2
                                                                   : Role::Surface));
        painter->fillRect(QRectF(rect.right(), rect.top(), 1, rect.height()), m_theme.color(Role::Border));
        painter->fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), m_theme.color(Role::Border));
        if (cell)
            paintCell(*painter, rect, *cell);
        if (current)
            paintBox(*painter, rect.adjusted(1, 1, -1, -1), 0, {}, m_theme.color(Role::Accent), Qt::SolidLine, 2);
        painter->restore();
    }

private:
    void paintCell(QPainter &painter, const QRectF &rect, const BreakerGrid::Cell &cell) const
    {
        const Breaker &breaker = *cell.breaker;
        const int pad = m_theme.px(8);
        const QRectF first(rect.left() + pad, rect.top() + m_theme.px(11), rect.width() - 2 * pad, m_theme.px(20));
        const QRectF second = QRectF(rect.left(), first.bottom() - m_theme.px(1), rect.width(), m_theme.px(18));
        const QRectF glyph(first.left(), first.center().y() - m_theme.px(5), m_theme.px(10), m_theme.px(10));
        paintGlyph(painter, glyph, breakerGlyph(breaker.state), m_theme.palette());
        const bool calm = breaker.state == BreakerState::Closed;
        const QList<TextRun> age = ageRuns(cell);
        const double ageWidth = runsWidth(age, m_theme);
        const QRectF word(glyph.right() + m_theme.px(7), first.top(),
                          first.right() - glyph.right() - m_theme.px(9) - ageWidth, first.height());
        const FontRole font = calm                      ? FontRole::Base13
                              : isForced(breaker.state) ? FontRole::RowStrong12
                                                        : FontRole::Strong13;
        QString state = breakerWord(breaker.state);
        if (breaker.isMixed)
            state += QStringLiteral(" *");
        paintRuns(painter, word, {{state, font, Role::Text}}, m_theme);
        paintRuns(painter, first, age, m_theme, Qt::AlignRight);
        const QStringList numbers{percentNumber(breaker.failureRatio), percentNumber(breaker.slowRatio),
                                  rateNumber(breaker.rejectedPerSecond)};
        for (int i = 0; i < 3; ++i) {
            const bool high = i < 2 && (i == 0 ? breaker.failureRatio : breaker.slowRatio).value_or(0) >= 0.05;
            const bool loud = high || (i == 2 && breaker.rejectedPerSecond.value_or(0) >= 0.05);
            paintRuns(painter, numberPlace(second, i, m_theme),
                      {{numbers.at(i), FontRole::Mono12, loud ? Role::Text : Role::Muted}}, m_theme, Qt::AlignRight);
        }
    }

    /// The age of the last change; of a held one the time that is left.
    QList<TextRun> ageRuns(const BreakerGrid::Cell &cell) const
    {
        if (cell.held)
            return {{countdownText(*cell.held, m_grid.now()), FontRole::MonoMedium11,
                     cell.held->isOverdue(m_grid.now()) ? Role::Critical : Role::Accent}};
        if (!cell.breaker->changedAt)
            return {};
        return {{roughDurationText(m_grid.now() - *cell.breaker->changedAt), FontRole::Mono11, Role::Muted}};
    }

    const BreakerGrid &m_grid;
    const Theme &m_theme;
};

/// Names of dependencies with the words over the three numbers; names of callers.
class MatrixHead : public QHeaderView {
public:
    MatrixHead(Qt::Orientation orientation, const Theme &theme, QWidget *parent)
        : QHeaderView(orientation, parent)
        , m_theme(theme)
    {
        setSectionResizeMode(QHeaderView::Fixed);
        setHighlightSections(false);
        setFrameShape(QFrame::NoFrame);
    }

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override
    {
        const QString name = model()->headerData(section, orientation(), Qt::DisplayRole).toString();
        painter->fillRect(rect, m_theme.color(orientation() == Qt::Horizontal ? Role::Raised : Role::Surface));
        painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), m_theme.color(Role::Border));
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), m_theme.color(Role::Border));
        const bool columns = orientation() == Qt::Horizontal;
        const QRectF line(rect.left() + m_theme.px(columns ? 8 : 16), rect.top() + m_theme.px(columns ? 4 : 0),
                          rect.width() - m_theme.px(columns ? 12 : 20), columns ? m_theme.px(18) : rect.height());
        paintRuns(*painter, line, {{name, FontRole::RowStrong12, Role::Text}}, m_theme);
        if (!columns)
            return;
        const QRectF words(rect.left(), line.bottom(), rect.width(), m_theme.px(18));
        const QStringList heads{BreakerMatrix::tr("failed"), BreakerMatrix::tr("slow"), BreakerMatrix::tr("rej.")};
        for (int i = 0; i < 3; ++i)
            paintRuns(*painter, numberPlace(words, i, m_theme), {{heads.at(i), FontRole::Chip11, Role::Muted}}, m_theme,
                      Qt::AlignRight);
    }

private:
    const Theme &m_theme;
};

} // namespace

BreakerMatrix::BreakerMatrix(BreakerGrid &grid, const Theme &theme, QWidget *parent)
    : QTableView(parent)
    , m_grid(grid)
    , m_theme(theme)
{
    setAccessibleName(tr("Circuit breakers: rows call columns"));
    setModel(&grid);
    setItemDelegate(new CellPainter(grid, theme, this));
    setHorizontalHeader(new MatrixHead(Qt::Horizontal, theme, this));
    setVerticalHeader(new MatrixHead(Qt::Vertical, theme, this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setWordWrap(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    connect(&theme, &Theme::changed, this, &BreakerMatrix::adoptTheme);
    adoptTheme();
}

void BreakerMatrix::adoptTheme()
{
    horizontalHeader()->setDefaultSectionSize(m_theme.px(cellWidth));
    horizontalHeader()->setFixedHeight(m_theme.px(headHeight));
    verticalHeader()->setDefaultSectionSize(m_theme.px(cellHeight));
    verticalHeader()->setFixedWidth(m_theme.px(callerWidth));
    viewport()->update();
}

BreakerPtr BreakerMatrix::selected() const
{
    const BreakerGrid::Cell *cell = m_grid.cell(currentIndex());
    return cell ? cell->breaker : nullptr;
}

bool BreakerMatrix::select(const BreakerKey &key)
{
    const QModelIndex index = m_grid.indexOf(key);
    if (index.isValid())
        setCurrentIndex(index);
    return index.isValid();
}

int BreakerMatrix::wholeHeight() const { return m_theme.px(headHeight + cellHeight * std::max(1, m_grid.rowCount())); }

void BreakerMatrix::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    Q_EMIT selectionMoved();
}

void BreakerMatrix::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !event->isAutoRepeat())
        Q_EMIT opened();
    else
        QTableView::keyPressEvent(event);
}

} // namespace cockpit
