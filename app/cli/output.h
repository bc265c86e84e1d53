// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace cockpit {

/// To standard output, with a newline. JSON stands there alone.
void printOut(const QByteArray &text);
void printOut(const QString &text);
/// To standard error, with a newline.
void printError(const QString &text);

/// Outside text for a terminal: control characters (escape sequences, line breaks, text direction marks) become blanks,
/// so that a label can neither move the cursor nor hide a line.
QString terminalText(const QString &text);

/// Rows in columns, two blanks apart; each cell through terminalText() and cut to `maxWidth`.
QString table(const QList<QStringList> &rows, int maxWidth = 90);

} // namespace cockpit
