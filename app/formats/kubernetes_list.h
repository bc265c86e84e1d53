// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/kubernetes_facts.h"
#include "models/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cockpit {

// Lists and watches of an API server to facts (backends.md §3.3, §3.4). Bodies with 64 bytes of spare capacity are read
// in place, else they are copied. Unknown fields are ignored; broken UTF-8 is mended.

/// One page of a list.
struct KubernetesList {
    QString resourceVersion{}; ///< where a watch goes on
    QString continueToken{};   ///< empty = the last page ("continue":"" and no field at all are the same)
    std::vector<KubernetesFact> items{};
    int unreadable = 0; ///< items without a name or uid, left out
};
/// `kind` is that of the items: lists of built-in kinds do not repeat it. Also reads PartialObjectMetadataList.
/// Errors: Parse.
Result<KubernetesList> parseKubernetesList(const std::string &body, KubernetesKind kind);
/// One object. Errors: Parse.
Result<KubernetesFact> parseKubernetesFact(const std::string &body, KubernetesKind kind);

/// One line of a watch.
struct WatchEvent {
    enum class Type { Added, Modified, Deleted, Bookmark, Error };
    Type type = Type::Bookmark;
    QString resourceVersion{};            ///< the one to resume from; empty for Error
    std::optional<KubernetesFact> fact{}; ///< of Added, Modified and Deleted (its last state, kubernetes.md 14)
    int code = 0;                         ///< of Error: 410 = list again
    QString message{};                    ///< of Error, clipped
};
/// Errors: Parse, for a line that was cut or is no watch event. An unknown type reads as Bookmark.
Result<WatchEvent> parseWatchEvent(std::string_view line, KubernetesKind kind);

} // namespace cockpit
