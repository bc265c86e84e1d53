// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/timeline_view.h"

#include "ui/widgets/glyph.h"
#include "ui/widgets/text_runs.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace cockpit {

namespace {

constexpr int timelineRowHeight = 32;

/// Paints a row from its entry: no text of a server goes through a style.
class TimelineDelegate : public QStyledItemDelegate {
public:
    TimelineDelegate(const Theme &theme, const TimelineRows &rows, TimelineView *view)
        : QStyledItemDelegate(view)
        , m_theme(theme)
        , m_rows(rows)
        , m_view(view)
    {}
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {m_theme.px(200), m_theme.px(timelineRowHeight)};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        m_view->countPaintedRow();
        const IncidentEntry &entry = m_rows.entry(index.row());
        const EntryLook look = entryLook(entry);
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const QRectF row(option.rect);
        painter->fillRect(row, m_theme.color(selected          ? Role::Raised2
                                             : look.byPerson ? Role::Raised
                                                             : Role::Surface));
        painter->fillRect(QRectF(row.left(), row.bottom() - 1, row.width(), 1), m_theme.color(Role::Border));
        if (selected)
            painter->fillRect(QRectF(row.left(), row.top(), m_theme.px(3), row.height() - 1),
                              m_theme.color(Role::Accent));
        paintLook(*painter, row, look);
        paintWords(*painter, row, entry);
    }

private:
    void paintLook(QPainter &painter, const QRectF &row, const EntryLook &look) const
    {
        if (look.glyph) {
            const double size = m_theme.px(10);
            painter.setRenderHint(QPainter::Antialiasing);
            paintGlyph(painter, {row.left() + m_theme.px(87), row.center().y() - size / 2, size, size}, *look.glyph,
                       m_theme.palette());
            painter.setRenderHint(QPainter::Antialiasing, false);
            return;
        }
        const double size = m_theme.px(14);
        paintIcon(painter, {row.left() + m_theme.px(85), row.top() + m_theme.px(9), size, size}, look.icon,
                  m_theme.color(look.iconColor));
    }
    void paintWords(QPainter &painter, const QRectF &row, const IncidentEntry &entry) const
    {
        paintRuns(painter, {row.left() + m_theme.px(16), row.top(), double(m_theme.px(66)), row.height()},
                  {{utcTimeText(m_rows.timeOf(entry)), FontRole::Mono12, Role::Muted}}, m_theme);
        QList<TextRun> who{{personWord(entry.actor, m_view->person()), FontRole::Row12, Role::Muted}};
        if (m_rows.isCorrected(entry))
            who.prepend({TimelineRows::tr("corrected, "), FontRole::Row12, Role::Muted});
        const double whoWidth = std::min(runsWidth(who, m_theme), row.width() / 4);
        const double right = row.right() - m_theme.px(16);
        paintRuns(painter, {right - whoWidth, row.top(), whoWidth, row.height()}, who, m_theme, Qt::AlignRight);
        const double left = row.left() + m_theme.px(107);
        paintRuns(painter, {left, row.top(), right - whoWidth - m_theme.px(12) - left, row.height()},
                  {{m_rows.lineOf(entry), FontRole::Row12, Role::Text}}, m_theme);
    }

    const Theme &m_theme;
    const TimelineRows &m_rows;
    TimelineView *m_view;
};

} // namespace

TimelineView::TimelineView(TimelineRows &rows, const Theme &theme, QWidget *parent)
    : QListView(parent)
    , m_rows(rows)
    , m_theme(theme)
{
    setAccessibleName(tr("Timeline"));
    setUniformItemSizes(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setModel(&rows);
    setItemDelegate(new TimelineDelegate(theme, rows, this));
    connect(this, &QListView::clicked, this, &TimelineView::opened);
    connect(&rows, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { keepPlace(first, last); });
    connect(&theme, &Theme::changed, this, [this] { scheduleDelayedItemsLayout(); });
}

void TimelineView::keepPlace(int first, int last)
{
    // At the top the newest shows by itself; further down nothing may move under the eyes.
    const int value = verticalScrollBar()->value();
    if (value > 0 && first * m_theme.px(timelineRowHeight) <= value) {
        doItemsLayout();
        verticalScrollBar()->setValue(value + (last - first + 1) * m_theme.px(timelineRowHeight));
    }
}

const IncidentEntry *TimelineView::selected() const
{
    const QModelIndex index = currentIndex();
    return index.isValid() && selectionModel()->isSelected(index) ? &m_rows.entry(index.row()) : nullptr;
}

bool TimelineView::select(const EntryId &id)
{
    const int row = m_rows.rowOf(id);
    if (row < 0)
        return false;
    setCurrentIndex(m_rows.index(row));
    return true;
}

void TimelineView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    Q_EMIT selectionMoved();
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (selected())
            Q_EMIT opened();
        return;
    }
    // Letters are the window's keys, not a search in the list.
    if (!event->text().isEmpty() && event->text().at(0).isPrint()) {
        event->ignore();
        return;
    }
    QListView::keyPressEvent(event);
}

} // namespace cockpit
