// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
#include <QUrl>

namespace cockpit {

/// The words of the flag services, in one translation context.
class FlagWords {
    Q_DECLARE_TR_FUNCTIONS(FlagWords)
};

/// A name as a part of a path.
inline QString urlPart(const QString &name) { return QString::fromLatin1(QUrl::toPercentEncoding(name)); }

} // namespace cockpit
