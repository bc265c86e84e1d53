// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/themed_widget.h"

#include <QLabel>

namespace cockpit {

/// The only label class: its text is never read as markup, whatever a server put into it.
class PlainLabel : public QLabel {
    Q_OBJECT
public:
    PlainLabel(const Theme &theme, FontRole font, Role color = Role::Text, QWidget *parent = nullptr);
    PlainLabel(const Theme &theme, const QString &text, FontRole font, Role color = Role::Text,
               QWidget *parent = nullptr);
    /// Two setters that do nothing when nothing changes, so that a refresh can call them freely.
    void setFontRole(FontRole font);
    void setColorRole(Role color);

private:
    void adopt();

    const Theme &m_theme;
    FontRole m_font;
    Role m_color;
};

/// Text of unknown length on at most `lines` lines; what does not fit ends in an ellipsis and stands whole in the
/// tool tip and the accessible name. Its width asks for nothing: give it a stretch.
class ElidedLabel : public ThemedWidget {
    Q_OBJECT
public:
    ElidedLabel(const Theme &theme, FontRole font, Role color = Role::Text, QWidget *parent = nullptr, int lines = 1);
    void setText(const QString &text);
    QString text() const { return m_text; }
    void setColorRole(Role color);
    void setFontRole(FontRole font);
    void setAlignment(Qt::Alignment alignment);
    bool isElided() const { return m_elided; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return m_lines > 1; }
    int heightForWidth(int width) const override;

    /// Text from outside is cut to this many characters before it is laid out.
    static constexpr qsizetype textLimit = 2000;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QStringList layOut(int width, bool *elided) const;
    void refreshToolTip();

    QString m_text{};
    FontRole m_font;
    Role m_color;
    Qt::Alignment m_alignment = Qt::AlignLeft | Qt::AlignVCenter;
    int m_lines;
    bool m_elided = false;
};

} // namespace cockpit
