// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/escalation_panel.h"

#include "models/plain_line.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

namespace {

class EscalationWords {
    Q_DECLARE_TR_FUNCTIONS(cockpit::EscalationPanel)
};

} // namespace

EscalationClock escalationOf(const Alert &alert, const Runbook *runbook, Instant now)
{
    EscalationClock clock;
    const QString team = alert.labels.value(u"team");
    if (!team.isEmpty())
        clock.asks = EscalationWords::tr("team ") + plainLine(team, 40);
    else if (runbook && !runbook->owner.isEmpty())
        clock.asks = plainLine(runbook->owner, 40);
    else
        clock.asks = EscalationWords::tr("the owning team");
    if (!runbook || runbook->escalations.isEmpty())
        return clock;
    QList<RunbookEscalation> steps = runbook->escalations;
    // Words for another level are not for this alert.
    static const QRegularExpression level(QStringLiteral("^P[1-4]\\b"));
    steps.removeIf([&alert](const RunbookEscalation &step) {
        const QString named = level.match(step.words.trimmed()).captured();
        return !named.isEmpty() && alert.priority && named != toWireName(*alert.priority);
    });
    if (steps.isEmpty())
        return clock;
    std::stable_sort(steps.begin(), steps.end(),
                     [](const RunbookEscalation &a, const RunbookEscalation &b) { return a.after < b.after; });
    const RunbookEscalation *next = &steps.last();
    for (const RunbookEscalation &step : std::as_const(steps)) {
        if (alert.startsAt + step.after > now) {
            next = &step;
            break;
        }
    }
    return {next->after, plainLine(next->words, 200), true};
}

QString countdownText(Duration left)
{
    const qint64 seconds = std::max<qint64>(0, std::chrono::duration_cast<std::chrono::seconds>(left).count());
    const auto two = [](qint64 number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    if (seconds >= 3600)
        return QString::number(seconds / 3600) + u':' + two(seconds / 60 % 60) + u':' + two(seconds % 60);
    return two(seconds / 60) + u':' + two(seconds % 60);
}

QString pagedWords(Priority priority)
{
    switch (priority) {
    case Priority::P1:
        return EscalationWords::tr("P1: pages the primary and the secondary oncall");
    case Priority::P2:
        return EscalationWords::tr("P2: pages the primary oncall");
    case Priority::P3:
        return EscalationWords::tr("P3: shown, pages nobody by itself");
    case Priority::P4:
        return EscalationWords::tr("P4: tells the team channel");
    }
    return {};
}

EscalationPanel::EscalationPanel(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
    , m_title(new RunLabel(theme))
    , m_left(new RunLabel(theme))
    , m_bar(new LevelBar(theme, tr("Time to escalation"), 4))
    , m_words(new ElidedLabel(theme, FontRole::Row12, Role::Muted))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(theme.px(16), theme.px(13), theme.px(16), theme.px(12));
    rows->setSpacing(theme.px(8));
    auto *line = new QHBoxLayout;
    line->addWidget(m_title, 1);
    line->addWidget(m_left);
    rows->addLayout(line);
    rows->addWidget(m_bar);
    rows->addWidget(m_words);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void EscalationPanel::setAlert(const Alert &alert, const Runbook *runbook, Instant now)
{
    const EscalationClock clock = escalationOf(alert, runbook, now);
    const Duration left = alert.startsAt + clock.after - now;
    const bool late = left <= Duration(0);
    m_title->setRuns(
        {{tr("Escalation"), FontRole::RowStrong12, Role::Text},
         {QStringLiteral("   ") + roughDurationText(clock.after) + tr(" unmitigated"), FontRole::Row12, Role::Muted}});
    const QString whom = clock.ownWords ? (late ? tr("due since ") : tr("due in "))
                                        : (late ? tr("%1 is due since ") : tr("asks %1 in ")).arg(clock.asks);
    m_left->setRuns({{whom, FontRole::Row12, late ? Role::Critical : Role::Muted},
                     {late ? roughDurationText(-left) : countdownText(left), FontRole::MonoStrong13,
                      late ? Role::Critical : Role::Text}});
    m_left->setMinimumWidth(std::min(m_left->sizeHint().width(), theme().px(220)));
    const double part = clock.after > Duration(0) ? 1.0 - double(left.count()) / double(clock.after.count()) : 1.0;
    m_bar->setLevel(part, late ? Role::Critical : Role::Warning);
    QStringList words;
    if (clock.ownWords)
        words.append(clock.asks);
    if (alert.priority)
        words.append(pagedWords(*alert.priority));
    m_words->setText(words.join(QStringLiteral("  ·  ")));
}

void EscalationPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, 0, width(), 1, theme().color(Role::Border));
}

} // namespace cockpit
