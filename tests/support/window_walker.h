// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSet>
#include <QStringList>
#include <QTest>
#include <QWidget>

namespace cockpit::testing {

/// "SearchField > QLineEdit 'Filter'", for messages.
inline QString describeWidget(const QWidget *widget)
{
    return QStringLiteral("%1 '%2'").arg(QLatin1String(widget->metaObject()->className()),
                                         widget->accessibleName().isEmpty() ? widget->objectName() : widget->accessibleName());
}

/// Every control that takes the focus by Tab and is on show.
inline QList<QWidget *> focusableWidgets(QWidget &window)
{
    QList<QWidget *> found;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        if (widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy())
            found.append(widget);
    }
    return found;
}

/// A name that a screen reader would say: set by us, or the text of a button.
inline bool hasAccessibleName(QWidget *widget)
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
    return interface && !interface->text(QAccessible::Name).trimmed().isEmpty();
}

/// What breaks the rules that hold for every window: each focusable control has an accessible name, each label is plain
/// text, no font is under 11 px. Empty when all is well.
inline QStringList windowProblems(QWidget &window)
{
    QStringList problems;
    for (QWidget *widget : focusableWidgets(window)) {
        if (!hasAccessibleName(widget))
            problems.append(QStringLiteral("no accessible name: ") + describeWidget(widget));
    }
    for (QLabel *label : window.findChildren<QLabel *>()) {
        if (label->textFormat() != Qt::PlainText)
            problems.append(QStringLiteral("label is not plain text: ") + describeWidget(label));
    }
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        if (widget->isVisible() && widget->fontInfo().pixelSize() < 11)
            problems.append(QStringLiteral("font under 11 px: ") + describeWidget(widget));
    }
    return problems;
}

/// Controls that repeated Tab from the first one never reaches. The window must be active.
inline QStringList unreachableByTab(QWidget &window)
{
    QSet<QWidget *> open;
    for (QWidget *widget : focusableWidgets(window))
        open.insert(widget);
    const qsizetype steps = open.size() * 2 + 4;
    for (qsizetype step = 0; step < steps && !open.isEmpty(); ++step) {
        QTest::keyClick(&window, Qt::Key_Tab);
        open.remove(QApplication::focusWidget());
        // A group of exclusive buttons is one stop: its arrows reach the others.
        if (const auto *button = qobject_cast<QAbstractButton *>(QApplication::focusWidget())) {
            if (button->autoExclusive() || button->group()) {
                for (QWidget *widget : button->parentWidget()->findChildren<QWidget *>())
                    open.remove(widget);
            }
        }
    }
    QStringList names;
    for (QWidget *widget : std::as_const(open))
        names.append(describeWidget(widget));
    names.sort();
    return names;
}

/// Text that must show as it is, never freeze, never load, never break a layout.
inline QStringList hostileTexts()
{
    return {QStringLiteral("<table>").repeated(20) + QStringLiteral("x"),
            QStringLiteral("<table><tr><td>").repeated(5000),
            QStringLiteral("<img src=\"file:///etc/hostname\"><b>bold</b>"),
            QStringLiteral("first\nsecond\r\nthird\tfourth"),
            QStringLiteral("ab\u202Ecd\u202C \u05D0\u05D1\u05D2 \u200Fend"),
            QStringLiteral("long ").repeated(2048),
            QStringLiteral("x").repeated(10240),
            QString::fromUtf8("\xF0\x9F\x94\xA5 burning \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x92"),
            QStringLiteral("&amp; &File a && b")};
}

} // namespace cockpit::testing
