// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook.h"

namespace cockpit {

/// Where a link of a runbook leads.
struct RunbookTarget {
    enum class Kind {
        Section, ///< of the same document: `slug`
        Runbook, ///< another one: `runbook`, `slug`
        Web,     ///< http or https: `address`, whose `host` is shown before it is opened
        Nothing  ///< nowhere: `problem` says why, in words
    };
    Kind kind = Kind::Nothing;
    QString slug{};
    RunbookKey runbook{};
    QString address{};
    QString host{};
    QString problem{};
    bool operator==(const RunbookTarget &) const = default;
};

/// Reads a link as the file `from` writes it. Relative paths stay in their source; an address of a forge whose tree is
/// among the sources leads to the runbook itself. Pure: nothing is looked up outside the library.
RunbookTarget targetOf(const QString &link, const RunbookKey &from, const RunbookLibrary &library);

} // namespace cockpit
