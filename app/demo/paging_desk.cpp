// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/paging_desk.h"

#include <algorithm>
#include <set>

namespace cockpit::demo {

namespace {

constexpr Offset groupWait = 10; ///< s, of the demo's Alertmanager
constexpr int levels = 2;

std::string deskLabel(const LabelSet &labels, const char *name)
{
    const auto found = labels.find(name);
    return found == labels.end() ? std::string() : found->second;
}

} // namespace

const std::vector<DeskPerson> &PagingDesk::people()
{
    static const std::vector<DeskPerson> all{{"PUSER01", "primary-oncall", "primary@demo.example", 1},
                                             {"PUSER02", mateName, "secondary@demo.example", 2},
                                             {"PUSER03", "gc-owner", "gc-owner@demo.example", 0},
                                             {"PUSER04", "database-lead", "database-lead@demo.example", 0}};
    return all;
}

const DeskPerson *PagingDesk::person(const std::string &idOrEmail)
{
    for (const DeskPerson &one : people())
        if (one.id == idOrEmail || one.email == idOrEmail)
            return &one;
    return nullptr;
}

DeskPage *PagingDesk::open(const std::string &key) const
{
    for (DeskPage &page : m_pages)
        if (page.key == key && !page.endedAt)
            return &page;
    return nullptr;
}

DeskPage *PagingDesk::byId(const std::string &id) const
{
    for (DeskPage &page : m_pages)
        if (page.id == id)
            return &page;
    return nullptr;
}

void PagingDesk::add(const std::string &key, const std::string &title, const std::string &service, bool high, Offset at) const
{
    DeskPage page;
    page.number = 4101 + static_cast<int>(m_pages.size());
    page.id = "Q" + std::to_string(page.number) + "PAGE";
    page.key = key;
    page.title = title;
    page.service = service;
    page.high = high;
    page.at = at;
    m_pages.push_back(std::move(page));
}

/// What time does to a page that nobody touched: it escalates, and the team-mate answers.
void PagingDesk::settle(DeskPage &page, Offset now)
{
    page.escalatesAt.reset();
    if (page.endedAt || page.ackedAt)
        return;
    if (page.level < levels && now >= page.at + escalation) {
        page.level = levels;
        page.assignedAt = page.at + escalation;
    }
    const Offset reached = page.at + escalation;
    if (page.level < levels)
        page.escalatesAt = reached;
    else if (now >= reached + mateAnswers) {
        page.ackedAt = reached + mateAnswers;
        page.ackedBy = people()[1].id;
    }
}

void PagingDesk::follow(Offset now) const
{
    std::vector<ActiveAlert> firing;
    if (!m_view.world.scenario().switches.cutFromAlertmanager)
        for (RuleAlerts &rule : m_view.live.epoch()->rules.at(now))
            for (ActiveAlert &alert : rule.alerts)
                if (alert.firing && now >= alert.firedAt + groupWait)
                    firing.push_back(std::move(alert));
    std::set<int> alive;
    for (const ActiveAlert &alert : firing) {
        const std::string &receiver = m_routes.receiverOf(alert.labels);
        const bool inhibited = std::any_of(firing.begin(), firing.end(), [&](const ActiveAlert &other) {
            return m_routes.inhibits(other.labels, alert.labels);
        });
        if (receiver.rfind("oncall-", 0) != 0 || inhibited)
            continue;
        const std::string known = alert.fingerprint + '@' + std::to_string(static_cast<long long>(alert.firedAt));
        auto page = m_byAlert.find(known);
        if (page == m_byAlert.end()) {
            const std::string name = deskLabel(alert.labels, "alertname");
            const std::string service = deskLabel(alert.labels, "service");
            const std::string words = service.empty() ? name : name + ' ' + service;
            add(alert.fingerprint, "[FIRING:1] " + words, service, true, alert.firedAt + groupWait);
            page = m_byAlert.emplace(known, m_pages.back().number).first;
        }
        alive.insert(page->second);
    }
    for (const auto &[known, number] : m_byAlert) {
        DeskPage &page = m_pages[static_cast<std::size_t>(number - 4101)];
        if (!alive.contains(number) && !page.endedAt)
            page.endedAt = now;
    }
    for (DeskPage &page : m_pages)
        settle(page, now);
}

std::vector<DeskPage> PagingDesk::pages() const
{
    const Offset now = m_view.now();
    const std::lock_guard lock(m_mutex);
    follow(now);
    std::vector<DeskPage> all = m_pages;
    std::stable_sort(all.begin(), all.end(), [](const DeskPage &a, const DeskPage &b) { return a.at > b.at; });
    return all;
}

std::optional<DeskPage> PagingDesk::page(const std::string &id) const
{
    for (DeskPage &one : pages())
        if (one.id == id)
            return one;
    return std::nullopt;
}

void PagingDesk::trigger(const std::string &key, const std::string &title, const std::string &service, bool high)
{
    const std::lock_guard lock(m_mutex);
    if (open(key) == nullptr) // the same key is the same page
        add(key, title, service, high, m_view.now());
}

void PagingDesk::event(const std::string &key, bool resolves)
{
    const std::lock_guard lock(m_mutex);
    DeskPage *page = open(key);
    if (page == nullptr)
        return;
    if (resolves)
        page->endedAt = m_view.now();
    else if (!page->ackedAt)
        page->ackedAt = m_view.now();
}

void PagingDesk::acknowledge(const std::string &id, const std::string &by)
{
    const std::lock_guard lock(m_mutex);
    DeskPage *page = byId(id);
    if (page == nullptr || page->endedAt || page->ackedAt)
        return;
    page->ackedAt = m_view.now();
    page->ackedBy = by;
}

void PagingDesk::resolve(const std::string &id)
{
    const std::lock_guard lock(m_mutex);
    if (DeskPage *page = byId(id); page != nullptr && !page->endedAt)
        page->endedAt = m_view.now();
}

void PagingDesk::escalate(const std::string &id, int level)
{
    const std::lock_guard lock(m_mutex);
    DeskPage *page = byId(id);
    if (page == nullptr || page->endedAt)
        return;
    page->level = std::clamp(level, 1, levels);
    page->assignedAt = m_view.now();
    page->ackedAt.reset(); // it rings again, at others
    page->ackedBy.clear();
}

void PagingDesk::addResponders(const std::string &id, const std::vector<std::string> &who)
{
    const std::lock_guard lock(m_mutex);
    if (DeskPage *page = byId(id))
        for (const std::string &one : who)
            if (std::find(page->responders.begin(), page->responders.end(), one) == page->responders.end())
                page->responders.push_back(one);
}

} // namespace cockpit::demo
