// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/manifest_checks.h"

#include <algorithm>

namespace cockpit {

namespace {

/// Where one of them names none, a kustomization or the command that applies them gives it.
bool isSameSpace(const QString &a, const QString &b) { return a == b || a.isEmpty() || b.isEmpty(); }

QString labelKey(const QString &name, const QString &value) { return name + u'=' + value; }

bool selects(const ManifestSelector &selector, const ManifestWorkload &workload)
{
    if (selector.labels.isEmpty() || !isSameSpace(selector.nameSpace, workload.nameSpace))
        return false;
    for (auto label = selector.labels.cbegin(); label != selector.labels.cend(); ++label) {
        const auto own = workload.podLabels.constFind(label.key());
        if (own == workload.podLabels.cend() || *own != *label)
            return false;
    }
    return true;
}

} // namespace

ManifestIndex::ManifestIndex(const ManifestSet &set)
    : m_set(set)
    , m_services(byFirstLabel(set.services))
    , m_budgets(byFirstLabel(set.budgets))
{
    for (const ManifestScaler &scaler : set.scalers)
        m_scalers.insert(scaler.kind + u'/' + scaler.name, &scaler);
    for (const ManifestData &data : set.data) {
        if (data.kind == u"ConfigMap")
            m_configMaps[data.name].append(&data);
    }
    for (const ManifestWorkload &workload : set.workloads) {
        for (auto label = workload.podLabels.cbegin(); label != workload.podLabels.cend(); ++label)
            m_workloads[labelKey(label.key(), label.value())].append(&workload);
    }
}

ManifestIndex::Selectors ManifestIndex::byFirstLabel(const QList<ManifestSelector> &selectors)
{
    Selectors all;
    for (const ManifestSelector &selector : selectors) {
        if (!selector.labels.isEmpty())
            all[labelKey(selector.labels.firstKey(), selector.labels.first())].append(&selector);
    }
    return all;
}

const ManifestSelector *ManifestIndex::selecting(const Selectors &selectors, const ManifestWorkload &workload)
{
    for (auto label = workload.podLabels.cbegin(); label != workload.podLabels.cend(); ++label) {
        for (const ManifestSelector *selector : selectors.value(labelKey(label.key(), label.value()))) {
            if (selects(*selector, workload))
                return selector;
        }
    }
    return nullptr;
}

const ManifestScaler *ManifestIndex::scalerOf(const ManifestWorkload &workload) const
{
    const ManifestScaler *scaler = m_scalers.value(workload.kind + u'/' + workload.name);
    return scaler && isSameSpace(scaler->nameSpace, workload.nameSpace) ? scaler : nullptr;
}

std::optional<int> ManifestIndex::replicasOf(const ManifestWorkload &workload) const
{
    if (!workload.runsForever() || workload.kind == u"DaemonSet")
        return std::nullopt;
    if (const ManifestScaler *scaler = scalerOf(workload))
        return scaler->minimum;
    return workload.replicas.value_or(1);
}

std::optional<int> ManifestIndex::mostReplicasOf(const ManifestWorkload &workload) const
{
    const ManifestScaler *scaler = scalerOf(workload);
    return scaler && scaler->maximum > 0 ? std::optional(scaler->maximum) : replicasOf(workload);
}

QList<const ManifestContainer *> ManifestIndex::serversOf(const ManifestWorkload &workload) const
{
    QList<const ManifestContainer *> declared;
    QList<const ManifestContainer *> all;
    if (!workload.runsForever())
        return all;
    for (const ManifestContainer &container : workload.containers) {
        if (container.isInit)
            continue;
        all.append(&container);
        if (container.servesPort)
            declared.append(&container);
    }
    const bool isSelected = declared.isEmpty() && selecting(m_services, workload);
    return isSelected ? all : declared;
}

const ManifestSelector *ManifestIndex::budgetOf(const ManifestWorkload &workload) const
{
    return selecting(m_budgets, workload);
}

QList<const ManifestWorkload *> ManifestIndex::selectedBy(const ManifestSelector &budget) const
{
    QList<const ManifestWorkload *> all;
    if (budget.labels.isEmpty())
        return all;
    for (const ManifestWorkload *workload :
         m_workloads.value(labelKey(budget.labels.firstKey(), budget.labels.first()))) {
        if (selects(budget, *workload))
            all.append(workload);
    }
    return all;
}

bool ManifestIndex::hasDefaultLimit(const ManifestWorkload &workload) const
{
    return std::any_of(m_set.defaultedSpaces.begin(), m_set.defaultedSpaces.end(),
                       [&](const QString &space) { return isSameSpace(space, workload.nameSpace); });
}

const ManifestData *ManifestIndex::configMap(const QString &name, const QString &nameSpace) const
{
    for (const ManifestData *data : m_configMaps.value(name)) {
        if (isSameSpace(data->nameSpace, nameSpace))
            return data;
    }
    return nullptr;
}

QString ManifestIndex::valueOf(const ManifestEntry &variable, const ManifestWorkload &workload) const
{
    if (variable.configMap.isEmpty())
        return variable.value;
    if (const ManifestData *data = configMap(variable.configMap, workload.nameSpace)) {
        for (const ManifestEntry &entry : data->entries) {
            if (entry.name == variable.configKey)
                return entry.value;
        }
    }
    return {};
}

std::optional<int> manifestShare(const QString &text, int replicas, bool roundsUp)
{
    bool isNumber = false;
    if (!text.endsWith(u'%')) {
        const int count = text.toInt(&isNumber);
        return isNumber ? std::optional(count) : std::nullopt;
    }
    const int percent = text.chopped(1).toInt(&isNumber);
    if (!isNumber || percent < 0 || percent > 100)
        return std::nullopt;
    return (percent * replicas + (roundsUp ? 99 : 0)) / 100;
}

} // namespace cockpit
