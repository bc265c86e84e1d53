// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/http_client.h"
#include "app/net/request_url.h"
#include "app/net/transfer.h"

#include <chrono>

namespace cockpit {

/// What the words of an error speak about.
struct ErrorScene {
    QString backend{}; ///< "Alertmanager a"; never empty
    QString host{};    ///< "am-a.example"
    int tries = 1;
    std::chrono::milliseconds connectTimeout{0};
    std::chrono::milliseconds totalTimeout{0}; ///< of a stream: the silence allowed
    std::int64_t maxBytes = 0;
};

/// "5 s", "0.3 s": a wait, rounded to tenths.
QString secondsText(std::chrono::milliseconds length);
/// Words for a try that brought no complete answer. REQUIRES: outcome.end != Answered.
Error transferError(const TryOutcome &outcome, const ErrorScene &scene);
/// A web page where data was expected.
Error loginPageError(const ErrorScene &scene);
/// Status, tries and the first words of the body.
Error statusError(const HttpResponse &response, const ErrorScene &scene);
/// A redirect that is not followed. `reason` of the refusal:
enum class RedirectRefusal { ChangesSomething, TakesCredentialsAway, DropsTls, TooMany, NotHttp };
Error redirectError(RedirectRefusal reason, const UrlOrigin &from, const UrlOrigin &to, const ErrorScene &scene);
/// The poll breaker is open.
Error pausedError(const QString &backend, const BackendLink &link);
Error queueFullError(const QString &backend);
Error cancelledError(const QString &backend);
Error supersededError(const QString &backend);
Error closingError(const QString &backend);
/// resetConnections() ended a stream or a call that changes something.
Error connectionsDroppedError(const QString &backend, bool changesSomething);
/// A header that would smuggle another one, or no name at all; empty endpoint; libcurl refused an option.
Error invalidRequestError(const QString &backend, const QString &why);

} // namespace cockpit
