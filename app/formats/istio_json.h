// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/kubernetes_object.h"
#include "models/breaker.h"
#include "models/result.h"

#include <QByteArray>
#include <QString>

namespace cockpit {

// Istio's objects (backends.md §7c). What is forced open is a VirtualService with an abort fault of 100 % on each of
// its HTTP routes: a DestinationRule cannot say "no calls". Whether Envoy's own limits act now stands in no object.

/// One VirtualService as a breaker.
struct IstioBreaker {
    QString name{};
    QString host{};                            ///< the first of its hosts
    BreakerState state = BreakerState::Closed; ///< ForcedOpen or Closed
    QString readOnlyReason{};                  ///< why it cannot be forced, in words
    QString controlledBy{};                    ///< GitOps that owns the object
    bool operator==(const IstioBreaker &) const = default;
};
IstioBreaker istioBreaker(const KubernetesObject &virtualService);

/// The JSON patch that forces it open or gives it back: a test on the name of each named route, the abort fault, and
/// the resourceVersion, so that a change by somebody else in between is a conflict. Other faults of a route stay.
/// Errors: Invalid, for a mode that Istio cannot express and for an object without HTTP routes.
Result<QByteArray> istioFaultPatch(const KubernetesObject &virtualService, BreakerMode mode);

} // namespace cockpit
