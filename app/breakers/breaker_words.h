// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace cockpit {

/// The context of the words of app/breakers and of the actions on breakers.
struct BreakerWords {
    Q_DECLARE_TR_FUNCTIONS(Breakers)
};

} // namespace cockpit
