// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/first_paint.h"

#include <QEvent>
#include <QTimer>

namespace cockpit {

FirstPaint::FirstPaint(QWidget &window, std::function<bool()> isLive, QObject *parent)
    : QObject(parent), m_window(&window), m_isLive(std::move(isLive))
{
}

void FirstPaint::look()
{
    if (m_live || !m_window || !m_isLive())
        return;
    m_live = true;
    m_window->installEventFilter(this);
    m_window->update();
}

bool FirstPaint::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint && watched == m_window) {
        m_window->removeEventFilter(this);
        // Behind this paint, with those of all its children.
        QTimer::singleShot(0, this, &FirstPaint::painted);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace cockpit
