// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/alert_side.h"

#include "ui/runbooks/alert_runbook.h"
#include "ui/triage/alert_details.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"

#include <QVBoxLayout>

namespace cockpit {

AlertSide::AlertSide(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_runbook(new AlertRunbook(models, theme))
    , m_back(new QWidget)
    , m_details(new AlertDetails(models, theme))
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *panel = new Panel(theme, Role::Raised, Qt::LeftEdge);
    outer->addWidget(panel);
    auto *rows = new QVBoxLayout(panel);
    rows->setContentsMargins(1, 0, 0, 0);
    rows->setSpacing(0);
    auto *line = new QHBoxLayout(m_back);
    line->setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8));
    auto *back = new Button(theme, tr("Back to the runbook"), Button::Kind::Link);
    back->setGlyphIcon(Icon::ChevronLeft);
    line->addWidget(back);
    line->addStretch(1);
    rows->addWidget(m_back);
    rows->addWidget(m_runbook);
    rows->addWidget(m_details, 1);
    connect(back, &Button::clicked, this, [this] { showDetails(false); });
    connect(m_runbook, &AlertRunbook::detailsRequested, this, [this] { showDetails(true); });
    connect(m_runbook, &AlertRunbook::hasRunbookChanged, this, &AlertSide::layOut);
    layOut();
}

void AlertSide::setAlert(const Alert &alert)
{
    m_runbook->setAlert(alert);
    m_details->setAlert(alert);
}

void AlertSide::showDetails(bool details)
{
    m_wantsDetails = details;
    layOut();
}

void AlertSide::layOut()
{
    const bool has = m_runbook->hasRunbook();
    const bool details = m_wantsDetails && has;
    m_back->setVisible(details);
    m_runbook->setVisible(!details);
    m_details->setVisible(details || !has);
    m_runbook->setSizePolicy(QSizePolicy::Expanding, has ? QSizePolicy::Expanding : QSizePolicy::Maximum);
}

} // namespace cockpit
