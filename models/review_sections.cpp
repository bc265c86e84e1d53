// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/manifest_checks.h"
#include "models/review_material.h"
#include "models/review_words.h"

#include <QLocale>

#include <algorithm>

namespace cockpit {

namespace {

constexpr qsizetype mostSectionRows = 500;

QString probesOf(const ManifestWorkload &workload)
{
    QStringList found;
    const auto any = [&](auto which) {
        return std::any_of(workload.containers.begin(), workload.containers.end(),
                           [&](const ManifestContainer &container) { return (container.*which).has_value(); });
    };
    if (any(&ManifestContainer::readiness))
        found.append(ReviewWords::tr("readiness"));
    if (any(&ManifestContainer::liveness))
        found.append(ReviewWords::tr("liveness"));
    if (any(&ManifestContainer::startup))
        found.append(ReviewWords::tr("startup"));
    return found.isEmpty() ? ReviewWords::tr("none") : found.join(QStringLiteral(", "));
}

QString shutdownOf(const ManifestWorkload &workload)
{
    const bool hasHook = std::any_of(workload.containers.begin(), workload.containers.end(),
                                     [](const ManifestContainer &container) { return container.hasPreStop; });
    return ReviewWords::tr("%1 s%2").arg(QString::number(workload.grace.value_or(30)),
                                         hasHook ? ReviewWords::tr(", preStop") : ReviewWords::tr(", no preStop"));
}

QString memoryText(double bytes)
{
    return QLocale::c().formattedDataSize(qint64(bytes), 1, QLocale::DataSizeIecFormat);
}

QString stateWord(RunbookCoverage::State state)
{
    if (state == RunbookCoverage::State::Complete)
        return ReviewWords::tr("complete");
    return state == RunbookCoverage::State::Missing ? ReviewWords::tr("missing") : ReviewWords::tr("needs work");
}

/// The first rows; that there are more is said.
void cutRows(ReviewSection &section)
{
    if (section.table.rows.size() <= mostSectionRows)
        return;
    section.paragraphs.append(
        ReviewWords::tr("The first %1 of %2 rows.").arg(mostSectionRows).arg(section.table.rows.size()));
    section.table.rows = section.table.rows.mid(0, mostSectionRows);
}

} // namespace

ReviewSection deploymentSection(const ReviewMaterial &material)
{
    ReviewSection section;
    const ManifestIndex index(material.manifests);
    section.table.head = {ReviewWords::tr("Workload"), ReviewWords::tr("Replicas"), ReviewWords::tr("Strategy"),
                          ReviewWords::tr("Probes"),   ReviewWords::tr("Budget"),   ReviewWords::tr("Shutdown")};
    for (const ManifestWorkload &workload : material.manifests.workloads) {
        const std::optional<int> replicas = index.replicasOf(workload);
        const ManifestSelector *budget = index.budgetOf(workload);
        section.table.rows.append(
            {workload.title(), replicas ? QString::number(*replicas) : ReviewWords::tr("not known"),
             workload.strategy.isEmpty() ? ReviewWords::tr("RollingUpdate (default)") : workload.strategy,
             probesOf(workload), budget ? budget->name : ReviewWords::tr("none"), shutdownOf(workload)});
    }
    if (section.table.rows.isEmpty())
        section.paragraphs.append(ReviewWords::tr("No workload was among what was looked at."));
    cutRows(section);
    return section;
}

ReviewSection runbookSection(const ReviewMaterial &material, Instant now)
{
    ReviewSection section;
    section.table.head = {ReviewWords::tr("Alert"), ReviewWords::tr("Runbook"), ReviewWords::tr("State"),
                          ReviewWords::tr("Sections")};
    int without = 0;
    for (const RunbookCoverage &row : coverageOf(material.library, material.rules, RunbookLintRules(), now)) {
        without += row.state == RunbookCoverage::State::Missing ? 1 : 0;
        section.table.rows.append(
            {row.alert, row.state == RunbookCoverage::State::Missing ? QString() : row.link.runbook.path,
             stateWord(row.state), QString::number(row.sections) + u'/' + QString::number(row.sectionsAsked)});
    }
    if (section.table.rows.isEmpty())
        section.paragraphs.append(
            ReviewWords::tr("No alert rule was among what was looked at: nothing asks for a runbook."));
    else if (without > 0)
        section.paragraphs.append(
            ReviewWords::tr("%1 of %2 alerts have no runbook: write one each before the change goes out.")
                .arg(without)
                .arg(section.table.rows.size()));
    else
        section.paragraphs.append(ReviewWords::tr("Every alert has a runbook."));
    cutRows(section);
    return section;
}

ReviewSection costSection(const ReviewMaterial &material)
{
    ReviewSection section;
    const ManifestIndex index(material.manifests);
    section.table.head = {ReviewWords::tr("Workload"), ReviewWords::tr("Replicas"),
                          ReviewWords::tr("CPU cores asked for"), ReviewWords::tr("Memory asked for")};
    double allCpu = 0.0;
    double allMemory = 0.0;
    for (const ManifestWorkload &workload : material.manifests.workloads) {
        const std::optional<int> least = index.replicasOf(workload);
        if (!least)
            continue;
        const int most = std::max(*least, index.mostReplicasOf(workload).value_or(*least));
        double cpu = 0.0;
        double memory = 0.0;
        for (const ManifestContainer &container : workload.containers) {
            cpu += container.isInit ? 0.0 : container.cpu * *least;
            memory += container.isInit ? 0.0 : container.memory * *least;
        }
        allCpu += cpu;
        allMemory += memory;
        section.table.rows.append(
            {workload.title(),
             most > *least ? QString::number(*least) + u'–' + QString::number(most) : QString::number(*least),
             QString::number(cpu, 'g', 4), memoryText(memory)});
    }
    if (section.table.rows.isEmpty())
        section.paragraphs.append(ReviewWords::tr("No workload was among what was looked at."));
    else
        section.paragraphs.append(
            ReviewWords::tr(
                "At their least replicas the workloads ask for %1 CPU cores and %2 of memory. What that costs, and "
                "the cost per 1000 requests, is not checked: prices and traffic are not in files.")
                .arg(QString::number(allCpu, 'g', 4), memoryText(allMemory)));
    cutRows(section);
    return section;
}

} // namespace cockpit
