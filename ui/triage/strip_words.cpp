// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/strip_words.h"

#include "models/plain_line.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

StateGlyph stageGlyph(ActionState state)
{
    switch (state) {
    case ActionState::Succeeded:
        return StateGlyph::Ok;
    case ActionState::Failed:
    case ActionState::Refused:
        return StateGlyph::Critical;
    case ActionState::Unknown:
        return StateGlyph::Warning;
    case ActionState::Cancelled:
        return StateGlyph::Unknown;
    default:
        return StateGlyph::Info;
    }
}

QString outcomeWord(ActionState state)
{
    switch (state) {
    case ActionState::Succeeded:
        return QCoreApplication::translate("StripWords", "Done and proven.");
    case ActionState::Failed:
        return QCoreApplication::translate("StripWords", "It failed.");
    case ActionState::Refused:
        return QCoreApplication::translate("StripWords", "Not sent.");
    case ActionState::Cancelled:
        return QCoreApplication::translate("StripWords", "Cancelled. Nothing was sent.");
    case ActionState::Unknown:
        return QCoreApplication::translate("StripWords", "Not known whether it worked.");
    default:
        return {};
    }
}

} // namespace

StripCheck stripCheck(const Evidence &evidence)
{
    StripCheck check;
    check.verdict = evidence.verdict == Evidence::Verdict::Good  ? StripCheck::Verdict::Good
                    : evidence.verdict == Evidence::Verdict::Bad ? StripCheck::Verdict::Bad
                                                                 : StripCheck::Verdict::Unknown;
    check.text = plainLine(evidence.text, 160);
    check.detail = plainLine(evidence.source, 80);
    if (evidence.sampledAt)
        check.detail += QStringLiteral(", ") + utcTimeText(*evidence.sampledAt);
    return check;
}

ActionStripView planningView(const QString &title)
{
    ActionStripView view;
    view.title = title;
    return view;
}

ActionStripView stripView(const ActionRecord &record, bool byKey)
{
    ActionStripView view;
    view.title = plainLine(record.plan.title.isEmpty() ? record.request.target : record.plan.title, 160);
    view.scope = plainLine(record.request.environment, 60);
    view.willChange = record.plan.willChange;
    view.willNotChange = record.plan.willNotChange;
    view.runText = record.plan.runLabel;
    view.serious = !record.plan.seriousChecks().isEmpty();
    view.bar = record.plan.bar;
    view.opensByKey = byKey;
    for (const Evidence &check : record.plan.checks)
        view.checks.append(stripCheck(check));
    if (record.state == ActionState::Requested)
        return view;
    if (record.state == ActionState::Planned) {
        view.phase = ActionStripView::Phase::Confirm;
        return view;
    }
    for (const ActionStep &step : record.steps)
        view.stages.append({stageGlyph(step.state), plainLine(step.text, 80), utcTimeText(step.at)});
    view.phase = isFinal(record.state) ? ActionStripView::Phase::Ended : ActionStripView::Phase::Tracking;
    view.outcomeGlyph = stageGlyph(record.state);
    view.outcome = outcomeWord(record.state);
    view.nextStep = record.message;
    return view;
}

} // namespace cockpit
