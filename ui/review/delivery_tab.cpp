// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/delivery_tab.h"

#include "models/items/review_store.h"
#include "ui/review/delivery_chart.h"
#include "ui/review/delivery_rows.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/segmented_control.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace cockpit {

DeliveryTab::DeliveryTab(CockpitModels &models, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_window(new SegmentedControl(theme, tr("Over"),
                                    {{QStringLiteral("7"), tr("7 days")},
                                     {QStringLiteral("30"), tr("30 days")},
                                     {QStringLiteral("90"), tr("90 days")}}))
    , m_notice(new ElidedLabel(theme, FontRole::Row12, Role::Muted, this, 2))
    , m_figures(new RunTable(theme, tr("Delivery figures"),
                             {{tr("Figure"), 180},
                              {tr("Value"), 140},
                              {tr("Against the window before"), 0},
                              {tr("Samples"), 72, Qt::AlignRight}}))
    , m_chart(new DeliveryChart(theme))
    , m_deploymentsHead(new SectionHeader(theme, tr("What counted")))
    , m_deployments(new RunTable(
          theme, tr("Deployments"),
          {{tr("At"), 172}, {tr("Service"), 132}, {tr("Version"), 84}, {tr("Outcome"), 148}, {tr("Because"), 0}}, 24))
    , m_alerts(new RunTable(theme, tr("Alerts that paged"),
                            {{tr("Alert"), 236},
                             {tr("Service"), 120},
                             {tr("Pages"), 56, Qt::AlignRight},
                             {tr("At night"), 64, Qt::AlignRight},
                             {tr("Worth it"), 84},
                             {tr("Proposal"), 0}},
                            24))
    , m_shifts(new RunTable(theme, tr("Shifts with pages"),
                            {{tr("From"), 172},
                             {tr("On call"), 0},
                             {tr("Pages"), 56, Qt::AlignRight},
                             {tr("At night"), 64, Qt::AlignRight}},
                            24))
    , m_basis(new ElidedLabel(theme, FontRole::Chip11, Role::Muted, nullptr, 3))
    , m_body(makeBody())
{
    auto *head = new QHBoxLayout;
    head->setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(8));
    head->setSpacing(theme.px(12));
    head->addWidget(m_window);
    head->addWidget(m_notice, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_body, 1);
    m_window->setCurrent(QStringLiteral("30"));
    connect(m_window, &SegmentedControl::selected, this, [this](const QString &days) {
        m_window->setCurrent(days);
        refresh();
    });
    connect(&m_models.review, &ReviewStore::deliveryChanged, this, &DeliveryTab::refresh);
    connect(&m_models.review, &ReviewStore::progressChanged, this, &DeliveryTab::refreshNotice);
    refresh();
}

QWidget *DeliveryTab::makeBody()
{
    auto *inner = new QWidget;
    const auto inset = [this](QWidget *table) {
        auto *place = new QHBoxLayout;
        place->setContentsMargins(m_theme.px(12), 0, m_theme.px(12), 0);
        place->addWidget(table);
        return place;
    };
    auto *layout = new QVBoxLayout(inner);
    layout->setContentsMargins(0, 0, 0, m_theme.px(16));
    layout->setSpacing(0);
    layout->addWidget(new SectionHeader(m_theme, tr("Delivery figures")));
    layout->addLayout(inset(m_figures));
    layout->addWidget(new SectionHeader(m_theme, tr("Deployments per day; failed ones below, outlined")));
    layout->addWidget(m_chart);
    layout->addWidget(m_deploymentsHead);
    layout->addLayout(inset(m_deployments));
    layout->addWidget(new SectionHeader(m_theme, tr("Load on people: the noisiest alerts")));
    layout->addLayout(inset(m_alerts));
    layout->addWidget(new SectionHeader(m_theme, tr("Load on people: shifts with pages")));
    layout->addLayout(inset(m_shifts));
    layout->addSpacing(m_theme.px(8));
    layout->addLayout(inset(m_basis));
    layout->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(inner);
    scroll->setAccessibleName(tr("Delivery"));
    return scroll;
}

int DeliveryTab::days() const { return m_window->current().toInt(); }

void DeliveryTab::refresh()
{
    const DeliveryReportPtr report = m_models.review.delivery(days());
    refreshNotice();
    m_body->setVisible(report != nullptr);
    if (!report)
        return;
    m_figures->setRows(deliveryFigureRows(*report));
    m_chart->setDays(report->perDay);
    m_deployments->setRows(deploymentRows(*report));
    m_deploymentsHead->setBeside(
        {{report->deployments.size() > deploymentsShown
              ? tr("the newest %1 of %2; dt-cockpit delivery --list has all")
                    .arg(deploymentsShown)
                    .arg(report->deployments.size())
              : tr("%1 in the window; wrong? dt-cockpit delivery correct").arg(report->deployments.size()),
          FontRole::Row12, Role::Muted}});
    m_alerts->setRows(alertLoadRows(*report));
    m_shifts->setRows(shiftLoadRows(*report));
    m_basis->setText(tr("From ") + utcDateTimeText(report->from) + tr(" to ") + utcDateTimeText(report->to) +
                     QStringLiteral("; ") + report->source);
}

void DeliveryTab::refreshNotice()
{
    const ReviewProgress &progress = m_models.review.deliveryProgress();
    const DeliveryReportPtr report = m_models.review.delivery(days());
    QString words;
    if (progress.failed)
        words =
            report ? tr("Not fresh, read %1: %2").arg(utcShortTimeText(report->to), progress.words) : progress.words;
    else if (!report)
        words = tr("Counting deployments …");
    else
        words = report->missing;
    m_notice->setText(words);
    m_notice->setColorRole(progress.failed ? Role::Warning : Role::Muted);
}

} // namespace cockpit
