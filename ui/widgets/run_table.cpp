// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_table.h"

#include "ui/widgets/button.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_tool_tips.h"

#include <QHelpEvent>
#include <QPainter>
#include <QSet>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

QString joinedText(const QList<TextRun> &runs)
{
    QString text;
    for (const TextRun &run : runs)
        text += run.text;
    return text.simplified();
}

QString rowWords(const RunRow &row)
{
    QStringList words;
    for (const RunCell &cell : row.cells) {
        const QString text = joinedText(cell.runs);
        if (!text.isEmpty())
            words.append(cell.glyph ? glyphWord(*cell.glyph) + QStringLiteral(": ") + text : text);
    }
    return words.join(QStringLiteral(", "));
}

} // namespace

RunTable::RunTable(const Theme &theme, const QString &name, QList<RunColumn> columns, int rowHeight, QWidget *parent)
    : ThemedWidget(theme, parent)
    , m_name(name)
    , m_columns(std::move(columns))
    , m_rowHeight(rowHeight)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(name);
}

int RunTable::headHeight() const
{
    const bool any = std::any_of(m_columns.cbegin(), m_columns.cend(),
                                 [](const RunColumn &column) { return !column.head.isEmpty(); });
    return any ? theme().px(m_rowHeight) : 0;
}

void RunTable::setRows(const QList<RunRow> &rows)
{
    if (rows == m_rows)
        return;
    const bool resized = rows.size() != m_rows.size();
    m_rows = rows;
    QStringList words{m_name};
    for (const RunRow &row : rows)
        words.append(rowWords(row));
    setAccessibleName(words.join(QStringLiteral("; ")).left(4000));
    refreshButtons();
    if (resized)
        updateGeometry();
    update();
}

void RunTable::setHeads(const QStringList &heads)
{
    bool changed = false;
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        changed = changed || m_columns[i].head != heads.value(i);
        m_columns[i].head = heads.value(i);
    }
    if (changed)
        update();
}

void RunTable::setLines(bool lines)
{
    m_lines = lines;
    update();
}

Button *RunTable::button(const QString &id) const { return m_buttons.value(id); }

void RunTable::refreshButtons()
{
    QSet<QString> wanted;
    for (const RunRow &row : std::as_const(m_rows)) {
        if (row.button.isEmpty())
            continue;
        wanted.insert(row.id);
        Button *&button = m_buttons[row.id];
        if (!button) {
            button = new Button(theme(), row.button, Button::Kind::Row, this);
            connect(button, &Button::clicked, this, [this, id = row.id] { Q_EMIT buttonClicked(id); });
            button->show();
        }
        button->setText(row.button);
        button->setKind(row.lit ? Button::Kind::RowLit : Button::Kind::Row);
        button->setDisabledReason(row.disabledReason);
        button->setAccessibleName(row.button + QStringLiteral(": ") + rowWords(row).left(200));
    }
    for (auto held = m_buttons.begin(); held != m_buttons.end();) {
        if (wanted.contains(held.key())) {
            ++held;
            continue;
        }
        held.value()->hide();
        held.value()->deleteLater();
        held = m_buttons.erase(held);
    }
    placeButtons();
}

void RunTable::placeButtons()
{
    int y = headHeight();
    for (const RunRow &row : std::as_const(m_rows)) {
        if (Button *button = m_buttons.value(row.id)) {
            const QSize size = button->sizeHint();
            button->setGeometry(width() - size.width(), y + (theme().px(m_rowHeight) - size.height()) / 2, size.width(),
                                size.height());
        }
        y += theme().px(m_rowHeight);
    }
}

QSize RunTable::sizeHint() const
{
    return {theme().px(240), headHeight() + theme().px(m_rowHeight) * static_cast<int>(m_rows.size())};
}

QSize RunTable::minimumSizeHint() const { return {theme().px(120), sizeHint().height()}; }

std::vector<QRectF> RunTable::columnsOf(const QRectF &row) const
{
    double fixed = 0;
    int open = 0;
    for (const RunColumn &column : m_columns) {
        fixed += theme().px(column.width);
        open += column.width == 0 ? 1 : 0;
    }
    const double rest = open > 0 ? std::max(0.0, row.width() - fixed) / open : 0;
    std::vector<QRectF> places;
    double x = row.left();
    for (const RunColumn &column : m_columns) {
        const double width = column.width == 0 ? rest : theme().px(column.width);
        places.emplace_back(x, row.top(), width, row.height());
        x += width;
    }
    return places;
}

void RunTable::paintRow(QPainter &painter, const QRectF &rect, const RunRow &row) const
{
    const std::vector<QRectF> places = columnsOf(rect);
    const double size = theme().px(10);
    const Button *button = m_buttons.value(row.id);
    for (size_t index = 0; index < places.size() && index < static_cast<size_t>(row.cells.size()); ++index) {
        const RunCell &cell = row.cells.at(static_cast<qsizetype>(index));
        const bool last = index + 1 == places.size();
        QRectF place = places[index].adjusted(0, 0, last ? 0 : -theme().px(8), 0);
        if (last && button)
            place.setRight(button->geometry().left() - theme().px(8));
        const bool right = m_columns.at(static_cast<qsizetype>(index)).alignment & Qt::AlignRight;
        if (cell.glyph) {
            const double text = right ? runsWidth(cell.runs, theme()) + theme().px(18) : 0;
            const double x = right ? std::max(place.left(), place.right() - text) : place.left();
            painter.setRenderHint(QPainter::Antialiasing);
            paintGlyph(painter, QRectF(x, rect.center().y() - size / 2, size, size), *cell.glyph, theme().palette());
            painter.setRenderHint(QPainter::Antialiasing, false);
            place.setLeft(x + theme().px(16));
        }
        if (cell.icon) {
            const double side = theme().px(14);
            paintIcon(painter, QRectF(place.left(), std::round(rect.center().y() - side / 2), side, side), *cell.icon,
                      theme().color(cell.iconColor));
            place.setLeft(place.left() + theme().px(22));
        }
        paintRuns(painter, place, cell.runs, theme(), right ? Qt::AlignRight : Qt::AlignLeft);
    }
}

void RunTable::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const double height = theme().px(m_rowHeight);
    QRectF rect(0, 0, width(), headHeight());
    if (headHeight() > 0) {
        RunRow head;
        for (const RunColumn &column : std::as_const(m_columns))
            head.cells.append({{{column.head, FontRole::ChipMedium11, Role::Muted}}, {}});
        paintRow(painter, rect, head);
    }
    for (const RunRow &row : std::as_const(m_rows)) {
        rect = QRectF(0, rect.bottom(), width(), height);
        if (m_lines)
            painter.fillRect(QRectF(0, rect.top(), width(), 1), theme().color(Role::Border));
        paintRow(painter, rect, row);
    }
}

void RunTable::resizeEvent(QResizeEvent *event)
{
    ThemedWidget::resizeEvent(event);
    placeButtons();
}

void RunTable::themeChanged()
{
    ThemedWidget::themeChanged();
    placeButtons();
}

bool RunTable::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return ThemedWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int row = (help->pos().y() - headHeight()) / std::max(1, theme().px(m_rowHeight));
    const bool known = help->pos().y() >= headHeight() && row < m_rows.size() && !m_rows.at(row).tip.isEmpty();
    QToolTip::showText(help->globalPos(), known ? wrappedToolTip(m_rows.at(row).tip) : QString(), this);
    return true;
}

} // namespace cockpit
