// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/activity_page.h"

#include "ui/frame/activity_table_model.h"
#include "ui/frame/page_header.h"
#include "ui/widgets/glyph.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace cockpit {

namespace {

/// One cell: time and outcome in mono, the glyph before the outcome, only row lines.
class ActivityCellDelegate final : public QStyledItemDelegate {
public:
    ActivityCellDelegate(const Theme &theme, const ActivityTableModel &model, QObject *parent)
        : QStyledItemDelegate(parent), m_theme(theme), m_model(model)
    {
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        const QRect cell = option.rect;
        const bool selected = option.state & QStyle::State_Selected;
        if (selected)
            painter->fillRect(cell, m_theme.color(Role::Raised2));
        if (selected && index.column() == 0)
            painter->fillRect(QRect(cell.left(), cell.top(), m_theme.px(3), cell.height()), m_theme.color(Role::Accent));
        painter->fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), m_theme.color(Role::Border));
        QRect text = cell.adjusted(m_theme.px(index.column() == 0 ? 16 : 8), 0, -m_theme.px(8), -1);
        if (index.column() == ActivityTableModel::OutcomeColumn && !index.data().toString().isEmpty()) {
            const int size = m_theme.px(10);
            paintGlyph(*painter, QRectF(text.left(), text.center().y() - size / 2.0 + 0.5, size, size),
                       m_model.glyph(index.row()), m_theme.palette());
            text.setLeft(text.left() + m_theme.px(16));
        }
        const bool time = index.column() == ActivityTableModel::TimeColumn;
        const bool strong = index.column() == ActivityTableModel::ActionColumn;
        painter->setFont(m_theme.font(time ? FontRole::Mono12 : strong ? FontRole::RowMedium12 : FontRole::Row12));
        painter->setPen(m_theme.color(time || index.column() == ActivityTableModel::ReasonColumn ? Role::Muted : Role::Text));
        painter->drawText(text, Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, text.width()));
        painter->restore();
    }

private:
    const Theme &m_theme;
    const ActivityTableModel &m_model;
};

} // namespace

ActivityPage::ActivityPage(const Theme &theme, const QAbstractItemModel &activity, QWidget *parent)
    : ThemedWidget(theme, parent), m_activity(activity), m_header(new PageHeader(theme, tr("Activity log"), this)),
      m_filter(new SearchField(theme, tr("Filter the activity log"), tr("Words: who, what, outcome"), QString(), this)),
      m_model(new ActivityTableModel(activity, this)), m_table(new QTableView(this)),
      m_empty(new PlainLabel(theme, FontRole::Row12, Role::Muted, this))
{
    m_filter->setFixedWidth(theme.px(280));
    m_header->addTrailing(m_filter);
    buildTable();
    m_empty->setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_empty);
    layout->addWidget(m_table, 1);
    connect(m_filter, &SearchField::textChanged, m_model, &ActivityTableModel::setFilter);
    connect(m_model, &ActivityTableModel::filtered, this, &ActivityPage::refreshCount);
    refreshCount();
    themeChanged();
}

void ActivityPage::buildTable()
{
    m_table->setAccessibleName(tr("Activity log"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new ActivityCellDelegate(theme(), *m_model, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
}

void ActivityPage::themeChanged()
{
    m_table->verticalHeader()->setDefaultSectionSize(theme().px(28));
    m_table->horizontalHeader()->setFixedHeight(theme().px(28));
    m_table->horizontalHeader()->setFont(theme().font(FontRole::ChipMedium11));
    const int widths[] = {96, 160, 280, 320, 200};
    for (int column = 0; column < static_cast<int>(std::size(widths)); ++column)
        m_table->setColumnWidth(column, theme().px(widths[column]));
    ThemedWidget::themeChanged();
}

void ActivityPage::refreshCount()
{
    const int all = m_activity.rowCount();
    const int shown = m_model->rowCount();
    const bool filtered = shown != all;
    m_header->setBeside(numberRuns(filtered ? tr("%1 of %2 events").arg(shown).arg(all) : all == 1 ? tr("1 event") : tr("%1 events").arg(all),
                                   FontRole::Row12, FontRole::MonoMedium12, Role::Muted, Role::Text));
    m_empty->setText(all == 0 ? tr("Nothing has happened yet. Every action appears here with who, what, when and why.")
                              : tr("No event matches the filter."));
    m_empty->setVisible(shown == 0);
    m_table->setVisible(shown > 0);
}

} // namespace cockpit
