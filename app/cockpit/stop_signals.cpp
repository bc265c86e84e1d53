// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/stop_signals.h"

#include <QSocketNotifier>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace cockpit {

namespace {

/// A handler may only do what is async-signal-safe: one write. It has no other way to find the pipe than a static.
int stopPipe[2] = {-1, -1};

void writeStop(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(stopPipe[1], &byte, 1);
}

} // namespace

StopSignals::StopSignals(QObject *parent) : QObject(parent)
{
    if (::pipe2(stopPipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    auto *notifier = new QSocketNotifier(stopPipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        char bytes[16];
        [[maybe_unused]] const auto drained = ::read(stopPipe[0], bytes, sizeof bytes);
        Q_EMIT stopRequested();
    });
    struct sigaction action = {};
    action.sa_handler = writeStop;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

} // namespace cockpit
