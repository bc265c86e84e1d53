// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/themed_widget.h"

namespace cockpit {

/// Width of a key cap in px: h16, r4, mono 11.
double keyCapWidth(const QString &key, const Theme &theme);
/// Paints the cap centred vertically in `rect` at its left edge; the outline and text take `ink` when it is valid.
void paintKeyCap(QPainter &painter, const QRectF &rect, const QString &key, const Theme &theme,
                 const QColor &ink = QColor());

/// A key cap as a widget.
class KeyCap : public ThemedWidget {
    Q_OBJECT
public:
    KeyCap(const Theme &theme, const QString &key, QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_key;
};

} // namespace cockpit
