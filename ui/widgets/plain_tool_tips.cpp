// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plain_tool_tips.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>

namespace cockpit {

PlainToolTips::PlainToolTips(QApplication &application) : QObject(&application) { application.installEventFilter(this); }

bool PlainToolTips::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Polish && watched->inherits("QTipLabel")) {
        static_cast<QLabel *>(watched)->setTextFormat(Qt::PlainText);
    }
    return QObject::eventFilter(watched, event);
}

QString wrappedToolTip(const QString &text)
{
    constexpr qsizetype lineLimit = 90;
    constexpr qsizetype lineCount = 12;
    QStringList lines;
    for (QString rest : text.left(lineLimit * lineCount * 2).split(u'\n')) {
        while (rest.size() > lineLimit) {
            const qsizetype blank = rest.lastIndexOf(u' ', lineLimit);
            const qsizetype end = blank > lineLimit / 2 ? blank : lineLimit;
            lines.append(rest.left(end));
            rest = rest.mid(end).trimmed();
        }
        lines.append(rest);
    }
    if (lines.size() > lineCount)
        lines = lines.mid(0, lineCount - 1) + QStringList(QString(QChar(0x2026)));
    return lines.join(u'\n').trimmed();
}

} // namespace cockpit
