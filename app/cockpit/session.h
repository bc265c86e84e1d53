// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/cockpit/cockpit.h"
#include "app/cockpit/demo_process.h"
#include "app/config/configuration_loader.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace cockpit {

/// From what the command line asked for to a running Cockpit: a configuration of one's own, or the demo's.
class Session : public QObject {
    Q_OBJECT
public:
    struct Options {
        QString configPath{};
        std::optional<DemoProcess::Options> demo{};
        QString actor{}; ///< empty = the login name
        KeychainReader keychain{};
        PdfOfHtml pdf{}; ///< empty = no PDF can be made here
        bool isWindow = false;
    };
    /// `problems` holds what is wrong with the configuration when it cannot be used.
    struct Opened {
        std::optional<Error> error{};
        QList<Finding> problems{};
        QString configPath{};
    };

    explicit Session(QObject *parent = nullptr);
    ~Session() override;

    /// Answers once, when the Cockpit is made (its sources do not answer yet) or cannot be.
    void open(const Options &options, std::function<void(const Opened &)> opened);
    /// REQUIRES: opened without an error.
    Cockpit &cockpit() { return *m_cockpit; }
    const Clock &clock() const { return *m_clock; }

Q_SIGNALS:
    void demoEnded(const QString &words);

private:
    void load(const QString &path, const std::function<void(const Opened &)> &opened);

    Options m_options;
    std::unique_ptr<DemoProcess> m_demo;
    std::unique_ptr<Clock> m_clock;
    std::unique_ptr<Cockpit> m_cockpit;
};

/// Where the store of a configuration lies: as it says, else in the platform's data folder.
QString storePathOf(const Configuration &configuration);
/// The clock that a configuration asks for: the demo's world runs on its own.
std::unique_ptr<Clock> makeClock(const Configuration &configuration);

} // namespace cockpit
