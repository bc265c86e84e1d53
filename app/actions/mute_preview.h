// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alert.h"
#include "models/evidence.h"
#include "models/severity.h"
#include "models/source_update.h"

#include <QList>
#include <QStringList>

#include <vector>

namespace cockpit {

/// What a set of matchers would mute. Pure.
struct MutePreview {
    std::vector<const ReceivedAlert *> caught{}; ///< alerts that it catches now; they live in the reading
    QStringList alertNames{};                    ///< of the caught ones, sorted, each once
    QStringList services{};         ///< labels `service`, `job` or `app` of the caught ones, sorted, each once
    QString namedAlert{};           ///< the one alertname that it is bound to; empty = it may catch any name
    bool rulesKnown = false;        ///< Prometheus has told its rules
    QStringList pageRules{};        ///< paging rules whose every alert it mutes, or one that is pending or firing
    QStringList perhapsPageRules{}; ///< paging rules that it mutes where the alert's own labels fit
    bool tooComplex = false;        ///< a regular expression did not finish: the preview is not complete
};

/// `rules` may be null. A rule pages when its severity proposes P1 or P2, or is not known.
MutePreview previewMute(const MatcherSet &matchers, const std::vector<ReceivedAlert> &alerts,
                        const std::vector<AlertRule> *rules, const SeverityMap &severities);

/// Whether it is narrow: bound to one alert name.
Evidence breadthCheck(const MutePreview &preview, const QString &cluster, Instant now);
/// Which pages would stay silent. Good when they are only those that the matchers name.
Evidence pagesCheck(const MutePreview &preview, const QString &cluster, Instant now);
/// How many alerts it catches now.
Evidence catchCheck(const MutePreview &preview, const QString &cluster, const QString &member, Instant now);
/// At most eight of them, then "and 3 more".
QString listedText(const QStringList &texts);

} // namespace cockpit
