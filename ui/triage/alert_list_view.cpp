// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/alert_list_view.h"

#include "ui/triage/alert_words.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace cockpit {

AlertListView::AlertListView(AlertListModel &model, const Theme &theme, QWidget *parent)
    : QAbstractItemView(parent)
    , m_alerts(model)
    , m_theme(theme)
    , m_painter(theme)
    , m_pulse(theme)
{
    setAccessibleName(tr("Alerts"));
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setModel(&model);
    // The rows may have other kinds after any of these; the sums cost microseconds.
    const auto measureAgain = [this] { measure(); };
    connect(&model, &QAbstractItemModel::layoutChanged, this, measureAgain);
    connect(&model, &QAbstractItemModel::modelReset, this, measureAgain);
    connect(&model, &QAbstractItemModel::rowsInserted, this, measureAgain);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, measureAgain);
    // Rows that stay where they are keep their kind, and with it their height.
    connect(&model, &QAbstractItemModel::dataChanged, this, [this] {
        viewport()->update();
        Q_EMIT alertSelected();
    });
    connect(&theme, &Theme::changed, this, measureAgain);
    connect(&m_pulse, &AlertPulse::moved, viewport(), qOverload<>(&QWidget::update));
    measure();
}

void AlertListView::measure()
{
    const int rows = m_alerts.rowCount();
    m_tops.assign(static_cast<size_t>(rows) + 1, 0);
    for (int row = 0; row < rows; ++row)
        m_tops[static_cast<size_t>(row) + 1] = m_tops[static_cast<size_t>(row)] + m_painter.height(m_alerts.row(row));
    updateGeometries();
    viewport()->update();
    Q_EMIT alertSelected();
}

void AlertListView::updateGeometries()
{
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(m_theme.px(28));
    verticalScrollBar()->setRange(0, std::max(0, m_tops.back() - viewport()->height()));
    QAbstractItemView::updateGeometries();
}

int AlertListView::verticalOffset() const { return verticalScrollBar()->value(); }

int AlertListView::rowAt(int y) const
{
    if (y < 0 || y >= m_tops.back())
        return -1;
    return static_cast<int>(std::upper_bound(m_tops.begin(), m_tops.end(), y) - m_tops.begin()) - 1;
}

QRect AlertListView::visualRect(const QModelIndex &index) const
{
    if (!index.isValid() || static_cast<size_t>(index.row()) + 1 >= m_tops.size())
        return {};
    const int top = m_tops[static_cast<size_t>(index.row())];
    return {0, top - verticalOffset(), viewport()->width(), m_tops[static_cast<size_t>(index.row()) + 1] - top};
}

QModelIndex AlertListView::indexAt(const QPoint &point) const
{
    const int row = rowAt(point.y() + verticalOffset());
    return row < 0 ? QModelIndex() : m_alerts.index(row);
}

void AlertListView::scrollTo(const QModelIndex &index, ScrollHint)
{
    if (!index.isValid())
        return;
    const QRect rect = visualRect(index);
    // The head of its group comes along when it lies right above.
    const bool first = index.row() > 0 && !m_alerts.alertAt(index.row() - 1);
    const int above = first ? m_theme.px(28) : 0;
    if (rect.top() - above < 0)
        verticalScrollBar()->setValue(verticalOffset() + rect.top() - above);
    else if (rect.bottom() > viewport()->height())
        verticalScrollBar()->setValue(verticalOffset() + rect.bottom() - viewport()->height() + 1);
}

void AlertListView::setTruth(Instant now, const QSet<QString> &staleClusters, bool manyClusters)
{
    const Instant before = std::exchange(m_painter.now, now);
    if (m_painter.staleClusters == staleClusters && m_painter.manyClusters == manyClusters)
        return repaintMovedTimes(before);
    m_painter.staleClusters = staleClusters;
    m_painter.manyClusters = manyClusters;
    viewport()->update();
}

void AlertListView::setRollingOut(const QHash<ServiceId, Instant> &services)
{
    if (m_painter.rollingOut == services)
        return;
    m_painter.rollingOut = services;
    viewport()->update();
}

void AlertListView::repaintMovedTimes(Instant before)
{
    const int last = std::min(m_alerts.rowCount() - 1, rowAt(verticalOffset() + viewport()->height() - 1));
    const int end = last < 0 ? m_alerts.rowCount() - 1 : last;
    for (int row = std::max(0, rowAt(verticalOffset())); row <= end; ++row) {
        const Alert *alert = m_alerts.alertAt(row);
        if (alert)
            m_pulse.see(*alert, m_painter.now);
        const bool moved = alert
            && (roughDurationText(before - alert->startsAt) != roughDurationText(m_painter.now - alert->startsAt)
                || alertHolderText(*alert, before) != alertHolderText(*alert, m_painter.now));
        if (moved)
            viewport()->update(visualRect(m_alerts.index(row)));
    }
}

const Alert *AlertListView::selectedAlert() const
{
    return currentIndex().isValid() ? m_alerts.alertAt(currentIndex().row()) : nullptr;
}

