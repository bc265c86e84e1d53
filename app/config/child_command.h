// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

#include <atomic>
#include <chrono>
#include <optional>
#include <variant>

namespace cockpit {

/// A program to run for its output: without a standard input, in a process group of its own, with default signals.
struct ChildCommand {
    /// Program and arguments. A name without '/' is looked up in the PATH of `environment`. REQUIRES: not empty.
    QStringList command{};
    std::optional<QMap<QString, QString>> environment{}; ///< nothing = that of this process
    std::chrono::milliseconds limit{30000};
    const std::atomic_bool *stop = nullptr; ///< set it to end the wait early; must outlive the call
    qsizetype mostBytes = 64 * 1024;        ///< of the output
    bool endsItsGroup = true; ///< what it left behind is killed too when it ends by itself; always at limit and stop
};

/// What a program that ended by itself left.
struct ChildEnd {
    int exitCode = 0;
    bool signalled = false; ///< a signal ended it; exitCode is its number
    QByteArray output{};
    QByteArray errorTail{}; ///< the last 4 KiB of its standard error
};

/// Why there is none.
struct ChildFailure {
    enum class Reason { NotFound, CannotStart, Timeout, Cancelled, TooLarge };
    Reason reason = Reason::CannotStart;
    int errorNumber = 0; ///< of CannotStart
    QByteArray errorTail{};
};

/// Runs it and waits. Blocks, at most for `limit`; then, and on `stop`, its whole group is killed.
std::variant<ChildEnd, ChildFailure> runChildCommand(const ChildCommand &child);

} // namespace cockpit
