// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/button.h"
#include "ui/widgets/themed_widget.h"

class QScrollArea;

namespace cockpit {

/// What changes in an object, line by line: "- " was, "+ " will be. Folded to one line until a person opens it; then
/// at most 8 lines high, the rest scrolls.
class DiffView : public QWidget {
    Q_OBJECT
public:
    explicit DiffView(const Theme &theme, QWidget *parent = nullptr);
    /// Hides itself when there is none. Does nothing when nothing changed.
    void setDiff(const QString &diff);
    bool isOpen() const { return m_open; }
    void setOpen(bool open);
    /// The button that opens it; whoever shows the view places it.
    Button *toggle() const { return m_toggle; }

    static constexpr int lineLimit = 400;

private:
    class Lines;
    void refreshToggle();

    const Theme &m_theme;
    Button *m_toggle;
    QScrollArea *m_area;
    Lines *m_lines;
    QString m_diff{};
    bool m_open = false;
};

} // namespace cockpit
