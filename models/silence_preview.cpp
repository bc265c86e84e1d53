// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/silence_preview.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <chrono>

namespace cockpit {

namespace {

QString silenceWords(const char *text) { return QCoreApplication::translate("SilencePreview", text); }

/// Names one alert or one service, so that it does not catch everything.
bool isNarrow(const Matcher &matcher)
{
    const bool names = matcher.name == u"alertname" || matcher.name == u"service" || matcher.name == u"job"
        || matcher.name == u"app";
    const bool anything = matcher.isRegex && (matcher.value == u".*" || matcher.value == u".+");
    return names && matcher.isEqual && !anything && !matcher.value.isEmpty();
}

enum class Mutes { No, InPart, Whole };

/// Labels of a rule are known; those of its series, and templates, are not.
Mutes mutesRule(const QList<Matcher> &matchers, const AlertRule &rule)
{
    Mutes result = Mutes::Whole;
    for (const Matcher &matcher : matchers) {
        const QString *value = matcher.name == u"alertname" ? &rule.name : rule.labels.find(matcher.name);
        if (!value || value->contains(QStringLiteral("{{"))) {
            result = Mutes::InPart;
            continue;
        }
        const Result<MatcherSet> one = MatcherSet::compile({matcher});
        if (!one || !one->matches(Labels({{matcher.name, *value}})))
            return Mutes::No;
    }
    return result;
}

void findRules(SilencePreview &preview, const QList<Matcher> &matchers, const Fleet &fleet,
               const SeverityMap &severities)
{
    if (!fleet.rules)
        return;
    for (const AlertRule &rule : *fleet.rules) {
        const std::optional<Priority> priority = severities.priorityOf(rule.labels.value(u"severity"));
        if (priority && *priority > Priority::P2)
            continue;
        const Mutes mutes = mutesRule(matchers, rule);
        QStringList &names = mutes == Mutes::Whole ? preview.mutesRules : preview.mayMuteRules;
        if (mutes != Mutes::No && !names.contains(rule.name))
            names.append(rule.name);
    }
}

Evidence silenceCheck(const char *id, bool warns, QString text)
{
    Evidence evidence;
    evidence.id = QString::fromLatin1(id);
    evidence.verdict = warns ? Evidence::Verdict::Bad : Evidence::Verdict::Good;
    evidence.text = std::move(text);
    return evidence;
}

Evidence checkBroad(const SilencePreview &preview, const QList<Matcher> &matchers, qsizetype services)
{
    const bool narrow = std::any_of(matchers.cbegin(), matchers.cend(), isNarrow);
    const qsizetype caught = preview.catches.size();
    QString text = silenceWords("It catches %1 alerts of %2 services").arg(caught).arg(services);
    if (!narrow)
        text = silenceWords("It names neither an alert nor a service; it catches %1 alerts").arg(caught);
    Evidence evidence = silenceCheck("silence.broad", !narrow || caught > broadSilenceAlerts || services > 1, text);
    evidence.count = caught;
    return evidence;
}

Evidence checkRulesMuted(const SilencePreview &preview, const Fleet &fleet)
{
    if (!fleet.rules) {
        Evidence evidence = silenceCheck("silence.rules", false, silenceWords("Which rules it mutes is not known"));
        evidence.verdict = Evidence::Verdict::Unknown;
        return evidence;
    }
    QStringList names = preview.mutesRules + preview.mayMuteRules;
    const QString text = names.isEmpty()
        ? silenceWords("It mutes no rule that pages")
        : silenceWords("It mutes pages of: %1").arg(names.join(QStringLiteral(", ")));
    // The rules of what it is made for are meant; any other that would page is a warning.
    const bool others = std::any_of(names.cbegin(), names.cend(),
                                    [&](const QString &name) { return !preview.catchesNames.contains(name); });
    Evidence evidence = silenceCheck("silence.rules", others, text);
    evidence.count = names.size();
    return evidence;
}

Evidence checkNight(Instant endsAt, Duration localOffset)
{
    using namespace std::chrono;
    const Instant local = endsAt + localOffset;
    const hours hour = duration_cast<hours>(local - floor<days>(local));
    const bool night = hour >= hours(22) || hour < hours(7);
    return silenceCheck("silence.night", night,
                        (night ? silenceWords("It ends in the night, at %1") : silenceWords("It ends by day, at %1"))
                            .arg(utcShortTimeText(local)));
}

} // namespace

SilencePreview previewSilence(const MatcherSet &matchers, const QString &cluster, const Fleet &fleet,
                              const SeverityMap &severities, Instant endsAt, Duration localOffset)
{
    SilencePreview preview;
    QSet<ServiceId> services;
    QSet<QString> names;
    for (const Alert &alert : fleet.alerts) {
        const bool active = alert.state != AlertState::Resolved && alert.state != AlertState::Pending;
        if (!active || alert.key.cluster != cluster || !matchers.matches(alert.labels))
            continue;
        preview.catches.append(alert.key);
        services.insert(alert.service);
        if (!names.contains(alert.name)) {
            names.insert(alert.name);
            preview.catchesNames.append(alert.name);
        }
    }
    findRules(preview, matchers.matchers(), fleet, severities);
    preview.checks = {checkBroad(preview, matchers.matchers(), services.size()), checkRulesMuted(preview, fleet),
                      checkNight(endsAt, localOffset)};
    return preview;
}

} // namespace cockpit
