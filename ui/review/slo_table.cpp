// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/slo_table.h"

#include "ui/review/slo_rows.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/text_runs.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace cockpit {

namespace {

constexpr int sloHeadHeight = 28;
constexpr int sloRowHeight = 32;
constexpr int sloMargin = 16;

} // namespace

/// Left edges and widths, px of the screen.
struct SloTable::Columns {
    QRectF glyph, service, title, target, now, bar, left, burn, gone, policy;
};

SloTable::SloTable(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
{
    setFocusPolicy(Qt::StrongFocus);
    refreshName();
}

void SloTable::setBoard(const SloBoardPtr &board)
{
    const QString before =
        m_board && m_chosen < m_board->objectives.size() ? m_board->objectives.at(m_chosen).slo.id : QString();
    m_board = board;
    int row = 0;
    for (int i = 0; m_board && i < m_board->objectives.size(); ++i) {
        if (m_board->objectives.at(i).slo.id == before)
            row = i;
    }
    m_chosen = row;
    refreshName();
    updateGeometry();
    update();
    Q_EMIT chosenChanged(m_chosen);
}

void SloTable::choose(int row)
{
    const int last = m_board ? static_cast<int>(m_board->objectives.size()) - 1 : -1;
    row = std::clamp(row, 0, std::max(last, 0));
    if (row == m_chosen)
        return;
    m_chosen = row;
    refreshName();
    update();
    Q_EMIT chosenChanged(row);
}

QSize SloTable::sizeHint() const
{
    const int rows = m_board ? static_cast<int>(m_board->objectives.size()) : 0;
    return {theme().px(760), theme().px(sloHeadHeight + sloRowHeight * std::max(rows, 1))};
}

SloTable::Columns SloTable::columns() const
{
    const auto px = [this](int measure) { return static_cast<double>(theme().px(measure)); };
    const double free = std::max(width() - px(2 * sloMargin + 18 + 84 * 6 + 12 * 9), px(260));
    double at = px(sloMargin);
    const auto take = [&at, px, this](double wide) {
        const QRectF rect(at, 0, wide, height());
        at += wide + px(12);
        return rect;
    };
    Columns columns;
    columns.glyph = QRectF(at, 0, px(18), height());
    at += px(18);
    columns.service = take(free * 0.2);
    columns.title = take(free * 0.35);
    columns.target = take(px(72));
    columns.now = take(px(84));
    columns.bar = take(free * 0.45 - px(36));
    columns.left = take(px(64));
    columns.burn = take(px(84));
    columns.gone = take(px(96));
    columns.policy = take(px(104));
    return columns;
}

QRectF SloTable::rowRect(int row) const
{
    return QRectF(0, theme().px(sloHeadHeight + sloRowHeight * row), width(), theme().px(sloRowHeight));
}

void SloTable::paintHead(QPainter &painter, const Columns &columns) const
{
    const auto head = [&](const QRectF &column, const QString &text, Qt::Alignment alignment) {
        paintRuns(painter, QRectF(column.left(), 0, column.width(), theme().px(sloHeadHeight)),
                  {{text, FontRole::ChipMedium11, Role::Muted}}, theme(), alignment);
    };
    head(columns.service.united(columns.glyph), tr("Service"), Qt::AlignLeft);
    head(columns.title, tr("Objective"), Qt::AlignLeft);
    head(columns.target, tr("Target"), Qt::AlignRight);
    head(columns.now, tr("Now"), Qt::AlignRight);
    head(columns.bar, tr("Error budget left"), Qt::AlignLeft);
    head(columns.burn, tr("Burn, 5 m"), Qt::AlignRight);
    head(columns.gone, tr("Budget gone in"), Qt::AlignRight);
    head(columns.policy, tr("Policy state"), Qt::AlignLeft);
}

void SloTable::paintRow(QPainter &painter, int row, const Columns &columns) const
{
    const SloStatus &status = m_board->objectives.at(row);
    const QRectF rect = rowRect(row);
    if (row == m_chosen) {
        painter.fillRect(rect, theme().color(Role::Raised2));
        painter.fillRect(QRectF(rect.left(), rect.top(), theme().px(3), rect.height()), theme().color(Role::Accent));
    }
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme().color(Role::Grid));
    const auto in = [&rect](const QRectF &column) {
        return QRectF(column.left(), rect.top(), column.width(), rect.height());
    };
    const auto cell = [&](const QRectF &column, const QString &text, FontRole font, Role color,
                          Qt::Alignment alignment) {
        paintRuns(painter, in(column), {{text, font, color}}, theme(), alignment);
    };
    const StateGlyph glyph = sloGlyph(status);
    const double edge = theme().px(10);
    paintGlyph(painter, QRectF(columns.glyph.left(), rect.center().y() - edge / 2, edge, edge), glyph,
               theme().palette());
    const bool calm = glyph == StateGlyph::Ok;
    cell(columns.service, status.slo.service, FontRole::RowStrong12, Role::Text, Qt::AlignLeft);
    cell(columns.title, status.slo.title, FontRole::Row12, Role::Muted, Qt::AlignLeft);
    cell(columns.target, shareWords(status.slo.target, 2), FontRole::Mono12, Role::Muted, Qt::AlignRight);
    cell(columns.now, shareWords(status.achieved, 3), FontRole::Mono12, Role::Text, Qt::AlignRight);
    const double left = std::clamp(status.budgetLeft.value_or(0.0), 0.0, 1.0);
    const QRectF bar(columns.bar.left(), rect.center().y() - theme().px(2), columns.bar.width(), theme().px(4));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().color(Role::Grid));
    painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2);
    painter.setBrush(theme().color(left < 0.5 ? Role::Warning : Role::Muted));
    painter.drawRoundedRect(QRectF(bar.topLeft(), QSizeF(bar.width() * left, bar.height())), bar.height() / 2,
                            bar.height() / 2);
    cell(columns.left, shareWords(status.budgetLeft, 1), FontRole::Mono12, Role::Text, Qt::AlignRight);
    const auto burn = status.burns.isEmpty() ? std::nullopt : status.burns.first().burn;
    cell(columns.burn, burnWords(burn), calm ? FontRole::Mono12 : FontRole::MonoStrong12,
         calm ? Role::Muted : Role::Text, Qt::AlignRight);
    cell(columns.gone, status.forecast.words, FontRole::Row12, calm ? Role::Muted : Role::Text, Qt::AlignRight);
    cell(columns.policy, policyWords(status.policy), FontRole::Row12,
         status.policy == BudgetPolicyState::None ? Role::Muted : Role::Text, Qt::AlignLeft);
}

