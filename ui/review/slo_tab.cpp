// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/slo_tab.h"

#include "models/items/review_store.h"
#include "ui/review/budget_chart.h"
#include "ui/review/slo_rows.h"
#include "ui/review/slo_table.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/section_header.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace cockpit {

SloTab::SloTab(CockpitModels &models, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_notice(new ElidedLabel(theme, FontRole::Row12, Role::Muted, this, 2))
    , m_table(new SloTable(theme))
    , m_chartHead(new SectionHeader(theme, tr("Error budget left")))
    , m_chart(new BudgetChart(theme))
    , m_burns(new RunTable(theme, tr("Burn rates, two windows each"),
                           {{tr("Windows"), 0},
                            {tr("short"), 72, Qt::AlignRight},
                            {tr("long"), 72, Qt::AlignRight},
                            {tr("alert at"), 72, Qt::AlignRight},
                            {QString(), 96}}))
    , m_policy(new RunTable(theme, tr("Budget policy"), {{QString(), 0}, {QString(), 148, Qt::AlignRight}}, 24))
    , m_basis(new ElidedLabel(theme, FontRole::Chip11, Role::Muted, nullptr, 3))
    , m_lower(makeLower())
{
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_table);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new SectionHeader(theme, tr("SLOs and error budgets")));
    layout->addWidget(m_notice);
    layout->addWidget(scroll, 5);
    layout->addWidget(m_lower, 6);
    m_notice->setContentsMargins(16, 8, 16, 8);
    setFocusProxy(m_table);
    connect(m_table, &SloTable::chosenChanged, this, &SloTab::showChosen);
    connect(&m_models.review, &ReviewStore::slosChanged, this, &SloTab::refresh);
    connect(&m_models.review, &ReviewStore::progressChanged, this, &SloTab::refreshNotice);
    refresh();
}

QWidget *SloTab::makeLower()
{
    auto *lower = new QWidget;
    auto *left = new QVBoxLayout;
    left->setSpacing(0);
    left->addWidget(m_chartHead);
    left->addWidget(m_chart, 1);
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(new SectionHeader(m_theme, tr("Burn rates, two windows each")));
    right->addWidget(m_burns);
    right->addSpacing(m_theme.px(12));
    right->addWidget(new SectionHeader(m_theme, tr("Budget policy")));
    right->addWidget(m_policy);
    right->addSpacing(m_theme.px(8));
    right->addWidget(m_basis);
    right->addStretch(1);
    auto *columns = new QHBoxLayout(lower);
    columns->setContentsMargins(0, 0, m_theme.px(16), 0);
    columns->setSpacing(m_theme.px(16));
    columns->addLayout(left, 5);
    columns->addLayout(right, 3);
    return lower;
}

void SloTab::refresh()
{
    m_table->setBoard(m_models.review.slos());
    refreshNotice();
    showChosen();
}

void SloTab::refreshNotice()
{
    const ReviewStore &store = m_models.review;
    const bool known = store.slos() && !store.slos()->objectives.isEmpty();
    QString words;
    if (store.sloProgress().failed)
        words =
            store.slos()
                ? tr("Not fresh, read %1: %2").arg(utcShortTimeText(store.slos()->measured), store.sloProgress().words)
                : store.sloProgress().words;
    else if (!store.slos())
        words = tr("Reading objectives from Prometheus …");
    else if (!known)
        words = tr("No objective is recorded. Record one with Sloth: its series slo:* are found by themselves.");
    else
        words = store.slos()->problems.join(u' ');
    m_notice->setText(words);
    m_notice->setColorRole(store.sloProgress().failed ? Role::Warning : Role::Muted);
    m_notice->setVisible(!words.isEmpty());
    m_table->setVisible(known);
    m_lower->setVisible(known);
}

void SloTab::showChosen()
{
    const SloBoardPtr &board = m_models.review.slos();
    if (!board || m_table->chosen() >= board->objectives.size())
        return;
    const SloStatus &status = board->objectives.at(m_table->chosen());
    const QString days =
        QString::number(std::chrono::duration_cast<std::chrono::days>(status.slo.window.length).count());
    m_chartHead->setTitle(tr("Error budget left: ") + status.slo.service + QStringLiteral(", ") + status.slo.title);
    m_chartHead->setBeside({{tr("of the rolling %1 days").arg(days), FontRole::Row12, Role::Muted}});
    m_chart->setStatus(status);
    m_burns->setRows(burnAlertRows(status));
    m_policy->setRows(budgetPolicyRows(status));
    m_basis->setText(status.problem + status.note +
                     (status.problem.isEmpty() && status.note.isEmpty() ? QString() : QStringLiteral(" ")) +
                     status.slo.understood + QStringLiteral("; ") + board->source + QStringLiteral("; ") +
                     tr("read %1 UTC").arg(utcShortTimeText(board->measured)));
}

} // namespace cockpit