void AlertListView::selectAlert(const AlertKey &key)
{
    const int row = m_alerts.rowOf(key);
    if (row >= 0)
        setCurrentIndex(m_alerts.index(row));
}

void AlertListView::selectFirst()
{
    const int row = nextAlert(-1, +1);
    if (!selectedAlert() && row >= 0)
        setCurrentIndex(m_alerts.index(row));
}

int AlertListView::nextAlert(int from, int direction) const
{
    for (int row = from + direction; row >= 0 && row < m_alerts.rowCount(); row += direction) {
        if (m_alerts.alertAt(row))
            return row;
    }
    return -1;
}

void AlertListView::step(int direction)
{
    const int row = nextAlert(currentIndex().isValid() ? currentIndex().row() : -1, direction);
    if (row >= 0)
        setCurrentIndex(m_alerts.index(row));
}

QModelIndex AlertListView::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const int current = currentIndex().isValid() ? currentIndex().row() : -1;
    int row = -1;
    switch (action) {
    case MoveHome:
        row = nextAlert(-1, +1);
        break;
    case MoveEnd:
        row = nextAlert(m_alerts.rowCount(), -1);
        break;
    case MovePageDown: {
        const int target =
            rowAt(std::min(m_tops[size_t(std::max(0, current))] + viewport()->height(), m_tops.back() - 1));
        row = nextAlert(target + 1, -1);
        break;
    }
    case MovePageUp: {
        const int target = rowAt(std::max(0, m_tops[size_t(std::max(0, current))] - viewport()->height()));
        row = nextAlert(target - 1, +1);
        break;
    }
    case MoveUp:
    case MoveLeft:
    case MovePrevious:
        row = nextAlert(current, -1);
        break;
    default:
        row = nextAlert(current, +1);
        break;
    }
    return row < 0 ? currentIndex() : m_alerts.index(row);
}

void AlertListView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    const QModelIndex index = indexAt(rect.center());
    if (index.isValid() && m_alerts.alertAt(index.row()))
        selectionModel()->select(index, command);
}

QRegion AlertListView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    for (const QModelIndex &index : selection.indexes())
        region += visualRect(index);
    return region;
}

void AlertListView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme.color(Role::Surface));
    const int offset = verticalOffset();
    for (int row = std::max(0, rowAt(event->rect().top() + offset)); row < m_alerts.rowCount(); ++row) {
        const QRect rect = visualRect(m_alerts.index(row));
        if (rect.top() > event->rect().bottom())
            return;
        const Alert *alert = m_alerts.alertAt(row);
        m_painter.paint(painter, rect, m_alerts.row(row), alert, alert && currentIndex().row() == row, hasFocus());
        if (alert)
            paintPulse(painter, rect, *alert);
    }
}

void AlertListView::paintPulse(QPainter &painter, const QRect &rect, const Alert &alert) const
{
    constexpr double mostPercent = 30.0;
    if (const double strength = m_pulse.strength(alert.key); strength > 0.0)
        painter.fillRect(rect, m_theme.palette().faint(Role::Critical, int(std::lround(mostPercent * strength))));
}

void AlertListView::keyPressEvent(QKeyEvent *event)
{
    if (event->modifiers() == Qt::NoModifier && (event->key() == Qt::Key_J || event->key() == Qt::Key_K))
        return step(event->key() == Qt::Key_J ? +1 : -1);
    if (event->key() == Qt::Key_Escape && selectedAlert())
        return setCurrentIndex(QModelIndex());
    // Other letters are the page's keys, not a search inside the list.
    if (!event->text().isEmpty() && event->text().front().isPrint())
        return event->ignore();
    QAbstractItemView::keyPressEvent(event);
}

void AlertListView::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (index.isValid() && m_alerts.row(index.row()).kind == AlertRow::Kind::ServiceHeader)
        return toggleGroup(index.row());
    if (index.isValid() && m_alerts.alertAt(index.row()))
        QAbstractItemView::mousePressEvent(event);
}

void AlertListView::toggleGroup(int row)
{
    const QString title = m_alerts.row(row).title;
    if (!m_painter.collapsed.remove(title))
        m_painter.collapsed.insert(title);
    viewport()->update();
    Q_EMIT collapsedChanged();
}

QStringList AlertListView::collapsed() const { return {m_painter.collapsed.begin(), m_painter.collapsed.end()}; }

bool AlertListView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractItemView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QModelIndex index = indexAt(help->pos());
    const Alert *alert = index.isValid() ? m_alerts.alertAt(index.row()) : nullptr;
    // PlainToolTips of the application keeps this text from being read as markup.
    QToolTip::showText(help->globalPos(), alert ? alertTipText(*alert) : QString(), viewport(), visualRect(index));
    return true;
}

void AlertListView::focusInEvent(QFocusEvent *event)
{
    // Not the base's: it would select the first row, and an alert is shown only when somebody or the page chose it.
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void AlertListView::focusOutEvent(QFocusEvent *event)
{
    QAbstractItemView::focusOutEvent(event);
    viewport()->update();
}

void AlertListView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QAbstractItemView::currentChanged(current, previous);
    viewport()->update();
    Q_EMIT alertSelected();
}

} // namespace cockpit
