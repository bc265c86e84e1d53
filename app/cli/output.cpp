// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include <algorithm>
#include <cstdio>

namespace cockpit {

namespace {

void write(std::FILE *stream, const QByteArray &text)
{
    std::fwrite(text.constData(), 1, size_t(text.size()), stream);
    std::fputc('\n', stream);
    std::fflush(stream);
}

} // namespace

void printOut(const QByteArray &text) { write(stdout, text); }

void printOut(const QString &text) { write(stdout, text.toUtf8()); }

void printError(const QString &text) { write(stderr, text.toUtf8()); }

QString terminalText(const QString &text)
{
    QString safe = text;
    for (QChar &character : safe) {
        const auto category = character.category();
        if (category == QChar::Other_Control || category == QChar::Other_Format
            || category == QChar::Separator_Line || category == QChar::Separator_Paragraph)
            character = u' ';
    }
    return safe;
}

QString table(const QList<QStringList> &rows, int maxWidth)
{
    QList<QStringList> cells;
    QList<qsizetype> widths;
    for (const QStringList &row : rows) {
        QStringList safe;
        for (qsizetype column = 0; column < row.size(); ++column) {
            QString cell = terminalText(row[column]);
            if (cell.size() > maxWidth)
                cell = cell.left(maxWidth - 1) + QChar(0x2026);
            if (widths.size() <= column)
                widths.append(0);
            widths[column] = std::max(widths[column], cell.size());
            safe.append(cell);
        }
        cells.append(safe);
    }
    QStringList lines;
    for (const QStringList &row : cells) {
        QString line;
        for (qsizetype column = 0; column < row.size(); ++column)
            line += column + 1 < row.size() ? row[column].leftJustified(widths[column] + 2) : row[column];
        lines.append(line);
    }
    return lines.join(u'\n');
}

} // namespace cockpit
