// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/json_node.h"
#include "app/formats/kubernetes_facts.h"
#include "app/formats/text_pool.h"

namespace cockpit {

// Parsed JSON of one object to its facts: the inside of app/formats/kubernetes_list.h. The pool shares equal texts of
// one body.

/// metadata. managedFields are looked at for who wrote it last, and dropped.
ObjectFacts readObjectFacts(JsonNode object, KubernetesKind kind, TextPool &pool);
/// A pod template (an object with metadata and spec).
TemplateFacts readTemplate(JsonNode podTemplate, TextPool &pool);
/// A map of texts; what is no text is left out. The last-applied annotation never gets in.
QHash<QString, QString> readTextMap(JsonNode map, TextPool &pool);
/// The containers of a pod specification, without digests.
QList<ContainerImage> readImages(JsonNode podSpec, TextPool &pool);

WorkloadFacts readWorkload(JsonNode object, KubernetesKind kind, TextPool &pool);
/// spec.analysis and status of a Flagger Canary.
void readFlagger(JsonNode object, WorkloadFacts &facts, TextPool &pool);
/// spec.strategy and status of an Argo Rollout.
void readArgo(JsonNode object, WorkloadFacts &facts, TextPool &pool);
/// Any object by its kind.
KubernetesFact readFact(JsonNode object, KubernetesKind kind, TextPool &pool);

/// Of pods, ReplicaSets and runs: the hash that controllers put on them; empty when there is none.
QString templateHashOf(const QHash<QString, QString> &labels);

} // namespace cockpit
