// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

namespace cockpit {

/// The words about clusters and their credentials, in one translation context.
class KubernetesWords {
    Q_DECLARE_TR_FUNCTIONS(KubernetesWords)
};

} // namespace cockpit
