// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/matcher.h"
#include "models/instant.h"

#include <nlohmann/json.hpp>

#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace cockpit::demo {

/// A silence as Alertmanager keeps it.
struct StoredSilence {
    std::string id{};
    std::vector<Matcher> matchers{};
    Instant startsAt{};
    Instant endsAt{};
    Instant updatedAt{};
    std::string createdBy{};
    std::string comment{};
    nlohmann::ordered_json annotations = nlohmann::ordered_json::object();

    /// "active", "pending" or "expired".
    const char *stateAt(Instant now) const;
    nlohmann::ordered_json toJson(Instant now) const;
};

/// A refusal: the status and the words.
struct SilenceRefusal {
    int status = 400;
    std::string words{};
};

/// The silences that the members of a cluster share, with the rules of Alertmanager for changing them. Thread-safe.
class SilenceStore {
public:
    /// Creates, changes in place, or expires and replaces; answers the id that holds from now on.
    std::variant<std::string, SilenceRefusal> post(const nlohmann::ordered_json &body, Instant now);
    /// False when there is none of that id. An expired one stays as it is.
    bool expire(const std::string &id, Instant now);
    std::optional<StoredSilence> find(const std::string &id) const;
    /// Active (by end), then pending (by start), then expired (newest first).
    std::vector<StoredSilence> all(Instant now) const;
    /// Ids of the silences that mute `labels`, sorted.
    static std::vector<std::string> muting(const std::vector<StoredSilence> &active, const LabelSet &labels);
    /// Puts a silence of the scenario in.
    void add(StoredSilence silence);

private:
    std::variant<std::string, SilenceRefusal> update(StoredSilence &old, StoredSilence silence, Instant now);
    std::string newId();
    StoredSilence *findLocked(const std::string &id);

    mutable std::mutex m_mutex;
    std::vector<StoredSilence> m_silences{};
    std::uint64_t m_made = 0;
};

} // namespace cockpit::demo
