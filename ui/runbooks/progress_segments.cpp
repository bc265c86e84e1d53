// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/progress_segments.h"

#include <QPainter>

#include <cmath>

namespace cockpit {

ProgressSegments::ProgressSegments(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ProgressSegments::setProgress(const RunbookProgress &progress)
{
    QList<Role> segments;
    for (const RunbookProgress::Step &step : progress.steps())
        segments.append(step.isSkipped()                   ? Role::Stale
                        : !step.isOpen()                   ? Role::Ok
                        : step.index == progress.current() ? Role::Accent
                                                           : Role::Border);
    setAccessibleName(tr("%1 of %2 steps are done").arg(progress.doneCount()).arg(segments.size()));
    if (segments == m_segments)
        return;
    m_segments = segments;
    update();
}

QSize ProgressSegments::sizeHint() const { return {theme().px(60), theme().px(4)}; }

void ProgressSegments::paintEvent(QPaintEvent *)
{
    if (m_segments.isEmpty())
        return;
    QPainter painter(this);
    const double count = double(m_segments.size());
    // Many steps have no room for gaps.
    const double gap = width() / count > theme().px(12) ? theme().px(4) : width() / count > theme().px(3) ? 1 : 0;
    const double each = (width() - gap * (count - 1)) / count;
    for (qsizetype index = 0; index < m_segments.size(); ++index)
        paintBox(painter, QRectF(double(index) * (each + gap), 0, each, height()), gap > 1 ? height() / 2.0 : 0,
                 theme().color(m_segments.at(index)), QColor());
}

} // namespace cockpit
