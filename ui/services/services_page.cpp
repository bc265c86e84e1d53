// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/services_page.h"

#include "models/items/chart_store.h"
#include "models/items/fleet_model.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "ui/services/service_card.h"
#include "ui/services/service_detail.h"
#include "ui/services/service_table.h"
#include "ui/widgets/card.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_runs.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QStackedWidget>

#include <algorithm>

namespace cockpit {

namespace {

Duration rangeOfSegment(const QString &id)
{
    using namespace std::chrono;
    return id == QStringLiteral("6h")    ? hours(6)
           : id == QStringLiteral("24h") ? hours(24)
           : id == QStringLiteral("7d")  ? hours(168)
                                         : hours(1);
}

} // namespace

ServicesPage::ServicesPage(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
{
    setAccessibleName(tr("Services"));
    setFocusPolicy(Qt::ClickFocus); // keys work before anything in it was chosen
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    m_body = new QStackedWidget;
    m_tableView = new ServiceTable(models, theme);
    m_detail = new ServiceDetail(models, theme);
    m_empty = new GlyphLabel(theme, FontRole::Text15);
    m_body->addWidget(makeGrid());
    m_body->addWidget(m_tableView);
    m_body->addWidget(m_detail);
    auto *empty = new QWidget;
    auto *emptyLayout = new QVBoxLayout(empty);
    emptyLayout->setContentsMargins(theme.px(16), theme.px(24), theme.px(16), 0);
    emptyLayout->addWidget(m_empty);
    emptyLayout->addStretch(1);
    m_body->addWidget(empty);
    layout->addWidget(m_body, 1);
    m_sparklines = new ChartSubscription(models, this);
    connectModels();
    refresh();
}

QWidget *ServicesPage::makeHeader()
{
    auto *header = new Panel(m_theme, Role::Surface, Qt::BottomEdge);
    header->setFixedHeight(m_theme.px(48));
    auto *line = new QHBoxLayout(header);
    line->setContentsMargins(m_theme.px(16), 0, m_theme.px(16), 0);
    line->setSpacing(m_theme.px(12));
    line->addWidget(new PlainLabel(m_theme, tr("Services"), FontRole::Title15));
    m_counts = new RunLabel(m_theme);
    line->addWidget(m_counts, 1);
    line->addWidget(new PlainLabel(m_theme, tr("sort"), FontRole::Row12, Role::Muted));
    auto *sort = new SegmentedControl(m_theme, tr("Sort services by"),
                                      {{QStringLiteral("pain"), tr("pain")},
                                       {QStringLiteral("name"), tr("name")},
                                       {QStringLiteral("requests"), tr("requests")}});
    sort->setCurrent(QStringLiteral("pain"));
    connect(sort, &SegmentedControl::selected, this, [this](const QString &id) {
        m_sort = serviceSortFrom(id);
        refresh();
    });
    m_layoutChoice =
        new SegmentedControl(m_theme, tr("Show services as"),
                             {{QStringLiteral("grid"), tr("grid")}, {QStringLiteral("table"), tr("table")}});
    connect(m_layoutChoice, &SegmentedControl::selected, this, [this](const QString &id) {
        m_layoutChosen = true;
        m_table = id == QStringLiteral("table");
        closeService();
        refresh();
    });
    auto *range = new SegmentedControl(m_theme, tr("Time range"),
                                       {{QStringLiteral("1h"), tr("1 h")},
                                        {QStringLiteral("6h"), tr("6 h")},
                                        {QStringLiteral("24h"), tr("24 h")},
                                        {QStringLiteral("7d"), tr("7 d")}});
    range->setCurrent(QStringLiteral("1h"));
    connect(range, &SegmentedControl::selected, this, [this](const QString &id) {
        m_range = rangeOfSegment(id);
        m_detail->setRange(m_range);
        subscribe();
        refresh();
    });
    for (QWidget *widget : std::initializer_list<QWidget *>{sort, m_layoutChoice, range}) {
        line->addWidget(widget);
        if (widget != range)
            line->addSpacing(m_theme.px(12));
    }
    return header;
}

QWidget *ServicesPage::makeGrid()
{
    auto *area = new QScrollArea;
    area->setAccessibleName(tr("Tiles of the services"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *inner = new Panel(m_theme, Role::Surface);
    m_grid = new QGridLayout(inner);
    m_grid->setContentsMargins(m_theme.px(16), m_theme.px(12), m_theme.px(16), m_theme.px(12));
    m_grid->setSpacing(m_theme.px(12));
    area->setWidget(inner);
    return area;
}

void ServicesPage::connectModels()
{
    connect(&m_models.fleet, &FleetModel::changed, this, &ServicesPage::refresh);
    connect(&m_models.time, &TimeModel::ticked, this, [this] {
        if (m_active)
            refresh();
    });
    connect(&m_models.charts, &ChartStore::changed, this, [this](const ChartKey &key) {
        if (m_active && key.service.isEmpty())
            refresh();
    });
    connect(m_tableView, &ServiceTable::opened, this, &ServicesPage::openService);
    connect(m_detail, &ServiceDetail::backRequested, this, &ServicesPage::closeService);
    connect(&m_models.requests, &Requests::serviceRequested, this, &ServicesPage::openService);
}

bool ServicesPage::showsTable() const
{
    return m_layoutChosen ? m_table : m_models.fleet.fleet().services.size() > size_t(tileLimit);
}

void ServicesPage::openService(const ServiceId &service)
{
    m_detail->setService(service);
    m_body->setCurrentWidget(m_detail);
    m_detail->setActive(m_active);
    m_detail->setFocus();
    subscribe();
}

void ServicesPage::closeService()
{
    if (m_body->currentWidget() != m_detail)
        return;
    m_detail->setActive(false);
    m_body->setCurrentIndex(0);
    showBody();
    subscribe();
    // Back to the tile that was left, so that the keyboard goes on from there.
    for (ServiceCard *card : m_cards) {
        if (card->isVisibleTo(this) && card->facts().id == m_detail->service())
            card->setFocus();
    }
}

void ServicesPage::showBody()
{
    if (m_body->currentWidget() == m_detail)
        return;
    m_body->setCurrentIndex(m_models.fleet.fleet().services.empty() ? 3 : showsTable() ? 1 : 0);
}

void ServicesPage::refresh()
{
    const Fleet &fleet = m_models.fleet.fleet();
    m_layoutChoice->setCurrent(showsTable() ? QStringLiteral("table") : QStringLiteral("grid"));
    refreshHeader();
    m_empty->setState(StateGlyph::Unknown,
                      fleet.servicesKnown ? tr("No service is known: no series and no alert names one.")
                                          : tr("Not known yet: no metrics source has answered."),
                      Role::Muted);
    showBody();
    if (m_body->currentWidget() == m_detail)
        m_detail->refresh();
    else if (showsTable())
        m_tableView->refresh(m_sort, m_range);
    else
        refreshTiles();
}

void ServicesPage::refreshHeader()
{
    const Fleet &fleet = m_models.fleet.fleet();
    const auto count = [&](ServiceHealth::Level level) {
        return std::count_if(fleet.services.begin(), fleet.services.end(),
                             [level](const ServiceHealth &each) { return each.level == level; });
    };
    QList<TextRun> runs{{QString::number(fleet.services.size()), FontRole::MonoMedium12, Role::Text},
                        {u' ' + tr("services"), FontRole::Row12, Role::Muted}};
    const auto add = [&](qsizetype number, const QString &words, Role role) {
        if (number > 0)
            runs.append({QStringLiteral(", ") + QString::number(number) + u' ' + words, FontRole::Row12, role});
    };
    add(count(ServiceHealth::Level::Unhealthy), tr("unhealthy"), Role::Critical);
    add(count(ServiceHealth::Level::Degraded), tr("degraded"), Role::Warning);
    add(count(ServiceHealth::Level::Unknown), tr("not known"), Role::Muted);
    m_counts->setRuns(runs);
}

void ServicesPage::refreshTiles()
{
    const Fleet &fleet = m_models.fleet.fleet();
    const bool withBudget = std::any_of(fleet.services.begin(), fleet.services.end(), [](const ServiceHealth &each) {
        return each.figure(Figure::BudgetLeft).has_value();
    });
    const std::vector<size_t> order = serviceOrder(fleet, m_sort);
    while (m_cards.size() < order.size()) {
        auto *card = new ServiceCard(m_theme);
        connect(card, &ServiceCard::clicked, this, [this, card] { openService(card->facts().id); });
        m_cards.push_back(card);
        m_columns = 0;
    }
    for (size_t at = 0; at < m_cards.size(); ++at) {
        if (at < order.size())
            m_cards[at]->setFacts(serviceFacts(m_models, fleet.services[order[at]], m_range), withBudget);
        m_cards[at]->setVisible(at < order.size());
    }
    layOutTiles();
}

void ServicesPage::layOutTiles()
{
    const int columns = std::clamp((width() - m_theme.px(32)) / m_theme.px(360), 1, 4);
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (size_t at = 0; at < m_cards.size(); ++at)
        m_grid->addWidget(m_cards[at], int(at) / columns, int(at) % columns, Qt::AlignTop);
    for (int column = 0; column < 4; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    m_grid->setRowStretch(int(m_cards.size()), 1);
}

void ServicesPage::subscribe()
{
    const bool needed = m_active && m_body->currentWidget() != m_detail;
    m_sparklines->setKeys(needed ? sparklineKeys(m_range) : QSet<ChartKey>(), m_theme.px(208));
}

void ServicesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_active = true;
    m_detail->setActive(m_body->currentWidget() == m_detail);
    subscribe();
    refresh();
    if (!focusWidget())
        setFocus(Qt::OtherFocusReason);
}

void ServicesPage::hideEvent(QHideEvent *event)
{
    m_active = false;
    m_detail->setActive(false);
    subscribe();
    QWidget::hideEvent(event);
}

void ServicesPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOutTiles();
}

void ServicesPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_body->currentWidget() == m_detail)
        return closeService();
    QWidget::keyPressEvent(event);
}

} // namespace cockpit
