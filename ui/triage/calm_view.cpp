// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/calm_view.h"

#include "models/items/chart_store.h"
#include "models/items/fleet_model.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/services/figure_words.h"
#include "ui/services/service_table.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/section_header.h"

#include <QVBoxLayout>

#include <algorithm>

namespace cockpit {

namespace {

const Alert *lastResolved(const Fleet &fleet)
{
    const Alert *last = nullptr;
    for (const Alert &alert : fleet.alerts) {
        if (alert.resolvedAt && (!last || *alert.resolvedAt > *last->resolvedAt))
            last = &alert;
    }
    return last;
}

} // namespace

CalmView::CalmView(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_servicesHead(new SectionHeader(theme, tr("Services")))
    , m_services(new ServiceTable(models, theme))
    , m_sparklines(new ChartSubscription(models, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(m_servicesHead);
    layout->addWidget(m_services, 1);
    layout->addStretch(0);
    connect(m_services, &ServiceTable::opened, this, [this](const ServiceId &service) {
        // The page first: it may be made only now, and must be there to hear of the service.
        Q_EMIT m_models.requests.pageRequested(QStringLiteral("services"));
        Q_EMIT m_models.requests.serviceRequested(service);
    });
    connect(&models.charts, &ChartStore::changed, this, [this](const ChartKey &key) {
        if (m_active && key.service.isEmpty())
            m_services->refresh(ServiceSort::Pain, std::chrono::hours(1));
    });
}

QWidget *CalmView::makeHead()
{
    auto *head = new Panel(m_theme, Role::Surface, Qt::BottomEdge);
    auto *lines = new QVBoxLayout(head);
    lines->setContentsMargins(m_theme.px(16), m_theme.px(16), m_theme.px(16), m_theme.px(12));
    lines->setSpacing(m_theme.px(4));
    auto *first = new QHBoxLayout;
    first->setSpacing(m_theme.px(8));
    m_glyph = new GlyphLabel(m_theme, FontRole::Heading18);
    first->addWidget(m_glyph);
    m_line = new RunLabel(m_theme);
    first->addWidget(m_line, 1);
    lines->addLayout(first);
    m_about = new ElidedLabel(m_theme, FontRole::Row12, Role::Muted);
    lines->addWidget(m_about);
    m_checks = new QVBoxLayout;
    m_checks->setSpacing(0);
    lines->addLayout(m_checks);
    return head;
}

void CalmView::refresh()
{
    refreshHead();
    refreshChecks();
    const Fleet &fleet = m_models.fleet.fleet();
    const auto unwell = std::count_if(fleet.services.begin(), fleet.services.end(), [](const ServiceHealth &each) {
        return each.level != ServiceHealth::Level::Healthy;
    });
    const QString words =
        fleet.services.empty() ? (fleet.servicesKnown ? tr("none is known") : tr("not known yet"))
        : unwell == 0          ? tr("all %1 healthy").arg(fleet.services.size())
                      : tr("%1 of %2 healthy").arg(fleet.services.size() - size_t(unwell)).arg(fleet.services.size());
    m_servicesHead->setBeside({{words, FontRole::Row12, Role::Muted}});
    m_services->setVisible(!fleet.services.empty());
    m_services->refresh(ServiceSort::Pain, std::chrono::hours(1));
}

void CalmView::refreshHead()
{
    const Fleet &fleet = m_models.fleet.fleet();
    if (!fleet.alertsKnown) {
        m_glyph->setState(StateGlyph::Unknown, tr("Waiting for the first answer."));
        m_line->setRuns({});
    } else if (fleet.counts.firing + fleet.counts.acknowledged > 0) {
        m_glyph->setState(StateGlyph::Info, tr("No alert is selected."));
        m_line->setRuns({});
    } else if (fleet.calm.verdict == Evidence::Verdict::Good) {
        m_glyph->setState(StateGlyph::Ok, tr("Nothing is firing."));
        const Alert *last = lastResolved(fleet);
        const QString age = last ? roughDurationText(m_models.time.now() - *last->resolvedAt) : QString();
        m_line->setRuns(!last
                            ? QList<TextRun>{}
                            : QList<TextRun>{{tr("The last alert,") + u' ', FontRole::Text15, Role::Muted},
                                             {plainLine(last->name, 80), FontRole::Text15, Role::Text},
                                             {QStringLiteral(", ") + tr("resolved %1 ago at").arg(age) + u' ',
                                              FontRole::Text15, Role::Muted},
                                             {utcShortTimeText(*last->resolvedAt), FontRole::MonoStrong15, Role::Text},
                                             {QStringLiteral("."), FontRole::Text15, Role::Muted}});
    } else {
        m_glyph->setState(StateGlyph::Unknown, tr("Not known whether anything fires."));
        m_line->setRuns({});
    }
    const auto answers = std::count_if(fleet.sources.begin(), fleet.sources.end(), [](const SourceStatus &source) {
        return source.state == SourceStatus::State::Ok;
    });
    m_about->setText(fleet.sources.isEmpty() ? tr("No source has been asked yet.")
                     : answers == fleet.sources.size()
                         ? tr("All %1 sources answer.").arg(answers)
                         : tr("%1 of %2 sources answer.").arg(answers).arg(fleet.sources.size()));
}

void CalmView::refreshChecks()
{
    const Fleet &fleet = m_models.fleet.fleet();
    const bool show = fleet.alertsKnown && fleet.counts.firing + fleet.counts.acknowledged == 0 &&
                      fleet.calm.verdict != Evidence::Verdict::Good;
    QStringList words;
    for (const Evidence &check : fleet.calmChecks)
        words.append(QString::number(int(check.verdict)) + check.text);
    if (!show)
        words.clear();
    if (words == m_checksShown)
        return;
    m_checksShown = words;
    while (QLayoutItem *item = m_checks->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Evidence &check : fleet.calmChecks) {
        if (!show)
            return;
        auto *line = new GlyphLabel(m_theme, FontRole::Row12);
        line->setState(verdictGlyph(check.verdict), plainLine(check.text, 200),
                       check.verdict == Evidence::Verdict::Good ? Role::Muted : Role::Text);
        line->setToolTip(plainLine(check.source, 120));
        m_checks->addWidget(line);
    }
}

void CalmView::setActive(bool active)
{
    m_active = active;
    m_sparklines->setKeys(active ? sparklineKeys(std::chrono::hours(1)) : QSet<ChartKey>(), m_theme.px(80));
}

} // namespace cockpit
