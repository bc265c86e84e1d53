// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/breaker_reading.h"
#include "models/result.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <string>

namespace cockpit {

/// Where the facts stand in the JSON of an in-house service (RFC 6901 pointers; inside an item, relative to it).
struct BreakerPointers {
    QString items{}; ///< the list, or an object whose keys are names; empty = the whole answer
    QString name{};  ///< empty = the key of the object
    QString state{QStringLiteral("/state")};
    QString to{};      ///< the dependency; empty = the configuration names it
    QString failure{}; ///< a part of 1, or a percentage above 1 or with a %
    QString slow{};
    QString rejected{}; ///< a counter
    QString calls{};
    QHash<QString, QString> states{}; ///< the service's words: "OPEN" → "open"; ours stand for themselves
    bool operator==(const BreakerPointers &) const = default;
};

/// Errors: Parse, also for a pointer that leads nowhere.
Result<BreakerReadings> parseBreakerHttp(const std::string &body, const BreakerPointers &pointers);

/// `{name}`, `{mode}`, `{seconds}`, `{reason}` and `{actor}` in a template; inside JSON, so that a quote in a reason
/// cannot end its text. An unknown word in braces stays as it is.
QByteArray fillJsonTemplate(const QString &text, const QHash<QString, QString> &words);
/// The same in a path, each word percent-encoded whole: a name may hold '/' and blanks.
QString fillPathTemplate(const QString &text, const QHash<QString, QString> &words);
/// Whether it is a pointer; for the configuration.
bool isJsonPointer(const QString &text);

} // namespace cockpit
