// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/kubernetes_object.h"
#include "models/capacity.h"

#include <QByteArray>
#include <QList>

namespace cockpit {

/// One HorizontalPodAutoscaler of autoscaling/v2 (backends.md §5).
struct HpaFacts {
    QString nameSpace{};
    QString name{};
    QString uid{};
    QString resourceVersion{};
    QString targetKind{};
    QString targetName{};
    int minimum = 1;
    int maximum = 1;
    int current = 0;
    int desired = 0;
    QList<ScalingMetric> metrics{};
    bool atMaximum = false; ///< it wants more than it may have
    std::optional<Instant> limitedSince{};
    std::optional<Instant> lastScaledAt{};
    QString trouble{}; ///< why it cannot scale, in the controller's words; empty = it can
    QString lease{};   ///< its annotation dt-cockpit/lease
};

HpaFacts readHpa(const KubernetesObject &hpa);

/// A merge patch of its limits in this very version of it. `lease`: the text of the annotation, an empty one takes it
/// away; nothing leaves it as it is.
QByteArray hpaLimitsPatch(const KubernetesObject &hpa, int minimum, int maximum, const std::optional<QByteArray> &lease);

/// "/apis/autoscaling/v2/namespaces/NS/horizontalpodautoscalers[/NAME]".
QString hpaPath(const QString &nameSpace, const QString &name = {});

} // namespace cockpit
