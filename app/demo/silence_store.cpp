// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/silence_store.h"

#include "app/demo/curve.h"
#include "app/demo/wire_time.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <tuple>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

std::string textField(const Json &body, const char *name)
{
    const auto found = body.find(name);
    return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool boolField(const Json &body, const char *name, bool otherwise)
{
    const auto found = body.find(name);
    return found != body.end() && found->is_boolean() ? found->get<bool>() : otherwise;
}

std::optional<std::vector<Matcher>> matchersOf(const Json &body)
{
    const auto found = body.find("matchers");
    if (found == body.end() || !found->is_array())
        return std::nullopt;
    std::vector<Matcher> matchers;
    for (const Json &entry : *found) {
        if (!entry.is_object())
            return std::nullopt;
        auto matcher = makeMatcher(textField(entry, "name"), textField(entry, "value"),
                                   boolField(entry, "isRegex", false), boolField(entry, "isEqual", true));
        if (!matcher || matcher->name.empty())
            return std::nullopt;
        matchers.push_back(std::move(*matcher));
    }
    return matchers;
}

bool sameMatchers(const std::vector<Matcher> &a, const std::vector<Matcher> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Matcher &left, const Matcher &right) { return left.sameAs(right); });
}

auto wholeSeconds(Instant instant) { return std::chrono::floor<std::chrono::seconds>(instant); }

} // namespace

const char *StoredSilence::stateAt(Instant now) const
{
    return now < startsAt ? "pending" : now < endsAt ? "active" : "expired";
}

Json StoredSilence::toJson(Instant now) const
{
    Json list = Json::array();
    for (const Matcher &matcher : matchers)
        list.push_back({{"name", matcher.name}, {"value", matcher.value}, {"isRegex", matcher.isRegex},
                        {"isEqual", matcher.isEqual}});
    return {{"id", id},
            {"status", {{"state", stateAt(now)}}},
            {"updatedAt", wireTime(updatedAt)},
            {"matchers", std::move(list)},
            {"startsAt", wireTime(startsAt)},
            {"endsAt", wireTime(endsAt)},
            {"createdBy", createdBy},
            {"comment", comment},
            {"annotations", annotations}};
}

std::variant<std::string, SilenceRefusal> SilenceStore::post(const Json &body, Instant now)
{
    const auto matchers = matchersOf(body);
    const auto startsAt = parseRfc3339(textField(body, "startsAt"));
    const auto endsAt = parseRfc3339(textField(body, "endsAt"));
    if (!matchers || !startsAt || !endsAt)
        return SilenceRefusal{400, "bad request: the body is not a silence"};
    if (std::all_of(matchers->begin(), matchers->end(), [](const Matcher &m) { return m.matchesText(std::string()); }))
        return SilenceRefusal{400, "Failed to create silence: invalid silence: at least one matcher must not match the "
                                   "empty string"};
    if (textField(body, "createdBy").empty())
        return SilenceRefusal{400, "Failed to create silence: invalid silence: creator is required"};
    if (*endsAt < *startsAt)
        return SilenceRefusal{400, "Failed to create silence: start time must be before end time"};
    if (*endsAt <= now)
        return SilenceRefusal{400, "Failed to create silence: end time can't be in the past"};
    StoredSilence silence{textField(body, "id"), *matchers, *startsAt, *endsAt, now, textField(body, "createdBy"),
                          textField(body, "comment"), Json::object()};
    if (const auto notes = body.find("annotations"); notes != body.end() && notes->is_object())
        silence.annotations = *notes;
    const std::lock_guard lock(m_mutex);
    if (!silence.id.empty()) {
        StoredSilence *old = findLocked(silence.id);
        if (old == nullptr)
            return SilenceRefusal{404, "silence " + silence.id + " not found"};
        return update(*old, std::move(silence), now);
    }
    silence.id = newId();
    silence.startsAt = std::max(silence.startsAt, now);
    m_silences.push_back(silence);
    return silence.id;
}

