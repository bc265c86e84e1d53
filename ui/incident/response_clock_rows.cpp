// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/response_clock_rows.h"

#include "models/state_glyph.h"
#include "ui/incident/incident_words.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_tool_tips.h"
#include "ui/widgets/text_runs.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace cockpit {

namespace {

constexpr int clockRowHeight = 43;

StateGlyph clockGlyph(const ResponseClock &clock)
{
    if (clock.overdue())
        return clock.running ? StateGlyph::Critical : StateGlyph::Warning;
    return clock.running ? StateGlyph::Info : StateGlyph::Ok;
}

Role clockRole(const ResponseClock &clock)
{
    return clock.overdue() ? glyphRole(clockGlyph(clock)) : clock.running ? Role::Accent : Role::Ok;
}

bool countsDown(const ResponseClock &clock) { return clock.what == ResponseClock::What::StatusUpdate && clock.running; }

QList<TextRun> clockRuns(const ResponseClock &clock)
{
    const Role ink = clock.overdue() ? clockRole(clock) : Role::Text;
    if (countsDown(clock) && !clock.overdue())
        return {{shortClockText(clock.goal - clock.taken), FontRole::MonoStrong12, ink},
                {ResponseClockRows::tr(" left of "), FontRole::Row12, Role::Muted},
                {shortClockText(clock.goal), FontRole::Mono12, Role::Muted}};
    if (countsDown(clock))
        return {{shortClockText(clock.taken - clock.goal), FontRole::MonoStrong12, ink},
                {ResponseClockRows::tr(" late"), FontRole::Row12, ink}};
    return {{shortClockText(clock.taken), FontRole::MonoStrong12, ink},
            {ResponseClockRows::tr(" of "), FontRole::Row12, Role::Muted},
            {shortClockText(clock.goal), FontRole::Mono12, Role::Muted}};
}

QString joined(const QList<TextRun> &runs)
{
    QString text;
    for (const TextRun &run : runs)
        text += run.text;
    return text;
}

} // namespace

ResponseClockRows::ResponseClockRows(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ResponseClockRows::setClocks(const QList<ResponseClock> &clocks)
{
    if (clocks == m_clocks)
        return;
    const bool other = clocks.size() != m_clocks.size();
    m_clocks = clocks;
    QStringList names;
    for (const ResponseClock &clock : clocks)
        names.append(glyphWord(clockGlyph(clock)) + QStringLiteral(": ") + clock.text + u' ' + joined(clockRuns(clock)));
    setAccessibleName(names.join(QStringLiteral("; ")));
    if (other)
        updateGeometry();
    update();
}

QSize ResponseClockRows::sizeHint() const
{
    return {theme().px(268), static_cast<int>(m_clocks.size()) * theme().px(clockRowHeight)};
}

QSize ResponseClockRows::minimumSizeHint() const { return {theme().px(120), sizeHint().height()}; }

bool ResponseClockRows::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int row = help->pos().y() / theme().px(clockRowHeight);
        if (row >= 0 && row < m_clocks.size() && !m_clocks.at(row).other.isEmpty())
            QToolTip::showText(help->globalPos(), wrappedToolTip(m_clocks.at(row).other), this);
        return true;
    }
    return ThemedWidget::event(event);
}

void ResponseClockRows::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    for (qsizetype at = 0; at < m_clocks.size(); ++at) {
        const ResponseClock &clock = m_clocks.at(at);
        const double top = static_cast<double>(at * theme().px(clockRowHeight));
        painter.fillRect(QRectF(0, top, width(), 1), theme().color(Role::Border));
        const double size = theme().px(10);
        painter.setRenderHint(QPainter::Antialiasing);
        paintGlyph(painter, {0, top + theme().px(16) - size / 2, size, size}, clockGlyph(clock), theme().palette());
        painter.setRenderHint(QPainter::Antialiasing, false);
        const QRectF line(theme().px(16), top + theme().px(6), width() - theme().px(16), theme().px(20));
        paintRuns(painter, line, {{clock.text, FontRole::Row12, Role::Text}}, theme());
        paintRuns(painter, line, clockRuns(clock), theme(), Qt::AlignRight);
        const QRectF track(0, top + theme().px(31), width(), theme().px(4));
        paintBox(painter, track, theme().px(2), theme().color(Role::Border), QColor());
        const double part = clock.goal.count() > 0 ? double(clock.taken.count()) / double(clock.goal.count()) : 0.0;
        QRectF filled = track;
        filled.setWidth(track.width() * std::clamp(part, 0.0, 1.0));
        if (filled.width() >= 1)
            paintBox(painter, filled, theme().px(2), theme().color(clockRole(clock)), QColor());
    }
}

} // namespace cockpit
