// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/action.h"

#include <QCoreApplication>

#include <algorithm>
#include <type_traits>

namespace cockpit {

QString wireName(const ActionIntent &intent)
{
    return std::visit([](const auto &one) { return QString::fromLatin1(std::decay_t<decltype(one)>::wireName); },
                      intent);
}

const ObjectKey *objectOf(const ActionIntent &intent)
{
    return std::visit(
        [](const auto &one) -> const ObjectKey * {
            if constexpr (requires { one.object; })
                return &one.object;
            else
                return nullptr;
        },
        intent);
}

SourceId sourceOf(const ActionIntent &intent)
{
    return std::visit(
        [](const auto &one) {
            if constexpr (requires { one.breaker.source; })
                return one.breaker.source;
            else if constexpr (requires { one.flag.source; })
                return one.flag.source;
            else if constexpr (requires { one.source; })
                return one.source;
            else
                return SourceId();
        },
        intent);
}

QString toWireName(ActionState state)
{
    switch (state) {
    case ActionState::Requested:
        return QStringLiteral("requested");
    case ActionState::Planned:
        return QStringLiteral("planned");
    case ActionState::Armed:
        return QStringLiteral("armed");
    case ActionState::Executing:
        return QStringLiteral("executing");
    case ActionState::Verifying:
        return QStringLiteral("verifying");
    case ActionState::Succeeded:
        return QStringLiteral("succeeded");
    case ActionState::Failed:
        return QStringLiteral("failed");
    case ActionState::Cancelled:
        return QStringLiteral("cancelled");
    case ActionState::Unknown:
        return QStringLiteral("unknown");
    case ActionState::Refused:
        return QStringLiteral("refused");
    }
    return QStringLiteral("unknown");
}

std::optional<ActionIntent> reverseOf(const ActionRecord &record)
{
    const bool accepted = std::any_of(record.steps.cbegin(), record.steps.cend(), [](const ActionStep &one) {
        return one.state == ActionState::Verifying;
    });
    // What an earlier process left open is read, too: whether it was done tells the server's answer, or the end.
    const bool done = record.state == ActionState::Succeeded || !record.serverReference.isEmpty() ||
                      !record.proof.isEmpty();
    return accepted && done && isFinal(record.state) ? record.plan.reverse : std::nullopt;
}

bool isFinal(ActionState state)
{
    switch (state) {
    case ActionState::Succeeded:
    case ActionState::Failed:
    case ActionState::Cancelled:
    case ActionState::Unknown:
    case ActionState::Refused:
        return true;
    default:
        return false;
    }
}

QList<Evidence> ActionPlan::seriousChecks() const
{
    QList<Evidence> serious;
    for (const Evidence &check : checks) {
        if (check.verdict != Evidence::Verdict::Good && !advisory.contains(check.id))
            serious.append(check);
    }
    return serious;
}

} // namespace cockpit
