// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident.h"

#include <QByteArray>

namespace cockpit {

/// One entry as one line of JSON, lossless, with the format's version in "v": what archives keep. Times are RFC 3339 in
/// UTC, bytes are base64. Text longer than IncidentNote::kLongestNote is cut and says so (keptNote()); an attachment
/// larger than IncidentAttachment::kLargest becomes a note that says it was left out.
QByteArray encodeIncidentEntry(const IncidentEntry &entry);
/// Reads what encodeIncidentEntry() wrote. A kind of entry that only a newer version knows becomes a note that says so
/// and quotes it. Errors: Parse where the envelope (id, incident, times) is not there.
Result<IncidentEntry> decodeIncidentEntry(const QByteArray &bytes);

/// The head as one line of JSON, and back. Errors: Parse.
QByteArray encodeIncidentHead(const IncidentHead &head);
Result<IncidentHead> decodeIncidentHead(const QByteArray &bytes);

} // namespace cockpit
