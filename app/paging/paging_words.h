// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/result.h"

#include <QCoreApplication>

namespace cockpit {

/// The words of paging services, in one translation context.
class PagingWords {
    Q_DECLARE_TR_FUNCTIONS(Paging)
public:
    /// Invalid: it cannot do that as it is configured.
    static Error cannot(const QString &service, const QString &next)
    {
        return {Error::Kind::Invalid, tr("%1 cannot do this as it is configured.").arg(service),
                tr("Nothing was sent."), next};
    }
};

} // namespace cockpit
