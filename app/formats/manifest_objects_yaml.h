// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/yaml_view.h"
#include "models/manifest.h"

namespace cockpit {

/// Reads one object, or the objects of a `List`, into a set; what has no apiVersion and kind is none.
void readManifestObject(const YamlView &root, const QString &file, ManifestSet &into);

} // namespace cockpit
