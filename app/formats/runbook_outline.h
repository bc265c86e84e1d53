// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/runbook_markdown.h"

#include <QHash>

#include <optional>

namespace cockpit {

/// A label at the start of a line: "**Owner**: SRE", "**Owner:** SRE", "**Common causes:**".
struct RunbookLabel {
    QString name{};  ///< "Owner"
    QString value{}; ///< what follows on its line; may be empty
    int line = 0;    ///< lines below the block's first
};
/// The labels of a paragraph or list item, in order.
QList<RunbookLabel> labelsOf(const RunbookText &text);

/// What a heading or label is for, by the words it begins or ends with; nothing when it says none of them.
std::optional<RunbookSection> sectionOf(const QString &words, const QHash<QString, RunbookSection> &sections);

/// Whether a heading stands over a list of the document's own sections.
bool isContentsHeading(const QString &words);

/// "3", of "Step 3: Look" and "3. Look"; 0 when it is not numbered.
int numberOfHeading(const QString &words);

/// Sets RunbookBlock::section of every block: from its headings, outer ones too, and from bold labels that stand in
/// for headings. Reads the fields ("**Alert**:", "**Owner**:", "Last updated") that front matter did not give.
void readRunbookOutline(const RunbookReading &options, Runbook &into);

} // namespace cockpit
