// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/silence_request.h"

#include "app/actions/uuid7.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>
#include <tuple>

namespace cockpit {

namespace {

struct SilenceWords {
    Q_DECLARE_TR_FUNCTIONS(SilenceRequest)
};

Error invalidSilenceError(const QString &what, const QString &next)
{
    return Error{Error::Kind::Invalid, what, SilenceWords::tr("Nothing was sent."), next};
}

} // namespace

QString silenceMark(const ActionId &id) { return QStringLiteral(" [dt %1]").arg(shortForm(id)); }

QString withoutSilenceMark(const QString &comment)
{
    static const QRegularExpression mark(QStringLiteral(" ?\\[dt [0-9a-f]{12}\\]"));
    return QString(comment).remove(mark).trimmed();
}

Silence silenceFor(const ActionRequest &request, const SilenceAlerts &intent, Instant now)
{
    Silence silence;
    silence.id = intent.replaces;
    silence.matchers = intent.matchers;
    silence.startsAt = std::max(intent.startsAt, now);
    silence.endsAt = intent.endsAt;
    silence.createdBy = request.actor;
    const QString words = intent.comment.trimmed().isEmpty() ? request.reason : intent.comment;
    silence.comment = words.trimmed().isEmpty() ? QString() : withoutSilenceMark(words) + silenceMark(request.id);
    return silence;
}

Silence silenceFor(const ActionRequest &request, const AcknowledgeAlert &intent, Instant now)
{
    Silence silence;
    for (const auto &[name, value] : intent.labels) {
        if (!value.isEmpty())
            silence.matchers.append(Matcher{name, value, false, true});
    }
    silence.startsAt = now;
    silence.endsAt = now + intent.length;
    silence.createdBy = request.actor;
    const QString reason = withoutSilenceMark(request.reason);
    silence.comment = QStringLiteral("ACK! ") + request.actor +
                      (reason.isEmpty() ? QString() : QStringLiteral(": ") + reason) + silenceMark(request.id);
    return silence;
}

bool sameMatchers(QList<Matcher> one, QList<Matcher> other)
{
    const auto less = [](const Matcher &a, const Matcher &b) {
        return std::tie(a.name, a.value, a.isRegex, a.isEqual) < std::tie(b.name, b.value, b.isRegex, b.isEqual);
    };
    std::sort(one.begin(), one.end(), less);
    std::sort(other.begin(), other.end(), less);
    return one == other;
}

const Silence *findOurs(const std::vector<Silence> &silences, const Silence &wanted, const ActionId &id)
{
    const QString mark = silenceMark(id).trimmed();
    const auto found = std::find_if(silences.begin(), silences.end(), [&](const Silence &silence) {
        return silence.comment.contains(mark) && silence.createdBy == wanted.createdBy &&
               sameMatchers(silence.matchers, wanted.matchers);
    });
    return found == silences.end() ? nullptr : &*found;
}

std::optional<Error> invalidSilence(const Silence &silence, Instant now)
{
    auto compiled = MatcherSet::compile(silence.matchers);
    if (!compiled)
        return compiled.error();
    if (silence.createdBy.trimmed().isEmpty())
        return invalidSilenceError(SilenceWords::tr("A silence needs an owner."), SilenceWords::tr("Say who you are."));
    if (silence.comment.trimmed().isEmpty())
        return invalidSilenceError(SilenceWords::tr("A silence needs a reason."), SilenceWords::tr("Say why."));
    if (silence.endsAt <= now || silence.endsAt <= silence.startsAt) {
        return invalidSilenceError(SilenceWords::tr("The end of the silence has passed or lies before its start."),
                                   SilenceWords::tr("Choose a later end."));
    }
    if (compiled->matches(Labels()))
        return invalidSilenceError(SilenceWords::tr("The matchers would silence everything."),
                                   SilenceWords::tr("Name a label that an alert must have."));
    return std::nullopt;
}

bool isNight(Instant instant, const QTimeZone &zone)
{
    const QTime time = QDateTime::fromMSecsSinceEpoch(toEpochMs(instant), zone).time();
    return time.hour() >= 22 || time.hour() < 7;
}

QString silenceEndText(Instant end, Instant now)
{
    return end - now < std::chrono::hours(24) ? utcShortTimeText(end) + QStringLiteral(" UTC") : utcDateTimeText(end);
}

std::optional<Instant> sentAt(const ActionRecord &record)
{
    std::optional<Instant> sent;
    for (const ActionStep &one : record.steps) {
        if (one.state == ActionState::Armed || one.state == ActionState::Executing)
            sent = one.at;
    }
    return sent;
}

} // namespace cockpit
