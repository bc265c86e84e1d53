// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/service_table.h"

#include "ui/widgets/glyph.h"
#include "ui/widgets/text_runs.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <array>

namespace cockpit {

namespace {

constexpr bool isRightAligned(int column)
{
    return column == ServiceRows::Requests || column == ServiceRows::Errors || column == ServiceRows::P99 ||
           column == ServiceRows::Budget || column == ServiceRows::Ready || column == ServiceRows::Alerts;
}

/// Paints cells from the facts of the row: no text of a server goes through a style.
class ServiceCellDelegate : public QStyledItemDelegate {
public:
    ServiceCellDelegate(const Theme &theme, const ServiceRows &rows, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
        , m_rows(rows)
    {}
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const ServiceFacts &facts = m_rows.facts(index.row());
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        painter->fillRect(option.rect, m_theme.color(selected ? Role::Raised2 : Role::Surface));
        if (selected && index.column() == ServiceRows::Service)
            painter->fillRect(QRect(option.rect.topLeft(), QSize(m_theme.px(3), option.rect.height())),
                              m_theme.color(Role::Accent));
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          m_theme.color(Role::Border));
        const QRectF cell = QRectF(option.rect).adjusted(m_theme.px(8), 0, -m_theme.px(8), 0);
        const auto line = metricOf(index.column());
        if (line >= 0) {
            if (!facts.metrics[size_t(line)].line.values.isEmpty())
                paintSparkline(*painter,
                               QRectF(cell.left(), cell.center().y() - m_theme.px(12), m_theme.px(80), m_theme.px(24)),
                               facts.metrics[size_t(line)].line, m_theme);
            return;
        }
        paintRuns(*painter, textCell(*painter, cell, facts, index.column()), runs(facts, index.column()), m_theme,
                  isRightAligned(index.column()) ? Qt::AlignRight : Qt::AlignLeft);
    }

private:
    static int metricOf(int column)
    {
        return column == ServiceRows::RequestsLine ? 0
               : column == ServiceRows::ErrorsLine ? 1
               : column == ServiceRows::P99Line    ? 2
                                                   : -1;
    }
    QRectF textCell(QPainter &painter, const QRectF &cell, const ServiceFacts &facts, int column) const
    {
        if (column != ServiceRows::Service)
            return cell;
        const double size = m_theme.px(10);
        painter.setRenderHint(QPainter::Antialiasing);
        paintGlyph(painter, QRectF(cell.left() + m_theme.px(8), cell.center().y() - size / 2, size, size), facts.glyph,
                   m_theme.palette());
        painter.setRenderHint(QPainter::Antialiasing, false);
        return cell.adjusted(m_theme.px(26), 0, 0, 0);
    }
    QList<TextRun> runs(const ServiceFacts &facts, int column) const
    {
        const Role ink = facts.old ? Role::StaleText : Role::Text;
        const auto metric = [&](size_t which) -> QList<TextRun> {
            const MetricFacts &each = facts.metrics[which];
            return {{each.value.number, FontRole::MonoMedium12, each.color},
                    {u' ' + each.value.unit, FontRole::Mono12, Role::Muted}};
        };
        switch (column) {
        case ServiceRows::Service:
            return {{facts.name, FontRole::RowStrong12, ink}};
        case ServiceRows::Version:
            return {{facts.versions, FontRole::Mono12, Role::Muted}};
        case ServiceRows::Requests:
            return metric(0);
        case ServiceRows::Errors:
            return metric(1);
        case ServiceRows::P99:
            return metric(2);
        case ServiceRows::Budget:
            return {{figureText(Figure::BudgetLeft, facts.budget).joined(), FontRole::MonoMedium12, ink}};
        case ServiceRows::Ready:
            return {{facts.ready, FontRole::MonoMedium12, ink}};
        case ServiceRows::Alerts:
            if (facts.firing > 0)
                return {{QString::number(facts.firing), FontRole::MonoMedium12, facts.outline}};
            return {{ServiceRows::tr("none"), FontRole::Row12, Role::Muted}};
        default:
            return {};
        }
    }