std::variant<std::string, SilenceRefusal> SilenceStore::update(StoredSilence &old, StoredSilence silence, Instant now)
{
    const bool active = std::strcmp(old.stateAt(now), "active") == 0;
    const bool pending = std::strcmp(old.stateAt(now), "pending") == 0;
    const bool inPlace =
        sameMatchers(old.matchers, silence.matchers) &&
        ((active && wholeSeconds(old.startsAt) == wholeSeconds(silence.startsAt)) || (pending && silence.startsAt >= now));
    if (inPlace) {
        old = std::move(silence);
        return old.id;
    }
    if (active || pending) {
        old.startsAt = std::min(old.startsAt, now);
        old.endsAt = now;
        old.updatedAt = now;
    }
    silence.id = newId();
    silence.startsAt = std::max(silence.startsAt, now);
    m_silences.push_back(silence);
    return silence.id;
}

bool SilenceStore::expire(const std::string &id, Instant now)
{
    const std::lock_guard lock(m_mutex);
    StoredSilence *silence = findLocked(id);
    if (silence == nullptr)
        return false;
    if (silence->endsAt > now) {
        silence->startsAt = std::min(silence->startsAt, now);
        silence->endsAt = now;
        silence->updatedAt = now;
    }
    return true;
}

std::optional<StoredSilence> SilenceStore::find(const std::string &id) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = std::find_if(m_silences.begin(), m_silences.end(),
                                    [&](const StoredSilence &silence) { return silence.id == id; });
    return found == m_silences.end() ? std::nullopt : std::optional(*found);
}

std::vector<StoredSilence> SilenceStore::all(Instant now) const
{
    std::vector<StoredSilence> result;
    {
        const std::lock_guard lock(m_mutex);
        result = m_silences;
    }
    const auto key = [now](const StoredSilence &silence) {
        const bool pending = now < silence.startsAt;
        const bool expired = !pending && now >= silence.endsAt;
        const qint64 at = pending ? toEpochMs(silence.startsAt) : toEpochMs(silence.endsAt);
        return std::tuple(expired ? 2 : pending ? 1 : 0, expired ? -at : at, silence.id);
    };
    std::sort(result.begin(), result.end(),
              [&](const StoredSilence &a, const StoredSilence &b) { return key(a) < key(b); });
    return result;
}

std::vector<std::string> SilenceStore::muting(const std::vector<StoredSilence> &active, const LabelSet &labels)
{
    std::vector<std::string> ids;
    for (const StoredSilence &silence : active)
        if (allMatch(silence.matchers, labels))
            ids.push_back(silence.id);
    std::sort(ids.begin(), ids.end());
    return ids;
}

void SilenceStore::add(StoredSilence silence)
{
    const std::lock_guard lock(m_mutex);
    m_silences.push_back(std::move(silence));
}

/// A version 4 UUID; the n-th of a world is always the same.
std::string SilenceStore::newId()
{
    const std::uint64_t high = hashOf(++m_made, "silence/high");
    const std::uint64_t low = hashOf(m_made, "silence/low");
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%08llx-%04llx-4%03llx-a%03llx-%012llx",
                  static_cast<unsigned long long>(high >> 32), static_cast<unsigned long long>((high >> 16) & 0xFFFF),
                  static_cast<unsigned long long>(high & 0xFFF), static_cast<unsigned long long>(low >> 52),
                  static_cast<unsigned long long>(low & 0xFFFFFFFFFFFFULL));
    return text.data();
}

StoredSilence *SilenceStore::findLocked(const std::string &id)
{
    const auto found = std::find_if(m_silences.begin(), m_silences.end(),
                                    [&](const StoredSilence &silence) { return silence.id == id; });
    return found == m_silences.end() ? nullptr : &*found;
}

} // namespace cockpit::demo
