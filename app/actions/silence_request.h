// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"

#include <QTimeZone>

#include <vector>

namespace cockpit {

/// The mark that every silence of ours carries in its comment, so that it can be found again: " [dt 9f3c02a1b7de]".
QString silenceMark(const ActionId &id);
/// A comment without any mark of ours.
QString withoutSilenceMark(const QString &comment);

/// The silence that SilenceAlerts asks for. A start that has passed becomes `now`.
Silence silenceFor(const ActionRequest &request, const SilenceAlerts &intent, Instant now);
/// The silence that AcknowledgeAlert asks for: all labels, equal; karma's comment.
Silence silenceFor(const ActionRequest &request, const AcknowledgeAlert &intent, Instant now);

/// The silence that this action made, found by its mark, author and matchers; null when there is none.
const Silence *findOurs(const std::vector<Silence> &silences, const Silence &wanted, const ActionId &id);
/// Same matchers, in whatever order.
bool sameMatchers(QList<Matcher> one, QList<Matcher> other);

/// Why Alertmanager (or good sense) would not take it, in words; nothing when it may be sent.
std::optional<Error> invalidSilence(const Silence &silence, Instant now);

/// Between 22:00 and 07:00 of that zone.
bool isNight(Instant instant, const QTimeZone &zone);

/// "03:27 UTC", with the date when it is more than a day away.
QString silenceEndText(Instant end, Instant now);

/// When it was sent, or may have been: the newest step Armed or Executing. Nothing when it was never confirmed.
std::optional<Instant> sentAt(const ActionRecord &record);

} // namespace cockpit
