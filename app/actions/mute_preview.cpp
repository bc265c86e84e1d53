// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/mute_preview.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct MuteWords {
    Q_DECLARE_TR_FUNCTIONS(MutePreview)
};

enum class RuleMuted { No, Perhaps, Yes };

void addOnce(QStringList &texts, const QString &text)
{
    if (!text.isEmpty() && !texts.contains(text))
        texts.append(text);
}

QString serviceWord(const Labels &labels)
{
    for (const QStringView name : {QStringView(u"service"), QStringView(u"job"), QStringView(u"app")}) {
        if (const QString value = labels.value(name); !value.isEmpty())
            return value;
    }
    return {};
}

/// What the rule fixes for each of its alerts: its own labels, without templates, and its name.
Labels fixedLabels(const AlertRule &rule)
{
    std::vector<Labels::Pair> pairs{{QStringLiteral("alertname"), rule.name}};
    for (const auto &[name, value] : rule.labels) {
        if (!value.contains(QStringLiteral("{{")))
            pairs.emplace_back(name, value);
    }
    return Labels(std::move(pairs));
}

RuleMuted mutedRule(const MatcherSet &matchers, const AlertRule &rule)
{
    for (const AlertRule::Instance &instance : rule.instances) {
        if (matchers.matches(instance.labels))
            return RuleMuted::Yes;
    }
    const Labels fixed = fixedLabels(rule);
    bool open = false;
    for (const Matcher &matcher : matchers.matchers()) {
        if (!fixed.contains(matcher.name)) {
            open = true; // that label comes from the series: it may fit
            continue;
        }
        const auto one = MatcherSet::compile({matcher});
        if (one && !one->matches(fixed))
            return RuleMuted::No;
    }
    return open ? RuleMuted::Perhaps : RuleMuted::Yes;
}

bool isPaging(const AlertRule &rule, const SeverityMap &severities)
{
    const auto priority = severities.priorityOf(rule.labels.value(u"severity"));
    return !priority || *priority == Priority::P1 || *priority == Priority::P2;
}

QString namedAlertOf(const QList<Matcher> &matchers)
{
    for (const Matcher &matcher : matchers) {
        if (matcher.name == QStringLiteral("alertname") && matcher.isEqual && !matcher.isRegex)
            return matcher.value;
    }
    return {};
}

Evidence muteCheck(const char *id, Evidence::Verdict verdict, const QString &text, const QString &cluster, Instant now)
{
    return Evidence{verdict, QString::fromLatin1(id), text, QStringLiteral("Alertmanager"), cluster, now, {}, {}};
}

} // namespace

MutePreview previewMute(const MatcherSet &matchers, const std::vector<ReceivedAlert> &alerts,
                        const std::vector<AlertRule> *rules, const SeverityMap &severities)
{
    MutePreview preview;
    preview.namedAlert = namedAlertOf(matchers.matchers());
    for (const ReceivedAlert &alert : alerts) {
        const auto outcome = matchers.match(alert.labels);
        if (outcome == MatcherSet::Outcome::TooComplex) {
            preview.tooComplex = true;
            break;
        }
        if (outcome != MatcherSet::Outcome::Yes)
            continue;
        preview.caught.push_back(&alert);
        addOnce(preview.alertNames, alert.labels.value(u"alertname"));
        addOnce(preview.services, serviceWord(alert.labels));
    }
    preview.alertNames.sort();
    preview.services.sort();
    preview.rulesKnown = rules != nullptr;
    for (size_t index = 0; rules && index < rules->size(); ++index) {
        const AlertRule &rule = rules->at(index);
        if (!isPaging(rule, severities))
            continue;
        const RuleMuted muted = mutedRule(matchers, rule);
        if (muted == RuleMuted::Yes)
            addOnce(preview.pageRules, rule.name);
        else if (muted == RuleMuted::Perhaps)
            addOnce(preview.perhapsPageRules, rule.name);
    }
    return preview;
}

QString listedText(const QStringList &texts)
{
    constexpr qsizetype shown = 8;
    const QString list = texts.mid(0, shown).join(QStringLiteral(", "));
    return texts.size() <= shown ? list : MuteWords::tr("%1 and %2 more").arg(list).arg(texts.size() - shown);
}

Evidence breadthCheck(const MutePreview &preview, const QString &cluster, Instant now)
{
    if (!preview.namedAlert.isEmpty()) {
        return muteCheck("broad", Evidence::Verdict::Good,
                         MuteWords::tr("It is bound to one alert: %1.").arg(preview.namedAlert), cluster, now);
    }
    return muteCheck("broad", Evidence::Verdict::Bad,
                     MuteWords::tr("It is broad: it names no alert, and catches %1 kinds of alert of %2 services now.")
                         .arg(preview.alertNames.size())
                         .arg(preview.services.size()),
                     cluster, now);
}

Evidence pagesCheck(const MutePreview &preview, const QString &cluster, Instant now)
{
    QStringList others = preview.pageRules;
    others.removeAll(preview.namedAlert);
    QStringList perhaps = preview.perhapsPageRules;
    perhaps.removeAll(preview.namedAlert);
    if (!others.isEmpty()) {
        return muteCheck("mutes-pages", Evidence::Verdict::Bad,
                         MuteWords::tr("It mutes pages that it does not name: %1.").arg(listedText(others)), cluster,
                         now);
    }
    if (!perhaps.isEmpty()) {
        return muteCheck(
            "mutes-pages", Evidence::Verdict::Unknown,
            MuteWords::tr("Depending on their labels it mutes these pages too: %1.").arg(listedText(perhaps)), cluster,
            now);
    }
    if (preview.namedAlert.isEmpty() && !preview.rulesKnown) {
        return muteCheck("mutes-pages", Evidence::Verdict::Unknown,
                         MuteWords::tr("Prometheus' rules are not known: nobody can say which pages it mutes."),
                         cluster, now);
    }
    return muteCheck("mutes-pages", Evidence::Verdict::Good, MuteWords::tr("It mutes no page that it does not name."),
                     cluster, now);
}

Evidence catchCheck(const MutePreview &preview, const QString &cluster, const QString &member, Instant now)
{
    const auto count = static_cast<qint64>(preview.caught.size());
    QString text = MuteWords::tr("It catches %1 alerts now: %2.").arg(count).arg(listedText(preview.alertNames));
    auto verdict = Evidence::Verdict::Good;
    if (preview.tooComplex) {
        verdict = Evidence::Verdict::Unknown;
        text = MuteWords::tr("What it catches is not known: a regular expression did not finish.");
    } else if (count == 0) {
        verdict = Evidence::Verdict::Bad;
        text = MuteWords::tr("It catches nothing now.");
    }
    return Evidence{
        verdict, QStringLiteral("catches"), text, MuteWords::tr("Alertmanager %1").arg(member), cluster, now, {},
        count};
}

} // namespace cockpit
