// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/button.h"

#include "ui/widgets/key_cap.h"
#include "ui/widgets/plain_tool_tips.h"

#include <QBoxLayout>
#include <QEvent>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace cockpit {

Button::Button(const Theme &theme, const QString &text, Kind kind, QWidget *parent)
    : ThemedButton(theme, parent), m_kind(kind)
{
    setText(text);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Button::setKind(Kind kind)
{
    if (kind == m_kind)
        return;
    m_kind = kind;
    updateGeometry();
    update();
}

void Button::setKeyHint(const QString &key)
{
    m_key = key;
    updateGeometry();
    update();
}

void Button::setCompact(bool compact)
{
    m_compact = compact;
    updateGeometry();
    update();
}

void Button::setGlyphIcon(std::optional<Icon> icon)
{
    m_icon = icon;
    updateGeometry();
    update();
}

void Button::setDisabledReason(const QString &reason)
{
    if (reason == m_reason)
        return;
    m_reason = reason;
    setEnabled(reason.isEmpty());
    setToolTip(wrappedToolTip(reason));
    setAccessibleDescription(reason);
}

FontRole Button::fontRole() const
{
    switch (m_kind) {
    case Kind::Big: return m_compact ? FontRole::RowMedium12 : FontRole::Medium13;
    case Kind::Primary:
    case Kind::Danger:
    case Kind::Armed: return m_compact ? FontRole::RowStrong12 : FontRole::Strong13;
    default: return FontRole::RowMedium12;
    }
}

int Button::heightPx() const
{
    switch (m_kind) {
    case Kind::Normal: return theme().px(28);
    case Kind::Row:
    case Kind::RowLit:
    case Kind::Link: return theme().px(20);
    default: return theme().px(m_compact ? 28 : 36);
    }
}

int Button::padding() const
{
    if (m_kind == Kind::Link)
        return theme().px(2);
    return theme().px(m_kind == Kind::Row || m_kind == Kind::RowLit ? 8 : 10);
}

QSize Button::sizeHint() const
{
    double width = std::ceil(QFontMetricsF(theme().font(fontRole())).horizontalAdvance(text())) + 2 * padding() + 2;
    if (m_icon)
        width += theme().px(text().isEmpty() ? 14 : 20);
    if (!m_key.isEmpty())
        width += keyCapWidth(m_key, theme()) + theme().px(8);
    return {static_cast<int>(width), heightPx()};
}

void Button::paintContent(QPainter &painter, const QColor &ink) const
{
    // Wider than it needs to be, its words stand in the middle.
    const int spare = m_kind == Kind::Link ? 0 : std::max(0, width() - sizeHint().width());
    double x = padding() + 1 + spare / 2;
    const int iconSize = theme().px(14);
    if (m_icon) {
        paintIcon(painter, QRectF(x, std::round((height() - iconSize) / 2.0), iconSize, iconSize), *m_icon, ink);
        x += theme().px(20);
    }
    painter.setFont(theme().font(fontRole()));
    painter.setPen(ink);
    const double textWidth = std::ceil(QFontMetricsF(painter.font()).horizontalAdvance(text()));
    painter.drawText(QRectF(x, 0, textWidth + 1, height()), Qt::AlignVCenter | Qt::TextSingleLine, text());
    if (m_key.isEmpty())
        return;
    const bool filled = m_kind == Kind::Primary && isEnabled();
    paintKeyCap(painter, QRectF(x + textWidth + theme().px(8), 0, 1, height()), m_key, theme(), filled ? ink : QColor());
}

void Button::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRectF box = rect();
    const double radius = theme().px(6);
    const bool lifted = (underMouse() || isDown()) && isEnabled();
    QColor fill;
    QColor outline = theme().color(Role::Border);
    QColor ink = theme().color(Role::Text);
    switch (m_kind) {
    case Kind::Primary: fill = outline = theme().color(Role::Accent); ink = theme().color(Role::OnAccent); break;
    case Kind::Armed: fill = theme().color(Role::AccentSoft); outline = ink = theme().color(Role::Accent); break;
    case Kind::Danger: fill = theme().color(Role::CriticalSoft); outline = theme().color(Role::Critical); break;
    case Kind::Row: ink = theme().color(Role::Muted); break;
    case Kind::RowLit: ink = theme().color(Role::Accent); break;
    case Kind::Link: outline = QColor(); ink = theme().color(Role::Accent); break;
    default: fill = theme().color(Role::Raised2); break;
    }
    if (m_kind == Kind::Normal || m_kind == Kind::Big)
        fill = theme().color(lifted ? Role::Border : Role::Raised2);
    else if (lifted && (m_kind == Kind::Row || m_kind == Kind::RowLit))
        fill = theme().color(Role::Raised2);
    if (!isEnabled()) {
        ink = theme().color(Role::StaleText);
        paintBox(painter, box, radius, QColor(), m_kind == Kind::Link ? QColor() : theme().color(Role::Border),
                 Qt::DashLine);
    } else {
        paintBox(painter, box, radius, fill, outline);
    }
    paintContent(painter, ink);
    paintFocus(painter, box, radius);
}

void Button::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::EnabledChange)
        setCursor(isEnabled() ? Qt::PointingHandCursor : Qt::ArrowCursor);
    ThemedButton::changeEvent(event);
}

ReasonedButton::ReasonedButton(const Theme &theme, const QString &text, Button::Kind kind, Qt::Orientation direction,
                               QWidget *parent)
    : QWidget(parent), m_button(new Button(theme, text, kind, this)),
      m_reason(new PlainLabel(theme, FontRole::Chip11, Role::StaleText, this))
{
    auto *layout = new QBoxLayout(direction == Qt::Vertical ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight, this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme.px(direction == Qt::Vertical ? 2 : 8));
    layout->addWidget(m_button, 0, direction == Qt::Vertical ? Qt::AlignRight : Qt::AlignVCenter);
    layout->addWidget(m_reason, 0, direction == Qt::Vertical ? Qt::AlignRight : Qt::AlignVCenter);
    m_reason->hide();
}

void ReasonedButton::setDisabledReason(const QString &reason)
{
    m_button->setDisabledReason(reason);
    m_reason->setText(reason.left(120).simplified());
    m_reason->setVisible(!reason.isEmpty());
}

} // namespace cockpit
