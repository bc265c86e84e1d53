// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segmented_control.h"

#include <QButtonGroup>
#include <QFontMetricsF>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

#include <cmath>

namespace cockpit {

namespace {

/// One segment; the outline is the group's.
class SegmentButton final : public ThemedButton {
public:
    SegmentButton(const Theme &theme, const QString &text, bool last, QWidget *parent)
        : ThemedButton(theme, parent), m_last(last)
    {
        setText(text);
        setCheckable(true);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }

    QSize sizeHint() const override
    {
        const double text = QFontMetricsF(theme().font(FontRole::RowMedium12)).horizontalAdvance(this->text());
        return {static_cast<int>(std::ceil(text)) + theme().px(20) + 1, theme().px(26)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        if (isChecked() || underMouse())
            paintBox(painter, QRectF(rect()).adjusted(1, 1, -1, -1), theme().px(5), theme().color(Role::Raised2), QColor());
        if (!m_last)
            painter.fillRect(width() - 1, 1, 1, height() - 2, theme().color(Role::Border));
        painter.setFont(theme().font(FontRole::RowMedium12));
        painter.setPen(theme().color(isChecked() ? Role::Text : Role::Muted));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextSingleLine, text());
        paintFocus(painter, rect(), theme().px(6));
    }

private:
    bool m_last;
};

} // namespace

SegmentedControl::SegmentedControl(const Theme &theme, const QString &name, const QList<Segment> &segments,
                                   QWidget *parent)
    : ThemedWidget(theme, parent), m_segments(segments), m_group(new QButtonGroup(this))
{
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (int index = 0; index < segments.size(); ++index) {
        auto *button = new SegmentButton(theme, segments.at(index).text, index + 1 == segments.size(), this);
        button->setAccessibleName(name + QStringLiteral(": ") + segments.at(index).text);
        m_group->addButton(button, index);
        layout->addWidget(button);
    }
    connect(m_group, &QButtonGroup::idClicked, this, [this](int index) {
        m_current = m_segments.at(index).id;
        Q_EMIT selected(m_current);
    });
    if (!segments.isEmpty())
        setCurrent(segments.first().id);
}

void SegmentedControl::setCurrent(const QString &id)
{
    for (int index = 0; index < m_segments.size(); ++index) {
        if (m_segments.at(index).id != id)
            continue;
        m_current = id;
        m_group->button(index)->setChecked(true);
    }
}

void SegmentedControl::keyPressEvent(QKeyEvent *event)
{
    const int move = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    const int next = m_group->checkedId() + move;
    if (move == 0 || next < 0 || next >= m_segments.size()) {
        ThemedWidget::keyPressEvent(event);
        return;
    }
    m_group->button(next)->setFocus();
    m_group->button(next)->click();
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(painter, rect(), theme().px(6), QColor(), theme().color(Role::Border));
}

} // namespace cockpit
