// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/manifest_checks.h"
#include "models/review_rule.h"

namespace cockpit {

namespace {

ReviewPlace containerPlace(const ManifestWorkload &workload, const ManifestContainer &container, int line,
                           const QString &detail = {})
{
    return {.file = workload.file,
            .line = line > 0 ? line : workload.line,
            .object = workload.title(),
            .name = container.name,
            .detail = detail};
}

/// "shop", "host:5000/shop", "shop:latest": not a digest, not a version. What a tool fills in ("$(TAG)") is not known.
bool isMovingImage(const QString &image)
{
    if (image.isEmpty() || image.contains(u'@') || image.contains(u'$') || image.contains(u"{{"))
        return false;
    const QString last = image.mid(image.lastIndexOf(u'/') + 1);
    const qsizetype colon = last.indexOf(u':');
    if (colon < 0)
        return true;
    static const QStringList moving{QStringLiteral("latest"),  QStringLiteral("stable"), QStringLiteral("edge"),
                                    QStringLiteral("nightly"), QStringLiteral("main"),   QStringLiteral("master"),
                                    QStringLiteral("dev"),     QStringLiteral("")};
    return moving.contains(last.mid(colon + 1));
}

} // namespace

void checkManifestResources(const ManifestWorkload &workload, const ManifestIndex &index,
                            QList<ReviewFinding> &findings)
{
    const bool hasDefault = index.hasDefaultLimit(workload);
    for (const ManifestContainer &container : workload.containers) {
        if (container.isInit || hasDefault)
            continue;
        const auto add = [&](const char *rule, const QString &detail = {}) {
            findings.append(reviewFinding(rule, containerPlace(workload, container, container.line, detail)));
        };
        if (!container.limitsMemory)
            add("manifest-no-memory-limit");
        if (!container.asksCpu || !container.asksMemory)
            add("manifest-no-requests", container.asksCpu      ? QStringLiteral("memory")
                                        : container.asksMemory ? QStringLiteral("CPU")
                                                               : QStringLiteral("CPU and memory"));
        if (!container.limitsCpu)
            add("manifest-no-cpu-limit");
    }
}

void checkManifestImages(const ManifestWorkload &workload, QList<ReviewFinding> &findings)
{
    for (const ManifestContainer &container : workload.containers) {
        if (isMovingImage(container.image))
            findings.append(reviewFinding("manifest-image-moving",
                                          containerPlace(workload, container, container.imageLine, container.image)));
    }
}

} // namespace cockpit
