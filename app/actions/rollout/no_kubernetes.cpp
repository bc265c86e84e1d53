// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/no_kubernetes.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct NoKubernetesWords {
    Q_DECLARE_TR_FUNCTIONS(NoKubernetes)
};

Error noKubernetes(const QString &meaning)
{
    return Error{Error::Kind::Invalid, NoKubernetesWords::tr("No Kubernetes cluster is configured."), meaning,
                 NoKubernetesWords::tr("Name a kubeconfig or a context under `kubernetes:` in the configuration.")};
}

} // namespace

void NoKubernetesHandler::plan(const ActionRequest &, Planned done)
{
    done(noKubernetes(NoKubernetesWords::tr("Nothing was sent.")));
}

void NoKubernetesHandler::send(const ActionRecord &, Event done)
{
    done(ServerRefused{noKubernetes(NoKubernetesWords::tr("Nothing was sent."))});
}

void NoKubernetesHandler::verify(const ActionRecord &, Event done)
{
    done(OutcomeNotKnown{noKubernetes(NoKubernetesWords::tr("The outcome cannot be read."))});
}

void NoKubernetesHandler::settle(const ActionRecord &, Event done)
{
    done(OutcomeNotKnown{noKubernetes(NoKubernetesWords::tr("The outcome cannot be read."))});
}

} // namespace cockpit
