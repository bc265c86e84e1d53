// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cockpit/incident_exports.h"

namespace cockpit {

/// Draws on A4 pages with their numbers; needs a QGuiApplication of any platform ("offscreen" does).
PdfOfHtml postmortemPdf();

} // namespace cockpit
