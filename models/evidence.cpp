// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence.h"

namespace cockpit {

QString toWireName(Evidence::Verdict verdict)
{
    switch (verdict) {
    case Evidence::Verdict::Good: return QStringLiteral("good");
    case Evidence::Verdict::Bad: return QStringLiteral("bad");
    case Evidence::Verdict::Unknown: break;
    }
    return QStringLiteral("unknown");
}

Evidence::Verdict worstOf(const QList<Evidence> &evidence)
{
    if (evidence.isEmpty())
        return Evidence::Verdict::Unknown;
    Evidence::Verdict worst = Evidence::Verdict::Good;
    for (const Evidence &one : evidence) {
        if (one.verdict == Evidence::Verdict::Bad)
            return Evidence::Verdict::Bad;
        if (one.verdict == Evidence::Verdict::Unknown)
            worst = Evidence::Verdict::Unknown;
    }
    return worst;
}

} // namespace cockpit
