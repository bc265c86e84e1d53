// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/manifest_checks.h"

#include "models/review_words.h"

#include <QDir>
#include <QSet>

#include <algorithm>

namespace cockpit {

namespace {

QString kustomizedFolder(const QString &file) { return file.left(std::max<qsizetype>(0, file.lastIndexOf(u'/'))); }

QString pathFrom(const QString &folder, const QString &relative)
{
    return QDir::cleanPath(folder.isEmpty() ? relative : folder + u'/' + relative);
}

/// Files and folders that a kustomization builds on, through others too.
void reachResources(const QString &folder, const QHash<QString, const ManifestKustomization *> &byFolder,
                    QSet<QString> &reached)
{
    const ManifestKustomization *kustomization = byFolder.value(folder);
    if (!kustomization)
        return;
    for (const QString &resource : kustomization->resources) {
        const QString path = pathFrom(folder, resource);
        if (reached.contains(path))
            continue;
        reached.insert(path);
        reachResources(path, byFolder, reached);
    }
}

template <typename List> void takeOut(List &list, const QSet<QString> &files)
{
    list.erase(
        std::remove_if(list.begin(), list.end(), [&](const auto &object) { return files.contains(object.file); }),
        list.end());
}

} // namespace

QStringList takeOutUnrendered(ManifestSet &set, const QStringList &files)
{
    QHash<QString, const ManifestKustomization *> byFolder;
    for (const ManifestKustomization &kustomization : std::as_const(set.kustomizations))
        byFolder.insert(kustomizedFolder(kustomization.file), &kustomization);
    const QSet<QString> there(files.cbegin(), files.cend());
    QStringList notChecked;
    QSet<QString> changed;
    for (const ManifestKustomization &kustomization : std::as_const(set.kustomizations)) {
        const QString folder = kustomizedFolder(kustomization.file);
        for (qsizetype i = 0; i < kustomization.resources.size(); ++i) {
            const QString path = pathFrom(folder, kustomization.resources.at(i));
            const bool isFile = path.endsWith(u".yaml") || path.endsWith(u".yml") || path.endsWith(u".json");
            if (isFile && !path.contains(u"://") && !there.contains(path))
                notChecked.append(kustomization.file + u':' + QString::number(kustomization.resourceLines.value(i)) +
                                  ReviewWords::tr(": it names a file that is not here: ") + path);
        }
        for (const QString &patch : kustomization.patches)
            changed.insert(pathFrom(folder, patch));
        if (kustomization.changes.isEmpty())
            continue;
        QSet<QString> reached;
        reachResources(folder, byFolder, reached);
        changed.unite(reached);
        notChecked.append(kustomization.file + ReviewWords::tr(": a kustomization that changes its resources (") +
                          kustomization.changes.join(QStringLiteral(", ")) +
                          ReviewWords::tr("), which is not rendered here: review the output of `kubectl kustomize`"));
    }
    takeOut(set.workloads, changed);
    takeOut(set.budgets, changed);
    takeOut(set.services, changed);
    return notChecked;
}

QList<ReviewFinding> reviewManifests(const ManifestSet &set)
{
    const ManifestIndex index(set);
    QList<ReviewFinding> findings;
    for (const ManifestWorkload &workload : set.workloads) {
        checkManifestProbes(workload, index, findings);
        if (workload.hasTemplate)
            checkManifestResources(workload, index, findings);
        checkManifestDisruption(workload, index, findings);
        checkManifestShutdown(workload, index, findings);
        checkManifestRollout(workload, index, findings);
        checkManifestImages(workload, findings);
        checkManifestVariables(workload, findings);
    }
    for (const ManifestSelector &budget : set.budgets)
        checkManifestBudget(budget, index, findings);
    for (const ManifestData &data : set.data)
        checkManifestData(data, findings);
    return findings;
}

} // namespace cockpit
