// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/column_area.h"

#include <QEvent>
#include <QLayout>
#include <QScrollBar>

namespace cockpit {

ColumnArea::ColumnArea(QWidget *content, QWidget *parent)
    : QScrollArea(parent)
{
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setWidget(content);
    content->installEventFilter(this);
}

void ColumnArea::fit()
{
    const QLayout *layout = widget()->layout();
    const int wanted = layout->hasHeightForWidth() ? layout->totalHeightForWidth(viewport()->width())
                                                   : layout->totalSizeHint().height();
    if (wanted == widget()->minimumHeight())
        return;
    const bool grows = wanted > widget()->minimumHeight();
    widget()->setMinimumHeight(wanted);
    QWidget *typed = widget()->focusWidget();
    if (grows && typed && typed->hasFocus())
        ensureWidgetVisible(typed, 0, typed->height() * 3);
    horizontalScrollBar()->setValue(0);
}

bool ColumnArea::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        fit();
    return QScrollArea::eventFilter(watched, event);
}

void ColumnArea::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    fit();
}

} // namespace cockpit
