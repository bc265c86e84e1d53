// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/net/network_watch.h"
#include "app/store/store_thread.h"
#include "models/connectivity.h"

#include <QObject>

#include <functional>
#include <memory>

namespace cockpit {

/// Holds how true the screen is (models/connectivity.h), and asks for everything anew when the network is another one
/// or has come back. Owner's thread; the network is watched on a thread of its own.
class ConnectivityService : public QObject {
    Q_OBJECT
public:
    struct Parts {
        const Clock &clock;
        std::function<QList<SourceStatus>()> sources; ///< as they are known now
        Post post;                                    ///< from any thread to the owner's
    };

    explicit ConnectivityService(Parts parts, QObject *parent = nullptr);
    ~ConnectivityService() override;

    /// Begins to watch the network. A command that ends by itself need not.
    void watchNetwork(const NetworkWatch::Settings &settings = {});

    const Connectivity &state() const { return m_state; }
    /// Nothing was seen for so long (WakeWatcher); negative: the clock was set back.
    void woke(Duration missed);
    /// The fleet told what its sources say.
    void takeSources();

Q_SIGNALS:
    void changed();
    /// Another network: drop every connection and ask again. `words` say what changed.
    void networkChanged(const QString &words);
    /// A source answers after none did: the others need not wait for their next try.
    void cameBack();

private:
    void takeNetworkChange(const QString &words);
    void setState(Connectivity state);

    Parts m_parts;
    Connectivity m_state{};
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
    std::unique_ptr<NetworkWatch> m_network; ///< last: its thread ends before what it calls
};

} // namespace cockpit