    const Theme &m_theme;
    const ServiceRows &m_rows;
};

/// The head: 28 px, 11/500 muted, over the column's numbers.
class ServiceHeader : public QHeaderView {
public:
    ServiceHeader(const Theme &theme, QWidget *parent)
        : QHeaderView(Qt::Horizontal, parent)
        , m_theme(theme)
    {
        setSectionResizeMode(QHeaderView::Fixed);
        setFixedHeight(theme.px(28));
        setAccessibleName(ServiceRows::tr("Columns of the services"));
        setFocusPolicy(Qt::NoFocus);
    }

protected:
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override
    {
        painter->fillRect(rect, m_theme.color(Role::Surface));
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), m_theme.color(Role::Border));
        const int left = logicalIndex == ServiceRows::Service ? m_theme.px(16) : m_theme.px(8);
        paintRuns(*painter, QRectF(rect).adjusted(left, 0, -m_theme.px(8), 0),
                  {{model()->headerData(logicalIndex, Qt::Horizontal).toString(), FontRole::ChipMedium11, Role::Muted}},
                  m_theme, isRightAligned(logicalIndex) ? Qt::AlignRight : Qt::AlignLeft);
    }
    void paintEvent(QPaintEvent *event) override
    {
        QPainter(viewport()).fillRect(viewport()->rect(), m_theme.color(Role::Surface));
        QHeaderView::paintEvent(event);
    }

private:
    const Theme &m_theme;
};

} // namespace

ServiceTable::ServiceTable(const CockpitModels &models, const Theme &theme, QWidget *parent)
    : QTableView(parent)
    , m_theme(theme)
    , m_rows(new ServiceRows(models, this))
{
    setModel(m_rows);
    setItemDelegate(new ServiceCellDelegate(theme, *m_rows, this));
    setHorizontalHeader(new ServiceHeader(theme, this));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(theme.px(40));
    verticalHeader()->setDefaultSectionSize(theme.px(40));
    setAccessibleName(tr("Services"));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &QTableView::clicked, this,
            [this](const QModelIndex &index) { Q_EMIT opened(m_rows->facts(index.row()).id); });
    connect(&theme, &Theme::changed, this, [this] {
        verticalHeader()->setMinimumSectionSize(m_theme.px(40));
        verticalHeader()->setDefaultSectionSize(m_theme.px(40));
        horizontalHeader()->setFixedHeight(m_theme.px(28));
        layOutColumns();
        viewport()->update();
    });
}

void ServiceTable::refresh(ServiceSort sort, Duration range)
{
    if (!m_rows->refresh(sort, range))
        return;
    setColumnHidden(ServiceRows::Budget, !m_rows->hasBudget());
    viewport()->update();
}

int ServiceTable::wholeHeight() const { return m_theme.px(28) + m_rows->rowCount() * m_theme.px(40); }

void ServiceTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    layOutColumns();
}

void ServiceTable::layOutColumns()
{
    constexpr std::array<int, ServiceRows::Count> widths{140, 140, 88, 92, 68, 92, 64, 92, 72, 72, 64};
    int used = 0;
    for (int column = 0; column < ServiceRows::Count; ++column) {
        const int width = m_theme.px(widths[static_cast<size_t>(column)]);
        setColumnWidth(column, width);
        used += isColumnHidden(column) ? 0 : width;
    }
    const int rest = viewport()->width() - used;
    setColumnWidth(ServiceRows::Version, std::max(m_theme.px(60), m_theme.px(140) + rest * 3 / 4));
    const int last = viewport()->width() - used - (columnWidth(ServiceRows::Version) - m_theme.px(140));
    setColumnWidth(ServiceRows::Service, std::max(m_theme.px(100), m_theme.px(140) + last));
}

void ServiceTable::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !event->isAutoRepeat() && currentIndex().isValid()) {
        Q_EMIT opened(m_rows->facts(currentIndex().row()).id);
        return;
    }
    // Letters belong to the page's keys, not to a search inside the table.
    if (!event->text().isEmpty() && event->text().front().isLetterOrNumber())
        return event->ignore();
    QTableView::keyPressEvent(event);
}

} // namespace cockpit
