// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_row_list.h"

#include "ui/theme/icon.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_tool_tips.h"
#include "ui/widgets/text_runs.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTextLayout>

#include <cmath>

namespace cockpit {

namespace {

/// Paints a row; only this file knows its measures.
class RunbookRowDelegate : public QStyledItemDelegate {
public:
    RunbookRowDelegate(const Theme &theme, const RunbookRowModel &model, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
        , m_model(model)
    {}

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const bool hit = m_model.rows().at(index.row()).kind == RunbookRow::Kind::Hit;
        return {m_theme.px(100), m_theme.px(hit ? 68 : 24)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const RunbookRow &row = m_model.rows().at(index.row());
        const bool current = option.state & QStyle::State_Selected;
        const QRectF rect = option.rect;
        painter->save();
        if (current) {
            painter->fillRect(rect, m_theme.color(Role::Raised2));
            painter->fillRect(QRectF(rect.left(), rect.top(), m_theme.px(3), rect.height()),
                              m_theme.color(Role::Accent));
        }
        if (option.state & QStyle::State_HasFocus)
            paintBox(*painter, rect.adjusted(1, 1, -1, -1), m_theme.px(4), QColor(), m_theme.color(Role::Accent),
                     Qt::SolidLine, 2.0);
        if (row.kind == RunbookRow::Kind::Hit)
            paintHit(*painter, rect, row);
        else
            paintLine(*painter, rect, row, current);
        painter->restore();
    }

private:
    void paintLine(QPainter &painter, const QRectF &rect, const RunbookRow &row, bool current) const
    {
        const bool tree = row.kind == RunbookRow::Kind::Folder || row.kind == RunbookRow::Kind::Document;
        double x = rect.left() + m_theme.px(12) + row.depth * m_theme.px(tree ? 16 : 12);
        const double right = rect.right() - m_theme.px(12);
        if (tree) {
            const double side = m_theme.px(14);
            const bool folder = row.kind == RunbookRow::Kind::Folder;
            const Icon icon = !folder ? Icon::Document : row.open ? Icon::ChevronDown : Icon::ChevronRight;
            paintIcon(painter, QRectF(x, std::round(rect.center().y() - side / 2), side, side), icon,
                      m_theme.color(Role::Muted));
            x += m_theme.px(20);
        }
        double room = right;
        if (row.warning) {
            const double size = m_theme.px(10);
            painter.setRenderHint(QPainter::Antialiasing);
            paintGlyph(painter, QRectF(right - size, rect.center().y() - size / 2, size, size), StateGlyph::Warning,
                       m_theme.palette());
            room -= m_theme.px(16);
        } else if (!row.trailing.isEmpty()) {
            const QList<TextRun> runs{{row.trailing, FontRole::Chip11, Role::Muted}};
            const double width = runsWidth(runs, m_theme);
            paintRuns(painter, QRectF(right - width, rect.top(), width + 1, rect.height()), runs, m_theme);
            room -= width + m_theme.px(8);
        }
        const Role ink = current || tree ? Role::Text : Role::Muted;
        paintRuns(painter, QRectF(x, rect.top(), room - x, rect.height()),
                  {{row.text, current ? FontRole::RowStrong12 : FontRole::Row12, ink}}, m_theme);
    }

    void paintHit(QPainter &painter, const QRectF &rect, const RunbookRow &row) const
    {
        const QRectF box = rect.adjusted(m_theme.px(12), m_theme.px(6), -m_theme.px(12), -m_theme.px(4));
        QList<TextRun> title{{row.text, FontRole::RowStrong12, Role::Text}};
        if (!row.trailing.isEmpty())
            title.append({QStringLiteral("  ") + row.trailing, FontRole::Chip11, Role::Muted});
        paintRuns(painter, QRectF(box.left(), box.top(), box.width(), m_theme.px(18)), title, m_theme);
        QString words = row.excerpt;
        words.replace(u'\n', u' ');
        QTextLayout layout(words, m_theme.font(FontRole::Chip11));
        QList<QTextLayout::FormatRange> formats;
        for (const auto &[start, length] : row.marks) {
            QTextLayout::FormatRange range;
            range.start = start;
            range.length = length;
            range.format.setForeground(m_theme.color(Role::Accent));
            range.format.setFontWeight(QFont::DemiBold);
            formats.append(range);
        }
        layout.setFormats(formats);
        layout.beginLayout();
        double y = 0;
        for (int count = 0; count < 2; ++count) {
            QTextLine line = layout.createLine();
            if (!line.isValid())
                break;
            line.setLineWidth(box.width());
            line.setPosition({0, y});
            y += m_theme.px(16);
        }
        layout.endLayout();
        painter.setPen(m_theme.color(Role::Muted));
        layout.draw(&painter, QPointF(box.left(), box.top() + m_theme.px(19)));
        painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), m_theme.color(Role::Border));
    }

