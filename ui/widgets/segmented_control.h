// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/themed_widget.h"

#include <QList>

class QButtonGroup;

namespace cockpit {

/// One of a few: h26, pad 10, one outline around all. Arrow keys move, Tab goes past.
class SegmentedControl : public ThemedWidget {
    Q_OBJECT
public:
    struct Segment { QString id; QString text; };
    /// `name` is the accessible name of the group: "Sort by".
    SegmentedControl(const Theme &theme, const QString &name, const QList<Segment> &segments,
                     QWidget *parent = nullptr);
    QString current() const { return m_current; }
    /// Does not emit selected().
    void setCurrent(const QString &id);

Q_SIGNALS:
    /// By a person only.
    void selected(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QList<Segment> m_segments;
    QButtonGroup *m_group;
    QString m_current{};
};

} // namespace cockpit
