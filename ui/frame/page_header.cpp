// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/page_header.h"

#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>

namespace cockpit {

PageHeader::PageHeader(const Theme &theme, const QString &title, QWidget *parent)
    : Panel(theme, Role::Surface, Qt::BottomEdge, parent), m_layout(new QHBoxLayout(this)),
      m_beside(new RunLabel(theme, this))
{
    setFixedHeight(theme.px(48));
    m_layout->setContentsMargins(theme.px(16), 0, theme.px(16), 1);
    m_layout->setSpacing(theme.px(8));
    m_layout->addWidget(new PlainLabel(theme, title, FontRole::Title15, Role::Text, this));
    m_layout->addWidget(m_beside, 1);
}

void PageHeader::setBeside(const QList<TextRun> &runs) { m_beside->setRuns(runs); }

void PageHeader::addTrailing(QWidget *widget) { m_layout->addWidget(widget); }

} // namespace cockpit
