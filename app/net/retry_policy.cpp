// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/retry_policy.h"

#include <curl/curl.h>

#include <algorithm>

namespace cockpit {

bool isRetryableStatus(int status)
{
    return status == 408 || status == 425 || status == 429 || status == 502 || status == 503 || status == 504;
}

std::optional<std::chrono::milliseconds> retryAfter(const HttpResponse &response)
{
    const QByteArray value = response.header("Retry-After").trimmed();
    if (value.isEmpty())
        return std::nullopt;
    bool isNumber = false;
    const qlonglong seconds = value.toLongLong(&isNumber);
    if (isNumber) {
        // The cap of the caller is far below a day; the bound only keeps the multiplication from overflowing.
        return std::chrono::seconds(std::clamp<qlonglong>(seconds, 0, 86'400));
    }
    const time_t until = curl_getdate(value.constData(), nullptr);
    const time_t answeredAt = curl_getdate(response.header("Date").constData(), nullptr);
    if (until < 0 || answeredAt < 0)
        return std::nullopt;
    return std::chrono::seconds(std::clamp<qlonglong>(until - answeredAt, 0, 86'400));
}

std::chrono::milliseconds retryDelay(const RetryOptions &options, int failedTries, double jitter,
                                     std::optional<std::chrono::milliseconds> asked)
{
    if (asked)
        return std::min(*asked, options.retryAfterCap);
    const int doublings = std::clamp(failedTries - 1, 0, 20);
    const std::chrono::milliseconds longest =
        std::min<std::chrono::milliseconds>(options.base * (1LL << doublings), options.cap);
    return std::chrono::milliseconds(static_cast<std::int64_t>(static_cast<double>(longest.count()) * jitter));
}

} // namespace cockpit
