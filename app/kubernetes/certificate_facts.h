// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace cockpit {

/// What a certificate says about its owner.
struct CertificateFacts {
    QString commonName{}; ///< the user name, to an API server
    std::optional<Instant> validFrom{};
    std::optional<Instant> validTo{};
};
/// Of the first certificate of a PEM; nothing when there is none.
std::optional<CertificateFacts> certificateFacts(const QByteArray &pem);

} // namespace cockpit
