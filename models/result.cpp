// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/result.h"

#include <QStringList>

namespace cockpit {

QString Error::text() const
{
    QStringList sentences;
    for (const QString &sentence : {what, meaning, next}) {
        if (!sentence.isEmpty())
            sentences.append(sentence);
    }
    return sentences.join(u' ');
}

} // namespace cockpit
