// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/service_probe.h"

namespace cockpit {

QString toWireName(ProbeState state)
{
    switch (state) {
    case ProbeState::Ok: return QStringLiteral("ok");
    case ProbeState::Warn: return QStringLiteral("warn");
    case ProbeState::Fail: return QStringLiteral("fail");
    case ProbeState::Refused: break;
    }
    return QStringLiteral("refused");
}

QString toWireName(ProbeQuestion question)
{
    switch (question) {
    case ProbeQuestion::Live: return QStringLiteral("live");
    case ProbeQuestion::Ready: return QStringLiteral("ready");
    case ProbeQuestion::Healthy: break;
    }
    return QStringLiteral("healthy");
}

} // namespace cockpit
