// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/service_detail.h"

#include "models/items/chart_store.h"
#include "models/items/fleet_model.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/charts/time_chart.h"
#include "ui/services/figure_words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/section_header.h"

#include <QGridLayout>
#include <QScrollArea>

namespace cockpit {

namespace {

constexpr std::array<Figure, 4> detailFigures{Figure::ErrorRatio, Figure::P99Seconds, Figure::RequestsPerSecond,
                                              Figure::Saturation};
constexpr int noGlyph = -1;

} // namespace

ServiceDetail::ServiceDetail(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_title(new GlyphLabel(theme, FontRole::Title15))
    , m_about(new ElidedLabel(theme, FontRole::Row12, Role::Muted))
    , m_subscription(new ChartSubscription(models, this))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(theme.px(16), theme.px(8), 0, 0);
    grid->setHorizontalSpacing(theme.px(16));
    grid->setVerticalSpacing(theme.px(12));
    auto *head = new QHBoxLayout;
    auto *back = new Button(theme, tr("All services"), Button::Kind::Normal);
    back->setGlyphIcon(Icon::ChevronLeft);
    back->setKeyHint(QStringLiteral("Esc"));
    connect(back, &Button::clicked, this, &ServiceDetail::backRequested);
    head->addWidget(back);
    head->addSpacing(theme.px(8));
    head->addWidget(m_title);
    head->addSpacing(theme.px(8));
    head->addWidget(m_about, 1);
    grid->addLayout(head, 0, 0, 1, 2);
    for (size_t index = 0; index < m_charts.size(); ++index) {
        m_charts[index] = new TimeChart(theme);
        grid->addWidget(m_charts[index], 1 + int(index) / 2, int(index) % 2);
    }
    grid->addWidget(makeSide(), 0, 2, 3, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(1, 1);
    grid->setRowStretch(2, 1);
    connect(&models.charts, &ChartStore::changed, this, [this](const ChartKey &key) {
        const ServiceHealth *health = m_models.fleet.service(m_service);
        if (m_active && health && key.service == m_service)
            refreshCharts(*health);
    });
}

QWidget *ServiceDetail::makeSide()
{
    auto *panel = new Panel(m_theme, Role::Raised, Qt::LeftEdge);
    panel->setFixedWidth(m_theme.px(360));
    m_side = new QVBoxLayout(panel);
    m_side->setContentsMargins(1, 0, 0, 0);
    auto *area = new QScrollArea;
    area->setAccessibleName(tr("Facts of the service"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_sideBody = new Panel(m_theme, Role::Raised);
    area->setWidget(m_sideBody);
    m_side->addWidget(area);
    return panel;
}

void ServiceDetail::setService(const ServiceId &service)
{
    m_service = service;
    m_sideShown.clear();
    subscribe();
    refresh();
}

void ServiceDetail::setRange(Duration range)
{
    m_range = range;
    subscribe();
    refresh();
}

void ServiceDetail::setActive(bool active)
{
    m_active = active;
    subscribe();
}

void ServiceDetail::subscribe()
{
    QSet<ChartKey> keys;
    const ServiceHealth *health = m_models.fleet.service(m_service);
    if (m_active && health) {
        for (const Figure figure : detailFigures)
            keys.insert({m_service, byVersionWhereKnown(*health, figure), m_range});
    }
    m_subscription->setKeys(keys, std::max(200, m_charts[0]->width()));
}

void ServiceDetail::refresh()
{
    const ServiceHealth *health = m_models.fleet.service(m_service);
    if (!health) {
        m_title->setState(StateGlyph::Unknown, plainLine(m_service.toString(), 80));
        m_about->setText(tr("No source knows this service now."));
        return;
    }
    const Fleet &fleet = m_models.fleet.fleet();
    const QString old = oldDataText(*health, fleet, m_models.time.now());
    m_title->setState(old.isEmpty() ? levelGlyph(health->level) : StateGlyph::Stale,
                      plainLine(m_service.toString(), 80), old.isEmpty() ? Role::Text : Role::StaleText);
    const QString word = old.isEmpty() ? levelWord(health->level) : old;
    const QString versions = versionsText(*health);
    m_about->setText(versions.isEmpty() ? word : word + QStringLiteral("   ") + versions);
    subscribe();
    refreshCharts(*health);
    refreshSide(*health);
}

void ServiceDetail::refreshCharts(const ServiceHealth &service)
{
    for (size_t index = 0; index < m_charts.size(); ++index) {
        const Figure figure = detailFigures[index];
        const bool shown = figure != Figure::Saturation || service.figure(figure).has_value();
        m_charts[index]->setVisible(shown);
        if (shown)
            m_charts[index]->setView(
                serviceChart(m_models, service, byVersionWhereKnown(service, figure), m_range, m_models.time.now()));
    }
}

void ServiceDetail::addSection(const QString &title)
{
    m_sideBody->layout()->addWidget(new SectionHeader(m_theme, title));
}

void ServiceDetail::addLine(int glyph, const QString &text, const QString &right)
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(m_theme.px(12), m_theme.px(4), m_theme.px(12), m_theme.px(4));
    if (glyph != noGlyph) {
        auto *label = new GlyphLabel(m_theme, FontRole::Row12);
        label->setState(static_cast<StateGlyph>(glyph), text);
        line->addWidget(label, 1);
    } else {
        auto *label = new ElidedLabel(m_theme, FontRole::Row12, Role::Muted);
        label->setText(text);
        line->addWidget(label, 1);
    }
    auto *value = new RunLabel(m_theme);
    value->setRuns(numberRuns(right, FontRole::Row12, FontRole::MonoMedium12, Role::Muted, Role::Text));
    line->addWidget(value);
    m_sideBody->layout()->addWidget(row);
}

void ServiceDetail::addFigures(const ServiceHealth &service)
{
    addSection(tr("State"));
    for (const Evidence *evidence : {&service.live, &service.ready, &service.healthy}) {
        if (!evidence->text.isEmpty())
            addLine(int(verdictGlyph(evidence->verdict)), plainLine(evidence->text, 160),
                    evidence->sampledAt ? utcTimeText(*evidence->sampledAt) : QString());
    }
    addSection(tr("Figures, with the time of their sample"));
    for (const auto &[figure, name] :
         {std::pair(Figure::RequestsPerSecond, tr("requests")), std::pair(Figure::ErrorRatio, tr("errors")),
          std::pair(Figure::P99Seconds, QStringLiteral("p99")), std::pair(Figure::Saturation, tr("saturation")),
          std::pair(Figure::InstancesUp, tr("instances up")), std::pair(Figure::BudgetLeft, tr("budget left"))}) {
        if (const auto &sample = service.figure(figure))
            addLine(noGlyph, name,
                    figureText(service, figure).joined() + QStringLiteral("   ") + utcTimeText(sample->sampledAt));
    }
    if (!service.requestsByVersion.isEmpty())
        addSection(tr("Versions"));
    for (const VersionSample &version : service.requestsByVersion)
        addLine(noGlyph, plainLine(version.version + u' ' + version.track, 80),
                figureText(Figure::RequestsPerSecond, version.sample.value).joined());
}

void ServiceDetail::addFiring(const ServiceHealth &service)
{
    addSection(tr("Firing"));
    if (service.alerts.isEmpty())
        addLine(noGlyph, tr("No alert of this service fires."), {});
    for (const AlertKey &key : service.alerts.mid(0, 20)) {
        if (const Alert *alert = m_models.fleet.alert(key)) {
            auto *open = new Button(m_theme, plainLine(alert->name, 60), Button::Kind::Link);
            open->setAccessibleDescription(plainLine(alert->summaryLine(), 200));
            connect(open, &Button::clicked, this, [this, key] {
                // The page first: it may be made only now, and must be there to hear of the alert.
                Q_EMIT m_models.requests.pageRequested(QStringLiteral("triage"));
                Q_EMIT m_models.requests.alertRequested(key);
            });
            // The link has 2 px of its own beside its words.
            auto *line = new QHBoxLayout;
            line->setContentsMargins(m_theme.px(9), m_theme.px(2), m_theme.px(12), m_theme.px(2));
            line->addWidget(open, 0, Qt::AlignLeft);
            static_cast<QVBoxLayout *>(m_sideBody->layout())->addLayout(line);
        }
    }
}

void ServiceDetail::refreshSide(const ServiceHealth &service)
{
    const Fleet &fleet = m_models.fleet.fleet();
    // Rebuilt only when the data is new, so that a tick of the clock disturbs nothing.
    const QString shown = m_service.toString() + QString::number(toEpochMs(fleet.at));
    if (shown == m_sideShown)
        return;
    m_sideShown = shown;
    if (QLayout *old = m_sideBody->layout()) {
        qDeleteAll(m_sideBody->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
        delete old;
    }
    auto *layout = new QVBoxLayout(m_sideBody);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    addFigures(service);
    addFiring(service);
    layout->addStretch(1);
}

} // namespace cockpit
