// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace cockpit {

/// One thing that a person can ask for, behind buttons, keys, the palette and the sheet of keys.
struct Command {
    QString id{};             ///< stable name: "alert.acknowledge"
    QString text{};           ///< what it does, in words
    QString group{};          ///< heading on the sheet of keys: "Alerts"
    QList<QString> keys{};    ///< as QKeySequence's portable text: "Ctrl+1"; may be empty
    QString disabledReason{}; ///< why it cannot run now; empty when it can
    bool operator==(const Command &) const = default;
};

} // namespace cockpit
