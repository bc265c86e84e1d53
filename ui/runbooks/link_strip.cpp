// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/link_strip.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QTimer>

namespace cockpit {

LinkStrip::LinkStrip(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
    , m_words(new PlainLabel(theme, FontRole::Row12, Role::Text))
    , m_address(new ElidedLabel(theme, FontRole::Mono11, Role::Muted))
    , m_open(new Button(theme, tr("Open")))
    , m_close(new Button(theme, tr("Close"), Button::Kind::Row))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(6));
    grid->setHorizontalSpacing(theme.px(8));
    grid->setVerticalSpacing(0);
    m_words->setWordWrap(true);
    m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    grid->addWidget(m_words, 0, 0);
    grid->addWidget(m_address, 1, 0);
    grid->addWidget(m_open, 0, 1, 2, 1);
    grid->addWidget(m_close, 0, 2, 2, 1);
    grid->setColumnStretch(0, 1);
    connect(m_open, &Button::clicked, this, [this] {
        hide();
        Q_EMIT openRequested(m_target);
    });
    connect(m_close, &Button::clicked, this, &QWidget::hide);
    hide();
}

void LinkStrip::ask(const QString &host, const QString &address)
{
    ++m_said;
    m_target = address;
    m_words->setText(tr("Open %1 in the browser?").arg(host));
    m_address->setText(address);
    m_address->show();
    m_open->setAccessibleName(tr("Open %1 in the browser").arg(host));
    m_open->show();
    show();
    m_open->setFocus(Qt::OtherFocusReason);
}

void LinkStrip::say(const QString &words)
{
    m_words->setText(words.left(400));
    m_address->hide();
    m_open->hide();
    setVisible(!words.isEmpty());
    // The next words keep their own time.
    QTimer::singleShot(6000, this, [this, said = ++m_said] {
        if (said == m_said)
            hide();
    });
}

void LinkStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Role::Raised2));
    painter.fillRect(0, 0, width(), 1, theme().color(Role::Border));
}

void LinkStrip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        ThemedWidget::keyPressEvent(event);
}

} // namespace cockpit
