// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/http_client.h"

#include <QString>

namespace cockpit {

/// `text` with everything that looks like a secret replaced by "***": bearer and basic credentials, user info in URLs,
/// values whose name speaks of a token, key, password or secret (query, JSON), cookies, chat webhooks.
QString redacted(QString text);

/// The same, and every secret of this endpoint wherever and however encoded it appears.
QString redacted(QString text, const Endpoint &endpoint);

/// Each of the three sentences redacted.
Error redacted(Error error, const Endpoint &endpoint);

} // namespace cockpit
