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
    layout->addWidget(m_title);
    layout->addWidget(m_body);
    auto *footer = new QHBoxLayout(m_footer);
    footer->setContentsMargins(0, theme.px(4), 0, 0);
    footer->setSpacing(theme.px(8));
    footer->addWidget(m_action);
    footer->addWidget(m_trailing, 1);
    layout->addWidget(m_footer);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Maximum);
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
    m_footer->setVisible(!view.action.isEmpty() || !view.trailing.isEmpty());
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
