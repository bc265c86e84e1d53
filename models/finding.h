// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace cockpit {

/// One thing that a check of a file, a rule or a service found. The unit of every `lint` and `review`.
struct Finding {
    enum class Level { Blocker, High, Medium, Low };
    QString rule{}; ///< stable id: "config-unknown-key"
    Level level = Level::High;
    QString file{};   ///< empty when no file is meant
    int line = 0;     ///< from 1; 0 = not known
    int column = 0;   ///< from 1; 0 = not known
    QString object{}; ///< the key path, alert, table, service or resource meant
    QString message{};
    QString risk{};
    QString fix{};
    bool operator==(const Finding &) const = default;

    /// "file:line:column: object: message fix", for a terminal.
    QString text() const;
};

/// "BLOCKER", "HIGH", "MEDIUM", "LOW": the words of the command line's contract.
QString toWireName(Finding::Level level);
/// A BLOCKER or HIGH one is among them (exit code 1 of a lint).
bool hasSeriousFinding(const QList<Finding> &findings);

} // namespace cockpit
