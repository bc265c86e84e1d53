// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/incident_chip.h"

#include "models/plain_line.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_tool_tips.h"

#include <QPainter>

#include <cmath>

namespace cockpit {

IncidentChip::IncidentChip(const Theme &theme, QWidget *parent)
    : ThemedButton(theme, parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void IncidentChip::setView(const IncidentChipView &view)
{
    if (view == m_view)
        return;
    m_view = view;
    setVisible(!view.name.isEmpty());
    setText(view.level + u' ' + view.name);
    setAccessibleName(tr("Open incident %1 %2, %3, for %4").arg(view.level, plainLine(view.name, 24), view.phase, view.clock));
    setAccessibleDescription(view.details);
    setToolTip(wrappedToolTip(view.details));
    updateGeometry();
    update();
}

QList<TextRun> IncidentChip::runs() const
{
    QList<TextRun> runs{{m_view.level, FontRole::MonoStrong12, Role::Text},
                        {QStringLiteral("  ") + plainLine(m_view.name, 24), FontRole::MonoStrong12, Role::Text},
                        {QStringLiteral("  ") + m_view.phase, FontRole::Row12, Role::Text},
                        {QStringLiteral("  ") + m_view.clock, FontRole::MonoStrong12, Role::Text}};
    if (m_view.more > 0)
        runs.append({tr("  + %1").arg(m_view.more), FontRole::Mono12, Role::Muted});
    return runs;
}

QSize IncidentChip::sizeHint() const
{
    if (m_view.name.isEmpty())
        return {0, theme().px(28)};
    return {static_cast<int>(std::ceil(runsWidth(runs(), theme()))) + theme().px(38), theme().px(28)};
}

void IncidentChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Role ink = glyphRole(m_view.glyph);
    const Role fill = m_view.glyph == StateGlyph::Critical  ? Role::CriticalSoft
                      : m_view.glyph == StateGlyph::Warning ? Role::WarningSoft
                                                            : Role::Raised2;
    paintBox(painter, QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme().px(6), theme().color(fill), theme().color(ink));
    const double size = theme().px(10);
    painter.setRenderHint(QPainter::Antialiasing);
    paintGlyph(painter, {double(theme().px(10)), (height() - size) / 2, size, size}, m_view.glyph, theme().palette());
    painter.setRenderHint(QPainter::Antialiasing, false);
    paintRuns(painter, QRectF(rect()).adjusted(theme().px(28), 0, -theme().px(8), 0), runs(), theme());
    paintFocus(painter, rect(), theme().px(6));
}

} // namespace cockpit
