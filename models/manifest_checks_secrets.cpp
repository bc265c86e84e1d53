// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/manifest_checks.h"
#include "models/review_rule.h"
#include "models/secret_shapes.h"

#include <algorithm>

namespace cockpit {

void checkManifestVariables(const ManifestWorkload &workload, QList<ReviewFinding> &findings)
{
    for (const ManifestContainer &container : workload.containers) {
        for (const ManifestEntry &variable : container.variables)
            checkNamedValue(variable.name, variable.value, workload.file, variable.line,
                            workload.title() + u'/' + container.name, findings);
    }
}

void checkManifestData(const ManifestData &data, QList<ReviewFinding> &findings)
{
    const QString object = data.kind + u' ' + data.name;
    if (data.kind == u"ConfigMap") {
        for (const ManifestEntry &entry : data.entries) {
            checkNamedValue(entry.name, entry.value, data.file, entry.line, object, findings);
            // A whole file in a key has names of its own.
            if (entry.value.contains(u'\n')) {
                for (ReviewFinding &found : reviewConfiguration(entry.value, data.file)) {
                    const bool isSaid = std::any_of(findings.begin(), findings.end(), [&](const ReviewFinding &other) {
                        return other.finding.file == data.file && other.finding.line == entry.line;
                    });
                    if (isSaid)
                        break;
                    found.finding.line = entry.line;
                    found.finding.object = object + u'/' + entry.name;
                    findings.append(found);
                }
            }
        }
        return;
    }
    const auto real = std::find_if(data.entries.begin(), data.entries.end(), [](const ManifestEntry &entry) {
        return isSecretValue(entry.value) || !knownSecretIn(entry.value).isEmpty();
    });
    if (real != data.entries.end())
        findings.append(reviewFinding("config-secret-in-manifest",
                                      {.file = data.file, .line = real->line, .object = object, .name = data.name}));
}

} // namespace cockpit
