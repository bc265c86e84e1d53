// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/action_codec_intents.h"

namespace cockpit {

using nlohmann::json;

std::string jsonText(const QString &text) { return text.toStdString(); }

QString textOf(const json &value) { return QString::fromStdString(value.get<std::string>()); }

json jsonTexts(const QStringList &texts)
{
    json list = json::array();
    for (const QString &text : texts)
        list.push_back(jsonText(text));
    return list;
}

QStringList textsOf(const json &value)
{
    QStringList texts;
    for (const json &text : value)
        texts.append(textOf(text));
    return texts;
}

Instant instantOf(const json &value) { return fromEpochMs(value.get<qint64>()); }

json jsonMatchers(const QList<Matcher> &matchers)
{
    json list = json::array();
    for (const Matcher &matcher : matchers) {
        list.push_back({{"name", jsonText(matcher.name)},
                        {"value", jsonText(matcher.value)},
                        {"isRegex", matcher.isRegex},
                        {"isEqual", matcher.isEqual}});
    }
    return list;
}

namespace {

QList<Matcher> intentMatchersOf(const json &value)
{
    QList<Matcher> matchers;
    for (const json &one : value) {
        matchers.append(Matcher{textOf(one.at("name")), textOf(one.at("value")), one.at("isRegex").get<bool>(),
                                one.at("isEqual").get<bool>()});
    }
    return matchers;
}

json jsonObject(const ObjectKey &key)
{
    return {{"environment", jsonText(key.environment)},
            {"context", jsonText(key.context)},
            {"namespace", jsonText(key.nameSpace)},
            {"kind", jsonText(key.kind)},
            {"name", jsonText(key.name)},
            {"uid", jsonText(key.uid)}};
}

ObjectKey objectOf(const json &value)
{
    const json &key = value.at("object");
    return ObjectKey{textOf(key.at("environment")), textOf(key.at("context")), textOf(key.at("namespace")),
                     textOf(key.at("kind")),        textOf(key.at("name")),    textOf(key.at("uid"))};
}

json jsonBreaker(const BreakerKey &key)
{
    return {{"source", jsonText(key.source.toString())},
            {"from", jsonText(key.from.toString())},
            {"name", jsonText(key.name)}};
}

BreakerKey breakerOf(const json &value)
{
    const json &key = value.at("breaker");
    return BreakerKey{SourceId(textOf(key.at("source"))), ServiceId(textOf(key.at("from"))), textOf(key.at("name"))};
}

json jsonEnd(const std::optional<Instant> &at) { return at ? json(toEpochMs(*at)) : json(nullptr); }

std::optional<Instant> endOf(const json &value)
{
    const json &at = value.at("endsAt");
    return at.is_null() ? std::nullopt : std::optional(instantOf(at));
}

/// Writes the fields of each intent; a new intent without a writer does not compile.
struct IntentWriter {
    json operator()(const SilenceAlerts &one) const
    {
        return {{"cluster", jsonText(one.cluster)},    {"matchers", jsonMatchers(one.matchers)},
                {"startsAt", toEpochMs(one.startsAt)}, {"endsAt", toEpochMs(one.endsAt)},
                {"comment", jsonText(one.comment)},    {"replaces", jsonText(one.replaces)}};
    }
    json operator()(const ExpireSilence &one) const
    {
        return {{"cluster", jsonText(one.cluster)}, {"silenceId", jsonText(one.silenceId)}};
    }
    json operator()(const AcknowledgeAlert &one) const
    {
        json labels = json::array(); // pairs, not an object: the order and every name come back as they were
        for (const auto &[name, value] : one.labels)
            labels.push_back({jsonText(name), jsonText(value)});
        return {{"cluster", jsonText(one.alert.cluster)},
                {"fingerprint", jsonText(one.alert.fingerprint)},
                {"labels", labels},
                {"lengthMs", static_cast<qint64>(one.length.count())}};
    }
    json operator()(const UndoRollout &one) const
    {
        return {{"object", jsonObject(one.object)}, {"revisionHash", jsonText(one.revisionHash)}};
    }
    json operator()(const PromoteRollout &one) const
    {
        return {{"object", jsonObject(one.object)}, {"full", one.full}};
    }
    json operator()(const ScaleRollout &one) const
    {
        return {{"object", jsonObject(one.object)}, {"replicas", one.replicas}};
    }
    json operator()(const OverrideBreaker &one) const
    {
        return {{"breaker", jsonBreaker(one.breaker)},
                {"mode", jsonText(toWireName(one.mode))},
                {"endsAt", toEpochMs(one.endsAt)},
                {"pods", jsonTexts(one.pods)}};
    }
    json operator()(const ResetBreaker &one) const
    {
        return {{"breaker", jsonBreaker(one.breaker)}, {"lease", jsonText(one.lease)}};
    }
    json operator()(const SetFlag &one) const
    {
        return {{"source", jsonText(one.flag.source.toString())},
                {"project", jsonText(one.flag.project)},
                {"name", jsonText(one.flag.name)},
                {"environment", jsonText(one.environment)},
                {"enabled", one.enabled},
                {"endsAt", jsonEnd(one.endsAt)},
                {"lease", jsonText(one.lease)}};
    }
    json operator()(const SetReplicaLimits &one) const
    {
        return {{"object", jsonObject(one.object)},
                {"minimum", one.minimum},
                {"maximum", one.maximum},
                {"endsAt", jsonEnd(one.endsAt)},
                {"lease", jsonText(one.lease)}};
    }
    json operator()(const SetSync &one) const
    {
        return {{"object", jsonObject(one.object)},
                {"suspended", one.suspended},
                {"lengthMs", static_cast<qint64>(one.length.count())},
                {"policy", jsonText(one.policy)},
                {"lease", jsonText(one.lease)}};
    }
    json operator()(const TriggerPage &one) const
    {
        return {{"source", jsonText(one.source.toString())}, {"dedupKey", jsonText(one.dedupKey)},
                {"summary", jsonText(one.summary)},          {"level", static_cast<int>(one.level)},
                {"component", jsonText(one.component)},      {"incident", jsonText(one.incident)},
                {"runbookUrl", jsonText(one.runbookUrl)}};
    }
    json operator()(const AcknowledgePage &one) const { return openPage(one); }
    json operator()(const ResolvePage &one) const { return openPage(one); }
    json operator()(const EscalatePage &one) const
    {
        return {{"source", jsonText(one.source.toString())},
                {"page", jsonText(one.page)},
                {"title", jsonText(one.title)},
                {"level", one.level}};
    }
    json operator()(const AddResponders &one) const
    {
        return {{"source", jsonText(one.source.toString())}, {"page", jsonText(one.page)},
                {"title", jsonText(one.title)},              {"people", jsonTexts(one.people)},
                {"names", jsonTexts(one.names)},             {"message", jsonText(one.message)}};
    }
    json operator()(const PostMessage &one) const
    {
        return {{"source", jsonText(one.source.toString())}, {"channel", jsonText(one.channel)},
                {"text", jsonText(one.text)},                {"thread", jsonText(one.thread)},
                {"incident", jsonText(one.incident)},        {"incidentId", jsonText(one.incidentId)},
                {"update", one.update}};
    }
    template <typename Intent> static json openPage(const Intent &one)
    {
        return {{"source", jsonText(one.source.toString())},
                {"page", jsonText(one.page)},
                {"dedupKey", jsonText(one.dedupKey)},
                {"title", jsonText(one.title)}};
    }
    /// Abort, pause, resume, retry, restart: the object says it all.
    template <typename Intent> json operator()(const Intent &one) const { return {{"object", jsonObject(one.object)}}; }
};

ActionIntent silenceIntentOf(const json &value)
{
    return SilenceAlerts{textOf(value.at("cluster")),     intentMatchersOf(value.at("matchers")),
                         instantOf(value.at("startsAt")), instantOf(value.at("endsAt")),
                         textOf(value.at("comment")),     textOf(value.at("replaces"))};
}

ActionIntent expireIntentOf(const json &value)
{
    return ExpireSilence{textOf(value.at("cluster")), textOf(value.at("silenceId"))};
}

ActionIntent acknowledgeIntentOf(const json &value)
{
    std::vector<Labels::Pair> pairs;
    for (const json &pair : value.at("labels"))
        pairs.emplace_back(textOf(pair.at(0)), textOf(pair.at(1)));
    return AcknowledgeAlert{AlertKey{textOf(value.at("cluster")), textOf(value.at("fingerprint"))},
                            Labels(std::move(pairs)), Duration(value.at("lengthMs").get<qint64>())};
}

ActionIntent undoIntentOf(const json &value) { return UndoRollout{objectOf(value), textOf(value.at("revisionHash"))}; }

ActionIntent promoteIntentOf(const json &value)
{
    return PromoteRollout{objectOf(value), value.at("full").get<bool>()};
}

ActionIntent scaleIntentOf(const json &value) { return ScaleRollout{objectOf(value), value.at("replicas").get<int>()}; }

ActionIntent overrideIntentOf(const json &value)
{
    const QString mode = textOf(value.at("mode"));
    return OverrideBreaker{breakerOf(value), breakerModeFromWireName(mode).value_or(BreakerMode::ForceOpen),
                           instantOf(value.at("endsAt")), textsOf(value.at("pods"))};
}

ActionIntent resetIntentOf(const json &value) { return ResetBreaker{breakerOf(value), textOf(value.at("lease"))}; }

ActionIntent flagIntentOf(const json &value)
{
    return SetFlag{FlagKey{SourceId(textOf(value.at("source"))), textOf(value.at("project")), textOf(value.at("name"))},
                   textOf(value.at("environment")), value.at("enabled").get<bool>(), endOf(value),
                   textOf(value.at("lease"))};
}

ActionIntent limitsIntentOf(const json &value)
{
    return SetReplicaLimits{objectOf(value), value.at("minimum").get<int>(), value.at("maximum").get<int>(),
                            endOf(value), textOf(value.at("lease"))};
}

ActionIntent syncIntentOf(const json &value)
{
    return SetSync{.object = objectOf(value),
                   .suspended = value.at("suspended").get<bool>(),
                   .length = Duration(value.at("lengthMs").get<qint64>()),
                   .policy = textOf(value.at("policy")),
                   .lease = textOf(value.at("lease"))};
}

ActionIntent triggerIntentOf(const json &value)
{
    return TriggerPage{.source = SourceId(textOf(value.at("source"))),
                       .dedupKey = textOf(value.at("dedupKey")),
                       .summary = textOf(value.at("summary")),
                       .level = static_cast<Priority>(std::clamp(value.at("level").get<int>(), 1, 4)),
                       .component = textOf(value.at("component")),
                       .incident = textOf(value.at("incident")),
                       .runbookUrl = textOf(value.at("runbookUrl"))};
}

template <typename Intent> ActionIntent pageIntentOf(const json &value)
{
    return Intent{SourceId(textOf(value.at("source"))), textOf(value.at("page")), textOf(value.at("dedupKey")),
                  textOf(value.at("title"))};
}

ActionIntent escalateIntentOf(const json &value)
{
    return EscalatePage{SourceId(textOf(value.at("source"))), textOf(value.at("page")), textOf(value.at("title")),
                        value.at("level").get<int>()};
}

ActionIntent respondersIntentOf(const json &value)
{
    return AddResponders{SourceId(textOf(value.at("source"))), textOf(value.at("page")),   textOf(value.at("title")),
                         textsOf(value.at("people")),          textsOf(value.at("names")), textOf(value.at("message"))};
}

ActionIntent messageIntentOf(const json &value)
{
    return PostMessage{.source = SourceId(textOf(value.at("source"))),
                       .channel = textOf(value.at("channel")),
                       .text = textOf(value.at("text")),
                       .thread = textOf(value.at("thread")),
                       .incident = textOf(value.at("incident")),
                       .incidentId = textOf(value.at("incidentId")),
                       .update = value.at("update").get<int>()};
}

template <typename Intent> ActionIntent objectIntentOf(const json &value) { return Intent{objectOf(value)}; }

struct IntentReader {
    const char *name;
    ActionIntent (*read)(const json &);
};

} // namespace

json intentJson(const ActionIntent &intent)
{
    json value = std::visit(IntentWriter{}, intent);
    value["action"] = jsonText(wireName(intent));
    return value;
}

std::optional<ActionIntent> intentOf(const json &value)
{
    static constexpr IntentReader readers[] = {{SilenceAlerts::wireName, silenceIntentOf},
                                               {ExpireSilence::wireName, expireIntentOf},
                                               {AcknowledgeAlert::wireName, acknowledgeIntentOf},
                                               {AbortRollout::wireName, objectIntentOf<AbortRollout>},
                                               {UndoRollout::wireName, undoIntentOf},
                                               {PromoteRollout::wireName, promoteIntentOf},
                                               {PauseRollout::wireName, objectIntentOf<PauseRollout>},
                                               {ResumeRollout::wireName, objectIntentOf<ResumeRollout>},
                                               {RetryRollout::wireName, objectIntentOf<RetryRollout>},
                                               {RestartRollout::wireName, objectIntentOf<RestartRollout>},
                                               {ScaleRollout::wireName, scaleIntentOf},
                                               {OverrideBreaker::wireName, overrideIntentOf},
                                               {ResetBreaker::wireName, resetIntentOf},
                                               {SetFlag::wireName, flagIntentOf},
                                               {SetReplicaLimits::wireName, limitsIntentOf},
                                               {TriggerPage::wireName, triggerIntentOf},
                                               {AcknowledgePage::wireName, pageIntentOf<AcknowledgePage>},
                                               {ResolvePage::wireName, pageIntentOf<ResolvePage>},
                                               {EscalatePage::wireName, escalateIntentOf},
                                               {AddResponders::wireName, respondersIntentOf},
                                               {PostMessage::wireName, messageIntentOf},
                                               {SetSync::wireName, syncIntentOf}};
    static_assert(std::size(readers) == std::variant_size_v<ActionIntent>, "an intent has no reader");
    const std::string name = value.at("action").get<std::string>();
    for (const IntentReader &reader : readers) {
        if (name == reader.name)
            return reader.read(value);
    }
    return std::nullopt;
}

} // namespace cockpit
