// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QWidget>

namespace cockpit {

/// A hand-painted widget that follows the theme: new measures and a repaint on every change.
class ThemedWidget : public QWidget {
    Q_OBJECT
public:
    explicit ThemedWidget(const Theme &theme, QWidget *parent = nullptr);
    const Theme &theme() const { return m_theme; }

protected:
    /// After the variant or the scale changed. Call the base.
    virtual void themeChanged();

private:
    const Theme &m_theme;
};

/// A hand-painted button that follows the theme; keyboard and accessibility are QAbstractButton's.
class ThemedButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit ThemedButton(const Theme &theme, QWidget *parent = nullptr);
    const Theme &theme() const { return m_theme; }

protected:
    virtual void themeChanged();
    /// Enter and Return press it too, as people expect of a focused button; auto-repeat never does.
    void keyPressEvent(QKeyEvent *event) override;
    /// The focus ring: 2 px accent just inside `rect`. Nothing when focus did not come by keyboard.
    void paintFocus(QPainter &painter, const QRectF &rect, double radius) const;

private:
    const Theme &m_theme;
};

/// Fills and outlines a rounded rectangle on whole pixels. An invalid colour leaves that part out.
void paintBox(QPainter &painter, const QRectF &rect, double radius, const QColor &fill, const QColor &outline,
              Qt::PenStyle style = Qt::SolidLine, double width = 1.0);

} // namespace cockpit
