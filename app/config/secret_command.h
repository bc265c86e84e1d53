// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QStringList>

#include <atomic>
#include <chrono>

namespace cockpit {

/// Runs a command without a standard input, in a process group of its own, and returns what it prints (at most 64 KiB).
/// At the limit, on `stop`, and when it has ended, its whole group is killed: a helper that waits for a password must
/// not stay. Blocks. Errors: Invalid (not startable, failed), Timeout, Cancelled, TooLarge; never with its output.
Result<QByteArray> runSecretCommand(const QStringList &command, std::chrono::milliseconds limit,
                                    const std::atomic_bool *stop);

} // namespace cockpit
