// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/result.h"
#include "models/series.h"
#include "models/source_update.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cockpit {

class LabelPool;

// Bodies of the Prometheus HTTP API (backends.md §1) to values. Every parser takes the whole body; one that has 64
// bytes of spare capacity is read in place, else it is copied. Errors: Parse (not what the protocol says), Rejected
// (an error envelope). Broken UTF-8 is mended and named in the warnings, never a reason to drop the body.

/// The answer to an instant query.
struct QueryAnswer {
    std::vector<FigureUpdate::Value> values{};
    QStringList warnings{}; ///< partial response, ignored histograms, mended text
};
/// Reads a `vector` or a `scalar`. NaN and infinities become values without a number; histograms are left out with a
/// warning. Errors: Parse, also for `matrix` and `string` answers.
Result<QueryAnswer> parseInstantQuery(const std::string &body);

/// The answer to a range query, with gaps as NaN points.
struct RangeAnswer {
    std::vector<Series> series{};
    QStringList warnings{};
};
/// Reads a `matrix`; `step` is the one that was asked for.
Result<RangeAnswer> parseRangeQuery(const std::string &body, Duration step);

/// One page of `/api/v1/rules`.
struct RulesAnswer {
    std::vector<AlertRule> rules{}; ///< alerting rules only
    int brokenRecordingRules = 0;
    QString brokenRecordingRule{}; ///< name and error of the first broken one
    QString nextToken{};           ///< empty on the last page
    QStringList warnings{};
};
Result<RulesAnswer> parseRules(const std::string &body, LabelPool *pool = nullptr);

/// The error envelope.
struct PrometheusFailure {
    QString errorType{}; ///< "bad_data", "timeout", …; VictoriaMetrics puts the HTTP code here
    QString error{};
};
/// Nothing when the body is not an error envelope (HTML, plain text, a success).
std::optional<PrometheusFailure> parsePrometheusFailure(const std::string &body);

/// `data.version` of `/api/v1/status/buildinfo`.
Result<QString> parseBuildVersion(const std::string &body);
/// `data.serverTime` of `/api/v1/status/runtimeinfo`; nothing inside when this server does not tell it.
Result<std::optional<Instant>> parseServerTime(const std::string &body);

} // namespace cockpit
