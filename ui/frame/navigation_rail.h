// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/state_glyph.h"
#include "ui/theme/icon.h"
#include "ui/widgets/card.h"
#include "ui/widgets/themed_widget.h"

#include <QList>

class QVBoxLayout;

namespace cockpit {

/// One page on the rail: h56, icon 20, word 11/500, a badge with the number that needs attention.
class RailItem : public ThemedButton {
    Q_OBJECT
public:
    RailItem(const Theme &theme, const QString &id, Icon icon, const QString &text, QWidget *parent = nullptr);
    const QString &id() const { return m_id; }
    /// 0 takes the badge away; more than 99 reads "99+". Critical or Warning.
    void setBadge(int count, StateGlyph severity);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintBadge(QPainter &painter) const;

    QString m_id;
    Icon m_icon;
    int m_badge = 0;
    StateGlyph m_severity = StateGlyph::Critical;
};

/// The rail at the left, w64: pages from the top, the sheet of keys at the bottom.
class NavigationRail : public Panel {
    Q_OBJECT
public:
    explicit NavigationRail(const Theme &theme, QWidget *parent = nullptr);
    RailItem *addItem(const QString &id, Icon icon, const QString &text, bool atBottom = false);
    void setCurrent(const QString &id);
    /// REQUIRES: nothing; an unknown id is left alone.
    void setBadge(const QString &id, int count, StateGlyph severity);

Q_SIGNALS:
    void pageClicked(const QString &id);

private:
    QVBoxLayout *m_top;
    QVBoxLayout *m_bottom;
    QList<RailItem *> m_items{};
};

} // namespace cockpit
