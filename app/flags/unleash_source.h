// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/flags/flag_source.h"
#include "app/formats/unleash_json.h"

#include <QHash>

namespace cockpit {

/// Unleash's Admin API (backends.md §8): all flags page by page, the strategies of those that are on, the event log.
class UnleashSource final : public FlagSource {
public:
    UnleashSource(HttpClient &client, const Clock &clock, Settings settings, UpdateSink publish);

    void poll(HttpLane lane) override;
    void read(const FlagKey &flag, Answer<FlagReading> done) override;
    void set(const FlagSwitch &wish, Answer<Done> done) override;

private:
    struct Memory;
    struct Round;
    struct Reading;
    /// What every call needs; shared with the callbacks, which may outlive the source.
    struct Link {
        HttpClient &client;
        const Clock &clock;
        Settings settings;
        UpdateSink publish;
        std::shared_ptr<Memory> memory;

        HttpRequest request(const QString &path, HttpLane lane) const;
        Error failure(const HttpResponse &response, const QString &environment = {}) const;
        /// The body of a good answer, or the error in words.
        void get(HttpRequest request, std::function<void(Result<std::string>)> done) const;
    };
    static void askPage(const std::shared_ptr<const Link> &link, const std::shared_ptr<Round> &round);
    static void takePage(const std::shared_ptr<const Link> &link, const std::shared_ptr<Round> &round,
                         const Result<std::string> &body);
    static void askStrategies(const std::shared_ptr<const Link> &link, const std::shared_ptr<Round> &round);
    static void askEvents(const std::shared_ptr<const Link> &link, const std::shared_ptr<Round> &round);
    static void askEventsOf(const std::shared_ptr<const Link> &link, const std::shared_ptr<Reading> &reading);
    static void askWho(const std::shared_ptr<const Link> &link, const std::shared_ptr<Reading> &reading);
    static void askApprovals(const std::shared_ptr<const Link> &link, const std::shared_ptr<Reading> &reading);

    std::shared_ptr<const Link> m_link;
};

} // namespace cockpit
