// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook_link.h"
#include "ui/widgets/button.h"
#include "ui/widgets/glyph.h"

#include <optional>

class QVBoxLayout;

namespace cockpit {

/// What stands where an alert has no runbook to show: why, and what can be done about it.
struct RunbookNoticeView {
    StateGlyph glyph = StateGlyph::Unknown;
    QString title{};
    QString body{};
    QList<RunbookKey> candidates{}; ///< to choose from
    QString url{};                  ///< an address to open in the browser
    QString skeletonFor{};          ///< the alert name to write a runbook for; empty = not offered
    bool operator==(const RunbookNoticeView &) const = default;
};
/// Of a link that leads to no document, or of none yet. `known`: the library was read.
RunbookNoticeView runbookNotice(const std::optional<RunbookLink> &link, const RunbookLibrary &library, bool known,
                                const QString &alertName);

/// Shows it.
class RunbookNotice : public QWidget {
    Q_OBJECT
public:
    explicit RunbookNotice(const Theme &theme, QWidget *parent = nullptr);
    void setView(const RunbookNoticeView &view);
    const RunbookNoticeView &view() const { return m_view; }

Q_SIGNALS:
    void chosen(const cockpit::RunbookKey &runbook);
    void skeletonAsked(const QString &alertName);
    void linkAsked(const QString &url);

private:
    const Theme &m_theme;
    RunbookNoticeView m_view{};
    GlyphLabel *m_title;
    ElidedLabel *m_body;
    QWidget *m_choices;
    QVBoxLayout *m_list;
};

} // namespace cockpit
