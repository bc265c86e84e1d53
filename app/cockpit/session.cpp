// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/session.h"

#include <QDir>
#include <QStandardPaths>

#include <pwd.h>
#include <unistd.h>

namespace cockpit {

namespace {

QString loginName()
{
    for (const char *variable : {"DT_COCKPIT_ACTOR", "USER", "LOGNAME"}) {
        const QString name = qEnvironmentVariable(variable);
        if (!name.isEmpty())
            return name;
    }
    // Services and containers often have no such variable; the system knows the name all the same.
    const passwd *entry = ::getpwuid(::geteuid());
    return entry && entry->pw_name ? QString::fromLocal8Bit(entry->pw_name) : QStringLiteral("unknown");
}

/// The demo's store goes with the demo.
QString storePath(const Configuration &configuration, const DemoProcess *demo)
{
    const bool isDemos = demo && configuration.store.sqlite.isEmpty();
    return isDemos ? demo->folder() + QStringLiteral("/cockpit.sqlite") : storePathOf(configuration);
}

Result<QHash<QString, MetricPreset>> loadPresets(const Configuration &configuration)
{
    QHash<QString, MetricPreset> presets;
    for (const PrometheusConfig &prometheus : configuration.prometheus) {
        if (presets.contains(prometheus.preset))
            continue;
        auto preset = loadPreset(prometheus.preset);
        if (!preset)
            return preset.error();
        presets.insert(prometheus.preset, *preset);
    }
    return presets;
}

} // namespace

QString storePathOf(const Configuration &configuration)
{
    if (!configuration.store.sqlite.isEmpty())
        return configuration.store.sqlite;
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/dt-cockpit/cockpit.sqlite");
}

std::unique_ptr<Clock> makeClock(const Configuration &configuration)
{
    auto live = std::make_unique<LiveClock>();
    if (!configuration.demo)
        return live;
    const DemoConfig &demo = *configuration.demo;
    const Duration since = live->now() - demo.origin;
    return std::make_unique<ScaledClock>(demo.start + Duration(qint64(double(since.count()) * demo.speed)), demo.speed);
}

Session::Session(QObject *parent) : QObject(parent) {}

Session::~Session() = default;

void Session::open(const Options &options, std::function<void(const Opened &)> opened)
{
    m_options = options;
    if (!options.demo) {
        const auto path = findConfiguration(options.configPath, processEnvironment());
        if (!path)
            return opened({.error = path.error()});
        return load(*path, opened);
    }
    m_demo = std::make_unique<DemoProcess>();
    connect(m_demo.get(), &DemoProcess::ended, this, &Session::demoEnded);
    m_demo->start(*options.demo, [this, opened](const Result<QString> &path) {
        if (!path)
            return opened({.error = path.error()});
        load(*path, opened);
    });
}

void Session::load(const QString &path, const std::function<void(const Opened &)> &opened)
{
    const LoadedConfiguration loaded = loadConfiguration(path, processEnvironment());
    if (!loaded.isUsable())
        return opened({.error = Error{.kind = Error::Kind::Invalid,
                                      .what = tr("The configuration has mistakes."),
                                      .next = tr("Mend them; dt-cockpit lint config shows them again.")},
                       .problems = loaded.problems,
                       .configPath = path});
    auto presets = loadPresets(loaded.configuration);
    if (!presets)
        return opened({.error = presets.error(), .configPath = path});
    m_clock = makeClock(loaded.configuration);
    m_cockpit = std::make_unique<Cockpit>(
        *m_clock, Cockpit::Settings{.configuration = loaded.configuration,
                                    .presets = *presets,
                                    .storePath = storePath(loaded.configuration, m_demo.get()),
                                    .actor = m_options.actor.isEmpty() ? loginName() : m_options.actor,
                                    .keychain = m_options.keychain,
                                    .pdf = m_options.pdf,
                                    .isWindow = m_options.isWindow});
    m_cockpit->start();
    opened({.problems = loaded.problems, .configPath = path});
}

} // namespace cockpit
