// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/incidents/incident_archive_factory.h"

#include "app/incidents/postgres_archive.h"
#include "app/incidents/sqlite_archive.h"
#include "app/store/process_identity.h"

#include <QSysInfo>

namespace cockpit {

std::unique_ptr<IncidentArchive> makeIncidentArchive(const StoreConfig &config, const QString &environment,
                                                     StoreThread &store, const Clock &clock, SecretSources secrets)
{
    if (!config.postgresql)
        return std::make_unique<SqliteArchive>(store, environment, clock);
    PostgresLink::Options options;
    options.config = *config.postgresql;
    options.secrets = std::move(secrets);
    options.environment = environment;
    options.owner = QSysInfo::machineHostName() + u' ' + thisProcessIdentity();
    return std::make_unique<PostgresArchive>(store, std::move(options), clock);
}

} // namespace cockpit
