// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/breaker/breaker_action.h"

#include "app/breakers/breaker_words.h"

#include <algorithm>

namespace cockpit {

namespace {

Error noSuchBreaker(const BreakerKey &key, const std::vector<BreakerPtr> &breakers)
{
    QStringList names;
    for (const BreakerPtr &one : breakers)
        names.append(one->key.name);
    return Error{
        Error::Kind::NotFound, BreakerWords::tr("%1 lists no breaker '%2'.").arg(key.from.toString(), key.name),
        BreakerWords::tr("Nothing was sent: some backends make a new breaker of a name that they do not know."),
        names.isEmpty() ? BreakerWords::tr("A breaker is there after its first call.")
                        : BreakerWords::tr("It lists %1.").arg(names.join(QStringLiteral(", ")))};
}

} // namespace

void BreakerAction::look(const BreakerKey &key, Looked done, Failed failed) const
{
    BreakerSource *source = m_parts.source(key.source);
    if (!source) {
        return failed(Error{Error::Kind::Unavailable,
                            BreakerWords::tr("The source %1 is not ready.").arg(key.source.toString()),
                            BreakerWords::tr("Nothing was sent."),
                            BreakerWords::tr("Look at its pill, and try again when it answers.")});
    }
    source->look([key, done = std::move(done), failed = std::move(failed)](const Result<BreakerLook> &look) {
        if (!look)
            return failed(look.error());
        for (const BreakerPtr &one : look->breakers) {
            if (one->key == key)
                return done(one, *look);
        }
        failed(noSuchBreaker(key, look->breakers));
    });
}

std::optional<Override> BreakerAction::overrideOf(const BreakerKey &key) const
{
    const QString subject = overrideSubject(ResetBreaker{key, {}});
    for (const Override &one : m_parts.overrides()) {
        if (one.revert && overrideSubject(*one.revert) == subject)
            return one;
    }
    return std::nullopt;
}

std::optional<Evidence> BreakerAction::clockCheck(const BreakerLook &look) const
{
    constexpr std::chrono::seconds allowed{30}; // backends.md, appendix A
    if (!look.clockAhead || std::chrono::abs(*look.clockAhead) <= allowed)
        return std::nullopt;
    const QString text = *look.clockAhead > Duration::zero()
                             ? BreakerWords::tr("This computer's clock is %1 ahead of theirs.")
                             : BreakerWords::tr("This computer's clock is %1 behind theirs.");
    return Evidence{Evidence::Verdict::Bad,
                    QStringLiteral("clock"),
                    text.arg(durationText(std::chrono::abs(*look.clockAhead))) +
                        BreakerWords::tr(" The override ends by this computer's clock."),
                    {},
                    {},
                    m_parts.clock.now(),
                    {},
                    {}};
}

ActionEvent BreakerAction::afterOrder(const QList<PodOutcome> &outcomes, const QString &reference)
{
    const auto count = [&outcomes](PodOutcome::Kind kind) {
        return std::count_if(outcomes.begin(), outcomes.end(),
                             [kind](const PodOutcome &one) { return one.kind == kind; });
    };
    const QString words = podsText(outcomes);
    if (count(PodOutcome::Kind::Done) > 0)
        return ServerAccepted{words, reference, {}};
    const auto first = std::find_if(outcomes.begin(), outcomes.end(),
                                    [](const PodOutcome &one) { return one.kind != PodOutcome::Kind::Done; });
    Error error = first == outcomes.end() ? Error{} : first->error;
    error.what = words;
    if (count(PodOutcome::Kind::NotKnown) > 0)
        return OutcomeNotKnown{error};
    return ServerRefused{error};
}

QString breakerTitle(const Breaker &breaker)
{
    return breaker.key.from.toString() + QStringLiteral(" → ") + breaker.to;
}

QString breakerStateText(BreakerState state)
{
    switch (state) {
    case BreakerState::Unknown:
        return BreakerWords::tr("unknown");
    case BreakerState::Closed:
        return BreakerWords::tr("closed");
    case BreakerState::HalfOpen:
        return BreakerWords::tr("half-open");
    case BreakerState::Open:
        return BreakerWords::tr("open");
    case BreakerState::ForcedOpen:
        return BreakerWords::tr("forced open");
    case BreakerState::ForcedClosed:
        return BreakerWords::tr("forced closed");
    case BreakerState::Disabled:
        return BreakerWords::tr("disabled");
    case BreakerState::MetricsOnly:
        return BreakerWords::tr("metrics only");
    }
    return {};
}

QString breakerModeText(BreakerMode mode)
{
    switch (mode) {
    case BreakerMode::ForceOpen:
        return BreakerWords::tr("forced open");
    case BreakerMode::ForceClosed:
        return BreakerWords::tr("forced closed");
    case BreakerMode::Disable:
        return BreakerWords::tr("disabled");
    case BreakerMode::Reset:
        return BreakerWords::tr("closed and counting anew");
    }
    return {};
}

QString podsText(const QList<PodOutcome> &outcomes)
{
    QStringList others;
    qsizetype done = 0;
    for (const PodOutcome &one : outcomes) {
        if (one.kind == PodOutcome::Kind::Done)
            ++done;
        else
            others.append(one.pod + QStringLiteral(": ") + one.error.what);
    }
    const QString words = BreakerWords::tr("%1 of %2 pods took it").arg(done).arg(outcomes.size());
    constexpr qsizetype told = 5;
    if (others.isEmpty())
        return words + u'.';
    const QString rest = others.size() > told ? BreakerWords::tr(" and %1 more").arg(others.size() - told) : QString();
    return words + QStringLiteral("; ") + others.first(std::min(told, others.size())).join(QStringLiteral("; ")) + rest;
}

QByteArray encodeBreakerHold(const BreakerHold &hold)
{
    QStringList lines{toWireName(hold.mode)};
    for (auto one = hold.before.constBegin(); one != hold.before.constEnd(); ++one)
        lines.append(toWireName(one.value()) + u' ' + one.key());
    return lines.join(u'\n').toUtf8();
}

BreakerHold decodeBreakerHold(const QByteArray &detail)
{
    BreakerHold hold;
    QStringList lines = QString::fromUtf8(detail).split(u'\n', Qt::SkipEmptyParts);
    if (lines.isEmpty())
        return hold;
    hold.mode = breakerModeFromWireName(lines.takeFirst()).value_or(BreakerMode::ForceOpen);
    for (const QString &line : lines) {
        const auto state = breakerStateFromWireName(line.section(u' ', 0, 0));
        hold.before.insert(line.section(u' ', 1), state.value_or(BreakerState::Unknown));
    }
    return hold;
}

} // namespace cockpit
