// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

namespace cockpit {

/// GitHub's anchors of one document: lower case, letters, digits, '_' and '-' stay, a blank is '-', the rest goes, and
/// nothing collapses ("a / b" is "a--b"). The second of equal ones ends in "-1", and so on.
class RunbookSlugs {
public:
    QString next(const QString &heading);

private:
    QHash<QString, int> m_seen{};
};

} // namespace cockpit
