// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace cockpit {

/// What a link of a runbook, or a `runbook_url`, points to. Nothing is looked up: the words decide.
struct LinkTarget {
    enum class Kind {
        Empty,
        Anchor,  ///< in the same document
        Path,    ///< a file of the same source
        Web,     ///< http or https, with a host
        Leaves,  ///< a path that leads out of the source ("../../etc/passwd")
        Refused, ///< another scheme (javascript:, file:, data:), a foreign host without one, or no text of a link
    };
    Kind kind = Kind::Empty;
    QString path{};   ///< Path: below the source's root, no "." or ".."; Web: the address without its anchor
    QString anchor{}; ///< without '#', percent signs resolved; empty = none
    bool operator==(const LinkTarget &) const = default;
};

/// Reads a target that stands in `ofDocument` (its path in the source; empty = its root). A leading '/' is the root, as
/// on a forge; a query ("?raw=1") is dropped.
LinkTarget readLinkTarget(const QString &target, const QString &ofDocument);

} // namespace cockpit
