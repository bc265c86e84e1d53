// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/alert_routes.h"
#include "app/demo/prometheus_face.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace cockpit::demo {

/// Somebody whom the demo's paging service knows. Roles, not names.
struct DeskPerson {
    std::string id{};
    std::string name{};
    std::string email{};
    int level = 0; ///< at which they are on call; 0 = they are not
};

/// One page of the demo's paging service, as it is at one moment.
struct DeskPage {
    std::string id{};
    int number = 0;
    std::string key{};
    std::string title{};
    std::string service{};
    bool high = true;
    Offset at = 0;
    std::optional<Offset> ackedAt{};
    std::string ackedBy{}; ///< id of a person
    std::optional<Offset> endedAt{};
    int level = 1;
    std::optional<Offset> assignedAt{}; ///< when it reached that level; nothing = with the page
    std::optional<Offset> escalatesAt{};
    std::vector<std::string> responders{}; ///< ids
};

/// The people on call, and the pages that follow from the world's alerts by the demo's own Alertmanager routes and from
/// what was asked since. An unacknowledged page goes to the next level after five minutes, and whom it reaches there
/// acknowledges it: the scripted team-mate. Thread-safe.
class PagingDesk {
public:
    static constexpr Offset escalation = 300; ///< s
    static constexpr Offset mateAnswers = 90; ///< s after the page reached the second level
    static constexpr const char *policyId = "PFLEET1";
    static constexpr const char *mateName = "secondary-oncall";

    explicit PagingDesk(const WorldView &view)
        : m_view(view)
    {}

    static const std::vector<DeskPerson> &people();
    /// Null when there is nobody with that id or e-mail.
    static const DeskPerson *person(const std::string &idOrEmail);

    /// All pages up to now, newest first.
    std::vector<DeskPage> pages() const;
    std::optional<DeskPage> page(const std::string &id) const;

    /// An event of an integration. Acknowledging and resolving what is not there does nothing, as with the real one.
    void trigger(const std::string &key, const std::string &title, const std::string &service, bool high);
    void event(const std::string &key, bool resolve);
    // By hand of a person; nothing when there is no such open page.
    void acknowledge(const std::string &id, const std::string &by);
    void resolve(const std::string &id);
    void escalate(const std::string &id, int level);
    void addResponders(const std::string &id, const std::vector<std::string> &people);

private:
    DeskPage *open(const std::string &key) const;
    DeskPage *byId(const std::string &id) const;
    void follow(Offset now) const;
    void add(const std::string &key, const std::string &title, const std::string &service, bool high, Offset at) const;
    static void settle(DeskPage &page, Offset now);

    WorldView m_view;
    AlertRoutes m_routes{};
    mutable std::mutex m_mutex;
    mutable std::vector<DeskPage> m_pages{};
    mutable std::map<std::string, int> m_byAlert{}; ///< fingerprint and time → number of its page
};

} // namespace cockpit::demo
