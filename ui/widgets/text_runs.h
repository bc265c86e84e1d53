// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/themed_widget.h"

#include <QList>

namespace cockpit {

/// A stretch of text in one font and colour; several on one base line make mixed lines such as "6.8 % of requests".
struct TextRun {
    QString text{};
    FontRole font = FontRole::Row12;
    Role color = Role::Text;
    bool operator==(const TextRun &) const = default;
};

/// Splits words from numbers with their units ("6.8 %", "412 ms", "03:02:00", "10 m 40 s") so that numbers are mono.
QList<TextRun> numberRuns(const QString &text, FontRole words, FontRole numbers, Role wordColor = Role::Text,
                          Role numberColor = Role::Text);
/// The advance of a text in px; short ones are measured once.
double textWidth(const QString &text, FontRole font, const Theme &theme);
/// Width of the runs in px.
double runsWidth(const QList<TextRun> &runs, const Theme &theme);
/// Paints the runs on one base line, centred vertically, elided at the right edge. Line ends become blanks.
void paintRuns(QPainter &painter, const QRectF &rect, const QList<TextRun> &runs, const Theme &theme,
               Qt::Alignment alignment = Qt::AlignLeft);

/// One line of runs as a widget. Its minimum width is small, its hint is the whole text (bounded).
class RunLabel : public ThemedWidget {
    Q_OBJECT
public:
    explicit RunLabel(const Theme &theme, QWidget *parent = nullptr);
    /// The accessible name is the joined text.
    void setRuns(const QList<TextRun> &runs);
    const QList<TextRun> &runs() const { return m_runs; }
    void setAlignment(Qt::Alignment alignment);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<TextRun> m_runs{};
    Qt::Alignment m_alignment = Qt::AlignLeft;
};

} // namespace cockpit
