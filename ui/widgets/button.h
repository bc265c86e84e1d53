// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icon.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/themed_widget.h"

#include <optional>

namespace cockpit {

/// Every push button. Its text says what it will do. Text is plain (no mnemonics).
class Button : public ThemedButton {
    Q_OBJECT
public:
    enum class Kind {
        Normal,  ///< h28, outline
        Big,     ///< h36, outline, 13/500
        Primary, ///< h36, accent fill; one per page
        Danger,  ///< h36, critical outline: names a risk, never runs by itself
        Armed,   ///< h36, accent outline and soft fill: its strip is open
        Row,     ///< h20, no fill, muted
        RowLit,  ///< h20, no fill, accent: correlates
        Link     ///< no outline, accent text
    };
    Button(const Theme &theme, const QString &text, Kind kind = Kind::Normal, QWidget *parent = nullptr);
    void setKind(Kind kind);
    Kind kind() const { return m_kind; }
    /// The key that does the same, drawn as a cap. Only shown; the shortcut itself belongs to the page's commands.
    void setKeyHint(const QString &key);
    /// h28 and 12 px whatever the kind: inside a strip.
    void setCompact(bool compact);
    void setGlyphIcon(std::optional<Icon> icon);
    /// Disables it with the reason (dashed outline; reason in tool tip and accessible description); empty enables it.
    /// Show the reason beside or under it too: ReasonedButton does.
    void setDisabledReason(const QString &reason);
    QString disabledReason() const { return m_reason; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    FontRole fontRole() const;
    int heightPx() const;
    int padding() const;
    void paintContent(QPainter &painter, const QColor &ink) const;

    Kind m_kind;
    bool m_compact = false;
    QString m_key{};
    std::optional<Icon> m_icon{};
    QString m_reason{};
};

/// A button with the reason why it is disabled under it (or beside it) in 11 px.
class ReasonedButton : public QWidget {
    Q_OBJECT
public:
    ReasonedButton(const Theme &theme, const QString &text, Button::Kind kind = Button::Kind::Normal,
                   Qt::Orientation direction = Qt::Vertical, QWidget *parent = nullptr);
    Button *button() const { return m_button; }
    /// Empty enables the button and takes the line away.
    void setDisabledReason(const QString &reason);

private:
    Button *m_button;
    PlainLabel *m_reason;
};

} // namespace cockpit