void SloTable::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Columns at = columns();
    paintHead(painter, at);
    painter.fillRect(QRectF(0, theme().px(sloHeadHeight) - 1, width(), 1), theme().color(Role::Grid));
    for (int row = 0; m_board && row < m_board->objectives.size(); ++row)
        paintRow(painter, row, at);
    if (hasFocus()) {
        painter.setPen(QPen(theme().color(Role::Accent), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rowRect(m_chosen).adjusted(1, 1, -1, -1));
    }
}

void SloTable::mousePressEvent(QMouseEvent *event)
{
    const double y = event->position().y() - theme().px(sloHeadHeight);
    if (y >= 0)
        choose(static_cast<int>(y / theme().px(sloRowHeight)));
}

void SloTable::keyPressEvent(QKeyEvent *event)
{
    const int last = m_board ? static_cast<int>(m_board->objectives.size()) - 1 : 0;
    switch (event->key()) {
    case Qt::Key_Up:
        return choose(m_chosen - 1);
    case Qt::Key_Down:
        return choose(m_chosen + 1);
    case Qt::Key_Home:
        return choose(0);
    case Qt::Key_End:
        return choose(last);
    default:
        QWidget::keyPressEvent(event);
    }
}

void SloTable::refreshName()
{
    QString name = tr("Objectives");
    if (m_board && m_chosen < m_board->objectives.size()) {
        const SloStatus &status = m_board->objectives.at(m_chosen);
        name += QStringLiteral(": ") + status.slo.service + QStringLiteral(", ") + status.slo.title +
                QStringLiteral(", ") + tr("budget left") + u' ' + shareWords(status.budgetLeft, 1) +
                QStringLiteral(", ") + tr("policy") + u' ' + policyWords(status.policy);
    }
    setAccessibleName(name);
}

} // namespace cockpit
