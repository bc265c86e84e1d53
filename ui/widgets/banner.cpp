// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/banner.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace cockpit {

Banner::Banner(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent), m_title(new GlyphLabel(theme, FontRole::RowStrong12, this)),
      m_body(new ElidedLabel(theme, FontRole::Row12, Role::Text, this, 4)),
      m_action(new Button(theme, QString(), Button::Kind::Normal, this)), m_trailing(new RunLabel(theme, this)),
      m_footer(new QWidget(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8));
    layout->setSpacing(theme.px(4));
    m_head = new QHBoxLayout;
    m_head->setSpacing(theme.px(12));
    m_head->addWidget(m_title, 1);
    layout->addLayout(m_head);
    layout->addWidget(m_body);
    m_foot = new QHBoxLayout(m_footer);
    m_foot->setContentsMargins(0, theme.px(4), 0, 0);
    m_foot->setSpacing(theme.px(8));
    m_foot->addWidget(m_action);
    m_foot->addWidget(m_trailing, 1);
    layout->addWidget(m_footer);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(m_action, &Button::clicked, this, &Banner::actionRequested);
}

void Banner::setView(const BannerView &view)
{
    if (view == m_view)
        return;
    m_view = view;
    m_title->setState(view.glyph, view.title);
    m_body->setText(view.body);
    m_body->setVisible(!view.body.isEmpty());
    m_action->setText(view.action);
    m_action->setVisible(!view.action.isEmpty());
    m_action->updateGeometry();
    m_trailing->setRuns(numberRuns(view.trailing, FontRole::Row12, FontRole::MonoStrong12, Role::Muted, Role::Text));
    m_trailing->setVisible(!view.trailing.isEmpty());
    // A notice of one line keeps its button beside it.
    const bool oneLine = view.body.isEmpty() && view.trailing.isEmpty();
    (oneLine ? m_foot : m_head)->removeWidget(m_action);
    if (oneLine)
        m_head->addWidget(m_action);
    else
        m_foot->insertWidget(0, m_action);
    m_footer->setVisible(!oneLine);
    setAccessibleName(view.title.left(300));
    setAccessibleDescription(view.body.left(1000));
    update();
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool critical = m_view.glyph == StateGlyph::Critical;
    const bool warning = m_view.glyph == StateGlyph::Warning;
    const Role fill = critical ? Role::CriticalSoft : warning ? Role::WarningSoft : Role::Raised;
    const Role outline = critical ? Role::Critical : warning ? Role::Warning : Role::Border;
    paintBox(painter, rect(), theme().px(6), theme().color(fill), theme().color(outline));
}

} // namespace cockpit
