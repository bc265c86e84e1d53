// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace cockpit {

/// A certificate and its key, as PEM.
struct TestCertificate {
    std::string certificate{};
    std::string key{};
};

/// What a certificate made for a test says.
struct TestCertificateWish {
    std::string name{"127.0.0.1"}; ///< an IPv4 address or a DNS name, also the common name
    long validFromDays = -1;       ///< from now
    long validToDays = 1;
    bool isAuthority = false;
};

/// A fresh certificate, signed by `authority`, else by itself.
TestCertificate makeCertificate(const TestCertificateWish &wish,
                                const std::optional<TestCertificate> &authority = std::nullopt);

} // namespace cockpit
