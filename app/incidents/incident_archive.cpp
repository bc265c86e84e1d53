// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/incidents/incident_archive.h"

namespace cockpit {

IncidentArchive::IncidentArchive(QObject *parent)
    : QObject(parent)
{}

} // namespace cockpit
