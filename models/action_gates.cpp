// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/action.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct GateWords {
    Q_DECLARE_TR_FUNCTIONS(ActionGates)
};

using ActionGate = std::optional<Error> (*)(const ActionRequest &, const GateContext &);

std::optional<Error> refusedReadOnly(const ActionRequest &request, const GateContext &context)
{
    if (!context.readOnly)
        return std::nullopt;
    return Error{Error::Kind::Forbidden, GateWords::tr("The environment %1 is read-only.").arg(request.environment),
                 GateWords::tr("This cockpit changes nothing there."),
                 GateWords::tr("Use the configuration that allows actions, or the server's own tools.")};
}

std::optional<Error> refusedSourceDown(const ActionRequest &, const GateContext &context)
{
    if (!context.targetSourceDown)
        return std::nullopt;
    return Error{Error::Kind::Unavailable, context.targetSourceWords, GateWords::tr("The action cannot reach it."),
                 GateWords::tr("Try again when it answers.")};
}

/// What gives attention back (ending a silence) may run on old data: it can only show more.
std::optional<Error> refusedStale(const ActionRequest &request, const GateContext &context)
{
    if (!context.dataStale || std::holds_alternative<ExpireSilence>(request.intent))
        return std::nullopt;
    return Error{Error::Kind::Unavailable, context.dataAgeWords, GateWords::tr("It would be decided on old data."),
                 GateWords::tr("Try again when the data is fresh.")};
}

} // namespace

std::optional<Error> refusedByGate(const ActionRequest &request, const GateContext &context)
{
    constexpr ActionGate gates[] = {refusedReadOnly, refusedSourceDown, refusedStale};
    for (const ActionGate gate : gates) {
        if (auto reason = gate(request, context))
            return reason;
    }
    return std::nullopt;
}

} // namespace cockpit
