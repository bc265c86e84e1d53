// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

namespace cockpit {

/// The words about configurations, in one translation context.
class ConfigWords {
    Q_DECLARE_TR_FUNCTIONS(ConfigWords)
};

} // namespace cockpit
