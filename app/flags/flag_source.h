// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/poll_round.h"
#include "app/formats/flag_place.h"

#include <functional>
#include <memory>
#include <vector>

namespace cockpit {

/// One flag as its service just told it, for a plan or a proof.
struct FlagReading {
    ParsedFlag parsed{};
    std::vector<FlagEvent> events{}; ///< of this flag, newest first
    bool eventsKnown = false;        ///< false: there is no event log, or it was refused
    QStringList ourNames{};          ///< how the event log calls the user of our token; empty = not known
    Duration sdkDelay{15000};        ///< how long SDKs may take to see a change, in real time
    const FlagState *state(const QString &environment) const;
};

/// A flag to be switched in one environment.
struct FlagSwitch {
    FlagKey flag{};
    QString environment{};
    bool enabled = false;
    bool activateStrategies = false; ///< its disabled strategies are enabled with it
    QString comment{};               ///< why, for the service's own log
};

/// One configured flag service. Owner's thread; its answers are read on the I/O thread, and `done` is called there, once
/// each.
class FlagSource {
public:
    template <typename T> using Answer = std::function<void(Result<T>)>;
    struct Settings {
        SourceIdentity identity{};
        EndpointPtr endpoint{}; ///< null for a file
        FlagPlace place{};
        QString file{}; ///< flagd only: instead of the endpoint
    };

    virtual ~FlagSource() = default;
    /// Publishes a FlagsUpdate when the flags are known, and one StatusUpdate.
    virtual void poll(HttpLane lane) = 0;
    /// One flag afresh. Errors: NotFound when the service has no such flag.
    virtual void read(const FlagKey &flag, Answer<FlagReading> done) = 0;
    /// Sends once; answers Forbidden and Conflict in words where the service asks for an approval.
    virtual void set(const FlagSwitch &wish, Answer<Done> done) = 0;
};

/// The source for a kind of flag service. `client`, `clock` outlive it.
std::unique_ptr<FlagSource> makeUnleashSource(HttpClient &client, const Clock &clock, FlagSource::Settings settings,
                                              UpdateSink publish);
std::unique_ptr<FlagSource> makeLaunchDarklySource(HttpClient &client, const Clock &clock,
                                                   FlagSource::Settings settings, UpdateSink publish);
std::unique_ptr<FlagSource> makeFlagdSource(HttpClient &client, const Clock &clock, FlagSource::Settings settings,
                                            UpdateSink publish);
std::unique_ptr<FlagSource> makeOfrepSource(HttpClient &client, const Clock &clock, FlagSource::Settings settings,
                                            UpdateSink publish);

/// The same endpoint with its token as the whole `Authorization` header, without "Bearer".
EndpointPtr withPlainToken(const EndpointPtr &endpoint);

/// What changed each flag last in the environment `here`, from its service's event log.
void addLastChanges(std::vector<ParsedFlag> &flags, const std::vector<FlagEvent> &events, const QString &here);
/// As the contract of updates has them; archived ones are left out.
std::shared_ptr<const std::vector<FlagPtr>> sharedFlags(std::vector<ParsedFlag> flags);

} // namespace cockpit
