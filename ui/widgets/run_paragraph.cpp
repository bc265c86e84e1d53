// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_table.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace cockpit {

namespace {

/// The run's text in pieces that end at blanks, so that lines may break between them.
QStringList wordsOf(const QString &text)
{
    QStringList words;
    qsizetype from = 0;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const bool breaks = text.at(at) == u' ' && at + 1 < text.size() && text.at(at + 1) != u' ';
        if (breaks) {
            words.append(text.mid(from, at + 1 - from));
            from = at + 1;
        }
    }
    words.append(text.mid(from));
    return words;
}

} // namespace

RunParagraph::RunParagraph(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QString RunParagraph::text() const
{
    QString text;
    for (const TextRun &run : m_runs)
        text += run.text;
    return text;
}

void RunParagraph::setRuns(const QList<TextRun> &runs)
{
    if (runs == m_runs)
        return;
    m_runs = runs;
    setAccessibleName(text());
    setVisible(!runs.isEmpty());
    updateGeometry();
    update();
}

QList<QList<TextRun>> RunParagraph::layOut(int width) const
{
    QList<QList<TextRun>> lines{{}};
    double used = 0;
    for (const TextRun &run : m_runs) {
        const QFontMetricsF metrics(theme().font(run.font));
        // A number and its unit are one run that must not be torn: only words break.
        const bool whole = run.text.size() < 16 && !run.text.isEmpty() && run.text.front().isDigit();
        for (const QString &word : whole ? QStringList{run.text} : wordsOf(run.text)) {
            const double taken = metrics.horizontalAdvance(word);
            const QString bare = word.endsWith(u' ') ? word.chopped(1) : word;
            if (used > 0 && used + metrics.horizontalAdvance(bare) > width) {
                lines.append(QList<TextRun>{});
                used = 0;
            }
            lines.last().append({word, run.font, run.color});
            used += taken;
        }
    }
    return lines;
}

int RunParagraph::heightForWidth(int width) const
{
    return m_runs.isEmpty() ? 0 : theme().px(18) * static_cast<int>(layOut(std::max(width, theme().px(60))).size());
}

QSize RunParagraph::sizeHint() const { return {theme().px(240), heightForWidth(std::max(width(), theme().px(240)))}; }

QSize RunParagraph::minimumSizeHint() const { return {theme().px(60), m_runs.isEmpty() ? 0 : theme().px(18)}; }

void RunParagraph::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    double y = 0;
    const QList<QList<TextRun>> lines = layOut(width());
    for (const QList<TextRun> &line : lines) {
        paintRuns(painter, QRectF(0, y, width(), theme().px(18)), line, theme());
        y += theme().px(18);
    }
}

} // namespace cockpit
