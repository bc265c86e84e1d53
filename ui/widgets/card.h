// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/themed_widget.h"

class QVBoxLayout;

namespace cockpit {

/// A raised box, r6. Its outline may take Critical or Warning.
class Card : public ThemedWidget {
    Q_OBJECT
public:
    explicit Card(const Theme &theme, QWidget *parent = nullptr);
    void setOutline(Role role);
    void setFill(Role role);
    /// Vertical, margins and spacing 0.
    QVBoxLayout *body() const { return m_body; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_body;
    Role m_outline = Role::Border;
    Role m_fill = Role::Raised;
};

/// Plain ground in a role with an optional line below (sections are split by lines, not by boxes).
class Panel : public ThemedWidget {
    Q_OBJECT
public:
    Panel(const Theme &theme, Role fill, Qt::Edges lines = {}, QWidget *parent = nullptr);
    void setFill(Role fill);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Role m_fill;
    Qt::Edges m_lines;
};

} // namespace cockpit
