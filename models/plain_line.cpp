// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/plain_line.h"

#include <algorithm>

namespace cockpit {

namespace {

bool turnsDirection(QChar c)
{
    const char16_t code = c.unicode();
    return code == 0x200E || code == 0x200F || code == 0x061C || (code >= 0x202A && code <= 0x202E)
        || (code >= 0x2066 && code <= 0x2069);
}

bool isBlank(QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; }

} // namespace

QString plainLine(const QString &text, qsizetype limit)
{
    QString line;
    line.reserve(std::min(text.size(), limit));
    bool blankWaits = false;
    for (const QChar c : text) {
        if (turnsDirection(c))
            continue;
        if (isBlank(c)) {
            blankWaits = !line.isEmpty();
            continue;
        }
        if (line.size() + (blankWaits ? 1 : 0) >= limit) {
            line.truncate(limit - 1);
            if (!line.isEmpty() && line.back().isHighSurrogate())
                line.chop(1);
            return line + QChar(0x2026);
        }
        if (blankWaits)
            line += u' ';
        blankWaits = false;
        line += c;
    }
    return line;
}

} // namespace cockpit
