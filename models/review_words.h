// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace cockpit {

/// Translation context of the operations review.
struct ReviewWords {
    Q_DECLARE_TR_FUNCTIONS(ReviewWords)
};

} // namespace cockpit
