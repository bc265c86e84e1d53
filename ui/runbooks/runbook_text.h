// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook_link.h"
#include "ui/theme/theme.h"

#include <QList>
#include <QString>
#include <QTextLayout>

namespace cockpit {

/// Text with its looks, ready to be laid out. Characters that would turn its direction or that nobody sees are shown
/// as a replacement sign, one for one, so that what is shown is what would be copied.
struct StyledText {
    struct Link {
        int start = 0;
        int length = 0;
        QString target{};
        bool operator==(const Link &) const = default;
    };
    QString text{};
    QList<QTextLayout::FormatRange> formats{};
    QList<Link> links{};
    QFont font{};
    int lineHeight = 20; ///< px, already scaled
};

/// The look of plain words in a piece of text; bold and code always take Role::Text.
struct TextLook {
    FontRole font = FontRole::Base13;
    Role color = Role::Muted;
    bool struck = false; ///< all of it: a step that was skipped
};

/// Words with bold, italics, code, links; placeholders in code are filled from `filling` in the accent colour.
StyledText styledText(const RunbookText &text, const TextLook &look, const RunbookFilling &filling, const Theme &theme);
/// A stretch of a code block: placeholders filled, strings and comments told apart.
StyledText styledCode(const QString &code, const QString &language, const RunbookFilling &filling, const Theme &theme);
/// The code as it goes to the clipboard: placeholders filled.
QString filledCode(const QString &code, const RunbookFilling &filling);
/// A query that Prometheus could answer: a block of that language, or one that looks like nothing else.
bool looksLikeQuery(const QString &code, const QString &language);

} // namespace cockpit
