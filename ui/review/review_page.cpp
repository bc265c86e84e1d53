// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/review_page.h"

#include "ui/review/delivery_tab.h"
#include "ui/review/slo_table.h"
#include "ui/widgets/segmented_control.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace cockpit {

ReviewPage::ReviewPage(CockpitModels &models, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_tabs(new SegmentedControl(theme, tr("Review of"),
                                  {{QStringLiteral("slos"), tr("SLOs")}, {QStringLiteral("delivery"), tr("Delivery")}}))
    , m_stack(new QStackedWidget)
    , m_slos(new SloTab(models, theme))
    , m_delivery(new DeliveryTab(models, theme))
{
    m_stack->addWidget(m_slos);
    m_stack->addWidget(m_delivery);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8));
    head->addWidget(m_tabs);
    head->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_stack, 1);
    setFocusProxy(m_slos->objectives());
    connect(m_tabs, &SegmentedControl::selected, this, &ReviewPage::openTab);
    m_tabs->setCurrent(QStringLiteral("slos"));
}

void ReviewPage::openTab(const QString &id)
{
    if (id != u"slos" && id != u"delivery")
        return;
    m_tabs->setCurrent(id);
    m_stack->setCurrentWidget(id == u"slos" ? static_cast<QWidget *>(m_slos) : m_delivery);
}

QString ReviewPage::currentTab() const { return m_tabs->current(); }

} // namespace cockpit
