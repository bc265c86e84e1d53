// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/configuration.h"
#include "app/config/secret_resolver.h"
#include "app/incidents/incident_archive.h"
#include "app/store/store_thread.h"

#include <memory>

namespace cockpit {

/// The archive that `store:` names: the team's PostgreSQL where there is one, else this laptop's store. `store` (always
/// the laptop's) and `clock` outlive it; `secrets` gives PostgreSQL's password. Not started.
std::unique_ptr<IncidentArchive> makeIncidentArchive(const StoreConfig &config, const QString &environment,
                                                     StoreThread &store, const Clock &clock, SecretSources secrets);

} // namespace cockpit
