// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/manifest.h"

#include <QByteArray>
#include <QString>

namespace cockpit {

/// The text may hold Kubernetes objects: worth reading as such. Cheap.
bool looksLikeManifest(const QByteArray &text);
/// It is a template of Helm ("{{ .Values.image }}"), which is no YAML before it is rendered.
bool isHelmTemplate(const QByteArray &text);

/// Reads Kubernetes manifests in YAML or JSON: several documents, `List` objects, anchors and merge keys. Each document
/// by itself, so that a broken one hides no other; it is said in `notChecked`, as are templates, texts that are not
/// UTF-8, files of more than 4 MiB and documents whose aliases describe more than 100 000 nodes. `file` names it.
ManifestSet readManifests(const QByteArray &text, const QString &file);

} // namespace cockpit
