// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/operations_review.h"

#include <QString>

namespace cockpit {

/// Secrets that stand in files in the open. A few shapes that are sure, and names; never randomness, which hashes and
/// ids have too. Nothing here ever gives a value back.

/// "a private key", "an access key of AWS", …; empty for none.
QString knownSecretIn(const QString &text);
/// "DB_PASSWORD", "client-secret", "apiToken": what follows is meant to be secret. Not "PASSWORD_FILE", "TOKEN_TTL".
bool isSecretName(const QString &name);
/// A value that is plainly a secret's: not empty, no number or switch, no path, no reference ("${X}", "<your key>"), no
/// word that asks to be replaced.
bool isSecretValue(const QString &value);
/// "scheme://user:password@host" with a password that isSecretValue().
bool hasPasswordInAddress(const QString &text);

/// Findings of one name and its value: at most one.
void checkNamedValue(const QString &name, const QString &value, const QString &file, int line, const QString &object,
                     QList<ReviewFinding> &findings);
/// Findings of a configuration file, line by line: "NAME=value", "name: value", "\"name\": \"value\"".
QList<ReviewFinding> reviewConfiguration(const QString &text, const QString &file);

} // namespace cockpit