    const Theme &m_theme;
    const RunbookRowModel &m_model;
};

} // namespace

RunbookRowModel::RunbookRowModel(QObject *parent)
    : QAbstractListModel(parent)
{}

void RunbookRowModel::setRows(const QList<RunbookRow> &rows)
{
    if (rows == m_rows)
        return;
    if (rows.size() == m_rows.size()) {
        m_rows = rows;
        Q_EMIT dataChanged(index(0), index(int(rows.size()) - 1));
        return;
    }
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int RunbookRowModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

QVariant RunbookRowModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const RunbookRow &row = m_rows.at(index.row());
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return row.words();
    if (role == Qt::ToolTipRole)
        return wrappedToolTip(row.runbook.path.isEmpty() ? row.text : row.runbook.path);
    return {};
}

RunbookRowList::RunbookRowList(const Theme &theme, const QString &name, QWidget *parent)
    : QListView(parent)
    , m_model(new RunbookRowModel(this))
{
    setModel(m_model);
    setItemDelegate(new RunbookRowDelegate(theme, *m_model, this));
    setAccessibleName(name);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    connect(&theme, &Theme::changed, this, [this] { doItemsLayout(); });
}

void RunbookRowList::setRows(const QList<RunbookRow> &rows)
{
    const int row = currentIndex().row();
    const RunbookRow held = row >= 0 && row < m_model->rows().size() ? m_model->rows().at(row) : RunbookRow();
    m_model->setRows(rows);
    // The same thing stays the current one, wherever it went.
    for (int index = 0; row >= 0 && index < rows.size(); ++index) {
        const RunbookRow &other = rows.at(index);
        if (other.kind == held.kind && other.runbook == held.runbook && other.folder == held.folder &&
            other.slug == held.slug && other.text == held.text) {
            if (index != currentIndex().row())
                setCurrentIndex(m_model->index(index));
            break;
        }
    }
}

void RunbookRowList::mark(int row)
{
    if (row < 0)
        return clearSelection();
    const QModelIndex index = m_model->index(row);
    if (index == currentIndex() && selectionModel()->isSelected(index))
        return;
    setCurrentIndex(index);
    scrollTo(index);
}

void RunbookRowList::choose(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const RunbookRow row = m_model->rows().at(index.row());
    if (row.kind == RunbookRow::Kind::Folder)
        Q_EMIT folderToggled(row.folder, !row.open);
    else
        Q_EMIT chosen(row);
}

void RunbookRowList::mouseReleaseEvent(QMouseEvent *event)
{
    QListView::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton)
        choose(indexAt(event->pos()));
}

void RunbookRowList::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex index = currentIndex();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (!event->isAutoRepeat())
            choose(index);
        return;
    }
    const bool folder = index.isValid() && m_model->rows().at(index.row()).kind == RunbookRow::Kind::Folder;
    if (folder && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
        Q_EMIT folderToggled(m_model->rows().at(index.row()).folder, event->key() == Qt::Key_Right);
        return;
    }
    // Letters are the page's keys, not a search inside the list.
    if (!event->text().isEmpty() && event->text().front().isPrint() && event->modifiers() == Qt::NoModifier)
        return event->ignore();
    QListView::keyPressEvent(event);
}

} // namespace cockpit
