// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"
#include "models/result.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace cockpit {

/// Exit codes of the contract (architecture.md, "Contracts").
namespace exitCode {
inline constexpr int ok = 0;
inline constexpr int usage = 64;
inline constexpr int configuration = 78;
} // namespace exitCode

/// What the command line asked for. Without a command the window opens.
struct Invocation {
    QString command{}; ///< empty = the window
    QStringList arguments{};
    QString configPath{};
    std::optional<QString> demoScenario{}; ///< set by --demo[=SCENARIO]
    double demoSpeed = 1.0;
    QStringList faults{};
    bool json = false;
    std::chrono::milliseconds timeout{10'000};
    // actions
    Duration length{std::chrono::minutes(15)};
    bool lengthGiven = false; ///< --for was given
    QString reason{};
    QString actor{};
    QString cluster{};
    bool yes = false;
    bool dryRun = false;
    QStringList accepted{};
    // rollouts
    QString toRevision{};           ///< a number, a pod template hash or the name of the revision's object
    bool full = false;              ///< promote past all steps
    std::optional<int> replicas{};  ///< of scale
    Duration verify{0};             ///< how long the effect has to hold; 0 = as the policy says
    bool watch = false;
    // breakers
    QString mode{};      ///< wire name of a BreakerMode; empty = none was given
    QStringList pods{};  ///< only these; empty = all
    // flags and capacity
    QString flagEnvironment{};
    std::optional<int> minimum{};
    std::optional<int> maximum{};
    // paging and chat
    QString dedupKey{}; ///< of a page to be triggered
    QString channel{};
    QString thread{};   ///< reference of its first message
    // tour
    QString out{};
    QSize size{1366, 768};
    QString theme{};
    double scale = 1.0;
    // export
    QString engine{};
    QString service{};
    // lint
    QString format{}; ///< as given; empty = text, or JSON with --json
    QStringList rules{};
    QString root{};
    QString since{}; ///< a git revision: only what changed after it
    // review
    QStringList confirmed{}; ///< "CHECK=REASON" of a person
    // runbooks
    bool sectionOnly = false; ///< the section's text alone
    // incidents
    QString alert{};   ///< name or fingerprint
    QString level{};   ///< "P1" … "P4" of an incident or a page, or the level that a page is escalated to
    QString title{};
    QString owner{};   ///< of a task or a follow-up
    QString due{};     ///< a day, "2026-12-01"
    QString at{};      ///< RFC 3339, of a correction
    QString condition{}, actionsTaken{}, needs{}; ///< of a CAN report
    bool send = false; ///< the status update goes out
    int days = 30;     ///< of figures
    // delivery
    QString outcome{}; ///< what a deployment counts as
    bool week = false; ///< a report of the last 7 days
    bool list = false; ///< what was counted, not the figures
    // lists
    QString filter{};
    int limit = 100;

    bool needsWidgets() const { return command.isEmpty() || command == u"tour"; }
};

/// Reads the arguments (without the program's name). Errors: Invalid, with the usage line in `next`.
Result<Invocation> parseInvocation(const QStringList &arguments);

/// The general help.
QString helpText();

/// "15m", "1h", "90s", "2h30m", "1d". Errors: Invalid.
Result<Duration> parseDuration(const QString &text);

} // namespace cockpit
