// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/manifest.h"

namespace cockpit {

void ManifestSet::append(const ManifestSet &other)
{
    workloads += other.workloads;
    budgets += other.budgets;
    services += other.services;
    scalers += other.scalers;
    data += other.data;
    kustomizations += other.kustomizations;
    defaultedSpaces += other.defaultedSpaces;
    objects += other.objects;
    notChecked += other.notChecked;
}

} // namespace cockpit
