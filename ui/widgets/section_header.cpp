// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/section_header.h"

#include <QPainter>

#include <cmath>

namespace cockpit {

SectionHeader::SectionHeader(const Theme &theme, const QString &title, QWidget *parent)
    : ThemedWidget(theme, parent), m_title(title)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    refreshName();
}

void SectionHeader::setTitle(const QString &title)
{
    m_title = title;
    refreshName();
    update();
}

void SectionHeader::setBeside(const QList<TextRun> &runs)
{
    m_beside = runs;
    refreshName();
    update();
}

void SectionHeader::setTrailing(const QList<TextRun> &runs)
{
    m_trailing = runs;
    refreshName();
    update();
}

void SectionHeader::setInset(int inset)
{
    m_inset = inset;
    update();
}

void SectionHeader::refreshName()
{
    QString name = m_title.left(200);
    for (const TextRun &run : m_beside + m_trailing)
        name += u' ' + run.text.left(200);
    setAccessibleName(name.simplified());
}

QSize SectionHeader::sizeHint() const { return {theme().px(120), theme().px(28)}; }

void SectionHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Role::Raised));
    painter.fillRect(0, height() - 1, width(), 1, theme().color(Role::Border));
    const QRectF box = QRectF(rect()).adjusted(theme().px(m_inset), 0, -theme().px(m_inset), -1);
    const double trailing = std::min(runsWidth(m_trailing, theme()), box.width() * 0.7);
    paintRuns(painter, QRectF(box.right() - trailing, box.top(), trailing, box.height()), m_trailing, theme());
    QList<TextRun> left{{m_title, FontRole::RowStrong12, Role::Text}};
    if (!m_beside.isEmpty())
        left.append({QStringLiteral("  "), FontRole::Row12, Role::Muted});
    left += m_beside;
    paintRuns(painter, box.adjusted(0, 0, -trailing - theme().px(8), 0), left, theme());
}

} // namespace cockpit
