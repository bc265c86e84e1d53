// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace cockpit {

/// Markdown as a whole HTML document, by cmark-gfm in its safe mode: raw HTML and dangerous links are left out.
QByteArray postmortemHtml(const QByteArray &markdown);

} // namespace cockpit
