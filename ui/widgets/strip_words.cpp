// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/strip_words.h"

#include "models/plain_line.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

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
        return QCoreApplication::translate("StripWords", "Done.");
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
    check.text = plainLine(evidence.text, 300);
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

StripProof stripProof(const Evidence &evidence)
{
    StripProof proof;
    proof.glyph = evidence.verdict == Evidence::Verdict::Good  ? StateGlyph::Ok
                  : evidence.verdict == Evidence::Verdict::Bad ? StateGlyph::Critical
                                                               : StateGlyph::Unknown;
    const QString text = plainLine(evidence.text, 300);
    const qsizetype colon = text.indexOf(QStringLiteral(": "));
    proof.name = colon > 0 ? text.left(colon) : text;
    const QStringList parts = colon > 0 ? text.mid(colon + 2).split(QStringLiteral(", ")) : QStringList();
    QStringList rest;
    for (const QString &part : parts) {
        const auto take = [&part](const char *word, QString &into) {
            const QString name = QLatin1String(word);
            if (!into.isEmpty())
                return false;
            if (part.startsWith(name + u' '))
                into = part.mid(name.size() + 1);
            else if (part.endsWith(u' ' + name))
                into = part.chopped(name.size() + 1);
            return !into.isEmpty();
        };
        if (!take("before", proof.before) && !take("now", proof.now) && !take("limit", proof.limit)
            && !take("held", proof.held))
            rest.append(part);
    }
    if (proof.before.isEmpty() && proof.now.isEmpty() && proof.limit.isEmpty())
        proof.name = text;
    else if (proof.held.isEmpty())
        proof.held = rest.join(QStringLiteral(", "));
    return proof;
}

namespace {

/// What has been reached: one short word a stage, the whole text of the newest one stands under them.
QList<StripStage> stagesOf(const ActionRecord &record)
{
    QList<StripStage> stages;
    const bool open = !isFinal(record.state);
    bool isAccepted = false;
    const bool sent = std::any_of(record.steps.begin(), record.steps.end(), [](const ActionStep &step) {
        return step.state == ActionState::Executing;
    });
    for (const ActionStep &step : record.steps) {
        // Once it is on its way, how it was decided is a matter of the log.
        if (sent && (step.state == ActionState::Planned || step.state == ActionState::Armed))
            continue;
        const bool verifying = step.state == ActionState::Verifying;
        QString word = plainLine(step.text, 80);
        if (step.state == ActionState::Executing)
            word = QCoreApplication::translate("StripWords", "requested");
        else if (verifying && !step.isProgress && !isAccepted)
            word = QCoreApplication::translate("StripWords", "accepted");
        isAccepted = isAccepted || verifying;
        const StateGlyph glyph = step.isProgress ? StateGlyph::Info
                                 : isFinal(step.state) ? stageGlyph(step.state) : StateGlyph::Ok;
        if (step.isProgress) // the whole text stands under the stages
            word = word.section(QRegularExpression(QStringLiteral("[.:,(]")), 0, 0).trimmed();
        if (isFinal(step.state))
            word = outcomeWord(step.state).chopped(1);
        stages.append({glyph, word, utcTimeText(step.at)});
    }
    if (open && isAccepted)
        stages.append({StateGlyph::Unknown, QCoreApplication::translate("StripWords", "proven"), {}});
    return stages;
}

void addTracking(ActionStripView &view, const ActionRecord &record)
{
    view.stages = stagesOf(record);
    for (const Evidence &figure : record.proof)
        view.proof.append(stripProof(figure));
    view.phase = isFinal(record.state) ? ActionStripView::Phase::Ended : ActionStripView::Phase::Tracking;
    view.outcomeGlyph = stageGlyph(record.state);
    if (!isFinal(record.state) && !record.proof.isEmpty() && worstOf(record.proof) == Evidence::Verdict::Good)
        view.outcomeGlyph = StateGlyph::Ok;
    view.outcome = outcomeWord(record.state);
    view.nextStep = record.message;
    if (!isFinal(record.state) && !record.steps.isEmpty())
        view.outcome = record.steps.constLast().text;
    if (reverseOf(record)) {
        const bool undone = std::holds_alternative<AbortRollout>(record.request.intent)
                            || std::holds_alternative<UndoRollout>(record.request.intent);
        view.reverseText = undone ? QCoreApplication::translate("StripWords", "Undo the undo")
                                  : QCoreApplication::translate("StripWords", "Undo");
    }
}

/// What has to be accepted first, then what is only told, then the good ones.
QList<StripCheck> stripChecks(const ActionPlan &plan)
{
    const QList<Evidence> serious = plan.seriousChecks();
    QList<StripCheck> checks;
    for (const Evidence &evidence : plan.checks) {
        StripCheck check = stripCheck(evidence);
        check.blocks = serious.contains(evidence);
        if (check.blocks)
            check.text = QCoreApplication::translate("StripWords", "Has to be accepted: %1").arg(check.text);
        checks.append(check);
    }
    const auto rank = [](const StripCheck &check) {
        return check.blocks                                    ? 0
               : check.verdict == StripCheck::Verdict::Bad     ? 1
               : check.verdict == StripCheck::Verdict::Unknown ? 2
                                                               : 3;
    };
    std::stable_sort(checks.begin(), checks.end(),
                     [&](const StripCheck &a, const StripCheck &b) { return rank(a) < rank(b); });
    return checks;
}

/// "eu-west-1 · dark-tower" for an object of a cluster, else the environment.
QString scopeOf(const ActionRecord &record)
{
    const ObjectKey *object = objectOf(record.request.intent);
    if (!object)
        return plainLine(record.request.environment, 60);
    return plainLine(object->context, 60) + QStringLiteral(" · ") + plainLine(object->nameSpace, 60);
}

} // namespace

ActionStripView stripView(const ActionRecord &record, bool byKey)
{
    ActionStripView view;
    view.title = plainLine(record.plan.title.isEmpty() ? record.request.target : record.plan.title, 160);
    view.scope = scopeOf(record);
    view.willChange = record.plan.willChange;
    view.willNotChange = record.plan.willNotChange;
    view.diff = record.plan.diff;
    view.duration = plainLine(record.plan.duration, 60);
    view.runText = record.plan.runLabel;
    view.serious = !record.plan.seriousChecks().isEmpty();
    view.bar = record.plan.bar;
    view.opensByKey = byKey;
    view.checks = stripChecks(record.plan);
    if (record.state == ActionState::Requested)
        return view;
    if (record.state == ActionState::Planned)
        view.phase = ActionStripView::Phase::Confirm;
    else
        addTracking(view, record);
    return view;
}

} // namespace cockpit
