// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>

namespace cockpit {

/// What decides which network this computer is in. Bridges and pods of a container runtime come and go without it.
struct NetworkFace {
    QStringList addresses{}; ///< "tun0 10.8.0.2" of interfaces that are up, sorted; without loopback and link-local ones
    QString resolver{};      ///< the text of resolv.conf; empty when it cannot be read
    bool operator==(const NetworkFace &) const = default;
};

/// Reads both now, from the kernel and from that file. Any thread but the GUI's: it reads a file.
NetworkFace networkFace(const QString &resolverPath);

/// "address tun0 10.8.0.2 is new, 1 address is gone; other name servers": for a notice. Empty when both are equal.
QString networkChangeText(const NetworkFace &before, const NetworkFace &after);

/// Watches the network on a thread of its own: the kernel tells of interfaces, addresses and routes (rtnetlink(7)), and
/// resolv.conf is looked at every `interval`. A change is told once it was quiet for `settle`. Where the kernel's
/// socket cannot be opened (a sandbox), the interval alone does it.
class NetworkWatch {
public:
    struct Settings {
        QString resolverPath = QStringLiteral("/etc/resolv.conf");
        std::chrono::milliseconds interval{5000};
        std::chrono::milliseconds settle{1000};
    };
    /// `changed` is called on the watch's thread with networkChangeText.
    using Changed = std::function<void(const QString &words)>;

    NetworkWatch(Settings settings, Changed changed);
    /// Ends the thread; `changed` is not called afterwards.
    ~NetworkWatch();
    NetworkWatch(const NetworkWatch &) = delete;
    NetworkWatch &operator=(const NetworkWatch &) = delete;

private:
    class Watching;
    std::unique_ptr<Watching> m_watching;
};

} // namespace cockpit
