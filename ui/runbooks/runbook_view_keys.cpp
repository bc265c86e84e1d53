// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of a runbook.
#include "ui/runbooks/runbook_controls.h"
#include "ui/runbooks/runbook_view.h"

#include <QKeyEvent>
#include <QScrollBar>

#include <limits>

namespace cockpit {

bool RunbookView::handleControlKey(QKeyEvent *event)
{
    const bool control = event->modifiers() == Qt::ControlModifier;
    if (event->modifiers() == Qt::AltModifier && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
        event->key() == Qt::Key_Left ? Q_EMIT backAsked() : Q_EMIT forwardAsked();
        return true;
    }
    if (control && event->key() == Qt::Key_F) {
        openFind();
        return true;
    }
    if (control && event->key() == Qt::Key_C) {
        if (m_selectFrom && *m_selectFrom != m_selectTo)
            m_reader->read(*m_selectFrom, m_selectTo);
        return true;
    }
    if (control && event->key() == Qt::Key_A && !m_flow.isEmpty()) {
        const int last = int(m_flow.units().size()) - 1;
        select({0, 0, 0}, {last, std::numeric_limits<int>::max(), std::numeric_limits<int>::max()});
        return true;
    }
    if (event->key() == Qt::Key_F3 && m_findBar->isVisible()) {
        showHit(event->modifiers() & Qt::ShiftModifier ? -1 : +1);
        return true;
    }
    return false;
}

bool RunbookView::handlePlainKey(QKeyEvent *event)
{
    QScrollBar *bar = verticalScrollBar();
    switch (event->key()) {
    case Qt::Key_Up:
        bar->setValue(bar->value() - m_theme.px(40));
        return true;
    case Qt::Key_Down:
        bar->setValue(bar->value() + m_theme.px(40));
        return true;
    case Qt::Key_PageUp:
        bar->setValue(bar->value() - bar->pageStep() + m_theme.px(40));
        return true;
    case Qt::Key_PageDown:
        bar->setValue(bar->value() + bar->pageStep() - m_theme.px(40));
        return true;
    case Qt::Key_Home:
        moveTo(0, -double(m_theme.px(8)));
        return true;
    case Qt::Key_End:
        if (!m_flow.isEmpty())
            moveTo(int(m_flow.units().size()) - 1, 0);
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right: {
        double y = -m_place.offset;
        for (int unit = m_place.unit; unit < int(m_flow.units().size()) && y < viewport()->height();
             y += m_flow.height(unit++))
            scrollSideways(unit, event->key() == Qt::Key_Right ? m_theme.px(60) : -m_theme.px(60));
        return true;
    }
    case Qt::Key_Space:
        if (!event->isAutoRepeat())
            tickCurrent();
        return true;
    case Qt::Key_C:
        copyCurrent();
        return true;
    case Qt::Key_Escape:
        if (!m_selectFrom || *m_selectFrom == m_selectTo)
            return false;
        m_selectFrom.reset();
        viewport()->update();
        return true;
    default:
        return false;
    }
}

void RunbookView::keyPressEvent(QKeyEvent *event)
{
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (handleControlKey(event) || (plain && handlePlainKey(event)))
        event->accept();
    else
        event->ignore();
}

bool RunbookView::event(QEvent *event)
{
    // These keys mean something here that they do not mean elsewhere in the window.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool control = key->modifiers() == Qt::ControlModifier &&
                             (key->key() == Qt::Key_F || key->key() == Qt::Key_C || key->key() == Qt::Key_A);
        const bool plain =
            key->modifiers() == Qt::NoModifier && (key->key() == Qt::Key_Space || key->key() == Qt::Key_C);
        const bool history =
            key->modifiers() == Qt::AltModifier && (key->key() == Qt::Key_Left || key->key() == Qt::Key_Right);
        if (control || plain || history) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

} // namespace cockpit
