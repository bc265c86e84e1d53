// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/phase_stepper.h"

#include "ui/incident/incident_words.h"
#include "ui/widgets/text_runs.h"

#include <QPainter>

namespace cockpit {

namespace {

constexpr std::array stepperPhases{IncidentPhase::Detection, IncidentPhase::Triage, IncidentPhase::Mitigation,
                                   IncidentPhase::Resolution, IncidentPhase::Postmortem};

} // namespace

PhaseStepper::PhaseStepper(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PhaseStepper::setIncident(const Incident &incident, Instant now)
{
    std::array<Step, 5> steps;
    QStringList names;
    for (size_t at = 0; at < steps.size(); ++at) {
        const IncidentPhase phase = stepperPhases[at];
        Step &one = steps[at];
        one.name = phaseWord(phase);
        const auto span = incident.phases.constFind(phase);
        const bool current = incident.phase == phase;
        const bool passed = phase < incident.phase && incident.phase != IncidentPhase::Merged;
        if (span == incident.phases.cend()) {
            one.state = passed ? Step::State::Skipped : Step::State::Ahead;
            one.below = passed ? tr("skipped") : tr("not yet");
        } else {
            one.state = current ? Step::State::Current : Step::State::Done;
            const Duration taken = (span->leftAt && !current ? *span->leftAt : now) - span->enteredAt;
            one.below = current ? tr("%1, so far %2").arg(utcShortTimeText(span->enteredAt), shortClockText(taken))
                                : tr("%1, %2").arg(utcShortTimeText(span->enteredAt), shortClockText(taken));
        }
        names.append(one.name + QStringLiteral(": ") + one.below);
    }
    if (steps == m_steps)
        return;
    m_steps = steps;
    setAccessibleName(names.join(QStringLiteral("; ")));
    setToolTip(names.join(u'\n'));
    update();
}

QSize PhaseStepper::sizeHint() const { return {theme().px(846), theme().px(40)}; }
QSize PhaseStepper::minimumSizeHint() const { return {theme().px(560), theme().px(40)}; }

void PhaseStepper::paintStep(QPainter &painter, const QRectF &box, const Step &step, int number) const
{
    const bool done = step.state == Step::State::Done;
    const bool current = step.state == Step::State::Current;
    paintBox(painter, box.adjusted(0.5, 0.5, -0.5, -0.5), theme().px(6),
             theme().color(done      ? Role::OkSoft
                           : current ? Role::AccentSoft
                                     : Role::Surface),
             theme().color(done      ? Role::Ok
                           : current ? Role::Accent
                                     : Role::Border));
    const QRectF mark(box.left() + theme().px(10), box.top(), theme().px(16), box.height());
    if (done) {
        const double size = theme().px(14);
        paintIcon(painter, {mark.left() + 1, mark.center().y() - size / 2, size, size}, Icon::Check,
                  theme().color(Role::Ok));
    } else {
        paintRuns(painter, mark, {{QString::number(number), FontRole::MonoStrong12, current ? Role::Accent : Role::Muted}},
                  theme(), Qt::AlignHCenter);
    }
    const double left = box.left() + theme().px(35);
    const double width = box.right() - theme().px(4) - left;
    const Role ink = done || current ? Role::Text : Role::Muted;
    paintRuns(painter, {left, box.top() + theme().px(3), width, double(theme().px(18))},
              {{step.name, FontRole::RowStrong12, ink}}, theme());
    const bool timed = done || current;
    paintRuns(painter, {left, box.top() + theme().px(20), width, double(theme().px(16))},
              timed ? numberRuns(step.below, FontRole::Chip11, FontRole::Mono11, Role::Muted, Role::Muted)
                    : QList<TextRun>{{step.below, FontRole::Chip11, Role::Muted}},
              theme());
}

void PhaseStepper::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const double gap = theme().px(8);
    const double whole = (width() + gap) / 5.0;
    for (size_t at = 0; at < m_steps.size(); ++at) {
        const double left = std::round(static_cast<double>(at) * whole);
        const double right = std::round(static_cast<double>(at + 1) * whole - gap);
        paintStep(painter, {left, 0, right - left, double(height())}, m_steps[at], static_cast<int>(at) + 1);
    }
}

} // namespace cockpit
