// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/policy_basis.h"

#include "app/backends/series_identity.h"

#include <QCoreApplication>

namespace cockpit {

Result<PolicyExport> policyBasis(const Configuration &configuration, const MetricPreset &preset, const QString &service)
{
    if (!preset.tracks) {
        return Error{.kind = Error::Kind::Invalid,
                     .what = QCoreApplication::translate("PolicyExport", "The preset %1 cannot tell canary from stable.")
                                 .arg(preset.name),
                     .next = QCoreApplication::translate("PolicyExport", "Give it a section tracks.")};
    }
    PolicyExport basis;
    basis.queries = *preset.tracks;
    basis.budgetQuery = preset.ranges.value(Figure::BudgetLeft).query;
    basis.service = service;
    basis.serviceValue =
        SeriesIdentity(ServiceMap(configuration.serviceDefinitions()), preset).labelValue(ServiceId(service));
    // Alerts carry one of these; a mesh's own label stands in its series alone.
    for (const QString &label : {QStringLiteral("service"), QStringLiteral("job"), QStringLiteral("app")}) {
        if (preset.serviceLabels.value(0) == label)
            basis.serviceLabel = label;
    }
    basis.prometheusUrl = configuration.prometheus.value(0).endpoint.url;
    if (basis.prometheusUrl.isEmpty())
        basis.prometheusUrl = QStringLiteral("http://prometheus:9090");
    if (configuration.kubernetes && !configuration.kubernetes->namespaces.isEmpty())
        basis.nameSpace = configuration.kubernetes->namespaces.first();
    return basis;
}

} // namespace cockpit
