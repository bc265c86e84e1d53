// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/counter_button.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace cockpit {

CounterButton::CounterButton(const Theme &theme, const QString &word, QWidget *parent) : ThemedButton(theme, parent)
{
    setText(word);
    setCheckable(true);
    setAccessibleName(tr("%1, not known").arg(word));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void CounterButton::setCount(std::optional<int> count, bool stale)
{
    if (count == m_count && stale == m_stale)
        return;
    m_count = count;
    m_stale = stale;
    setAccessibleName(!count ? tr("%1, not known").arg(text())
                             : stale ? tr("%1, %2, old data").arg(text()).arg(*count) : tr("%1, %2").arg(text()).arg(*count));
    updateGeometry();
    update();
}

QString CounterButton::numberText() const
{
    return m_count ? QString::number(*m_count) : QString(QChar(0x2013));
}

QSize CounterButton::sizeHint() const
{
    const double number = QFontMetricsF(theme().font(FontRole::MonoHeading18)).horizontalAdvance(numberText());
    const double word = QFontMetricsF(theme().font(FontRole::Chip11)).horizontalAdvance(text());
    return {static_cast<int>(std::ceil(number + word)) + theme().px(10 + 8 + 10), theme().px(44)};
}

void CounterButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const double radius = theme().px(6);
    QColor fill;
    if (isChecked() || underMouse())
        fill = theme().color(Role::Raised2);
    paintBox(painter, rect(), radius, fill, theme().color(isChecked() ? Role::Accent : Role::Border));
    painter.setFont(theme().font(FontRole::MonoHeading18));
    painter.setPen(theme().color(m_stale || !m_count ? Role::StaleText : Role::Text));
    const double numberWidth = std::ceil(QFontMetricsF(painter.font()).horizontalAdvance(numberText()));
    const double x = theme().px(10);
    painter.drawText(QRectF(x, 0, numberWidth + 1, height()), Qt::AlignVCenter, numberText());
    painter.setFont(theme().font(FontRole::Chip11));
    painter.setPen(theme().color(isChecked() ? Role::Text : Role::Muted));
    painter.drawText(QRectF(x + numberWidth + theme().px(8), 0, width(), height()),
                     Qt::AlignVCenter | Qt::TextSingleLine, text());
    paintFocus(painter, rect(), radius);
}

} // namespace cockpit
