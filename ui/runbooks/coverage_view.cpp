// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/coverage_view.h"

#include "ui/runbooks/coverage_bar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/text_runs.h"

#include <QScrollBar>
#include <QVBoxLayout>

namespace cockpit {

CoverageView::CoverageView(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_model(new CoverageModel(this))
    , m_list(new CoverageList(*m_model, theme))
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *panel = new Panel(theme, Role::Raised, Qt::LeftEdge);
    outer->addWidget(panel);
    auto *rows = new QVBoxLayout(panel);
    rows->setContentsMargins(1, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(makeHead());
    rows->addWidget(new CoverageColumns(theme));
    rows->addWidget(m_list, 1);
    rows->addWidget(makeFoot());
    connect(m_list, &CoverageList::chosen, this, &CoverageView::chosen);
    connect(m_list, &CoverageList::skeletonAsked, this, &CoverageView::skeletonAsked);
    connect(m_list, &CoverageList::scrolled, this, &CoverageView::refreshFoot);
}

QWidget *CoverageView::makeHead()
{
    auto *head = new QWidget;
    auto *rows = new QVBoxLayout(head);
    rows->setContentsMargins(m_theme.px(16), m_theme.px(10), m_theme.px(16), m_theme.px(10));
    rows->setSpacing(m_theme.px(8));
    auto *line = new QHBoxLayout;
    m_title = new RunLabel(m_theme);
    m_title->setRuns({{tr("Coverage"), FontRole::RowStrong12, Role::Text},
                      {tr("   alert rules with a runbook"), FontRole::Row12, Role::Muted}});
    m_share = new RunLabel(m_theme);
    line->addWidget(m_title, 1);
    line->addWidget(m_share);
    rows->addLayout(line);
    m_bar = new CoverageBar(m_theme);
    rows->addWidget(m_bar);
    return head;
}

QWidget *CoverageView::makeFoot()
{
    auto *foot = new Panel(m_theme, Role::Raised, Qt::TopEdge);
    foot->setFixedHeight(m_theme.px(36));
    auto *line = new QHBoxLayout(foot);
    line->setContentsMargins(m_theme.px(16), 0, m_theme.px(16), 0);
    auto *legend = new RunLabel(m_theme);
    legend->setRuns({{tr("Links: dead links. Anchors: unresolved."), FontRole::Row12, Role::Muted}});
    line->addWidget(legend, 1);
    m_more = new Button(m_theme, QString(), Button::Kind::Link);
    connect(m_more, &Button::clicked, this, [this] {
        QScrollBar *bar = m_list->verticalScrollBar();
        bar->setValue(bar->value() + bar->pageStep());
    });
    line->addWidget(m_more);
    return foot;
}

void CoverageView::refreshFoot()
{
    const int below = m_list->rowsBelow();
    m_more->setText(below == 1 ? tr("1 more rule") : tr("%1 more rules").arg(below));
    m_more->updateGeometry();
    m_more->setVisible(below > 0);
}

void CoverageView::setCoverage(const QList<RunbookCoverage> &coverage, Instant now, bool known)
{
    int counts[3] = {0, 0, 0};
    for (const RunbookCoverage &row : coverage)
        ++counts[static_cast<int>(row.state)];
    const qsizetype with = coverage.size() - counts[static_cast<int>(RunbookCoverage::State::Missing)];
    if (coverage.isEmpty()) {
        m_share->setRuns({{known ? tr("no alert rule is known") : tr("not known yet"), FontRole::Row12, Role::Muted}});
    } else {
        m_share->setRuns(
            {{QString::number(with), FontRole::MonoStrong15, Role::Text},
             {tr("  of "), FontRole::Row12, Role::Muted},
             {QString::number(coverage.size()), FontRole::Mono12, Role::Muted},
             {tr(", "), FontRole::Row12, Role::Muted},
             {QString::number(qRound(100.0 * double(with) / double(coverage.size()))) + QStringLiteral(" %"),
              FontRole::Mono12, Role::Muted}});
    }
    m_share->setMinimumWidth(m_share->sizeHint().width());
    m_bar->setCounts(counts[0], counts[1], counts[2]);
    m_model->setCoverage(coverage, now);
    m_list->refreshButtons();
    refreshFoot();
}

} // namespace cockpit
