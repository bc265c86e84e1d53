// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QString>

class QShortcut;
class QWidget;

namespace cockpit {

class CommandRegistry;

/// Gives every command of the registry its keys in one window. A field that is typed in keeps its letters; a held key
/// runs nothing twice. Where several commands share a key, the first that can run now does.
class KeyBindings : public QObject {
    Q_OBJECT
public:
    KeyBindings(CommandRegistry &commands, QWidget &window);

private:
    void rebuild();
    void press(const QString &key);

    CommandRegistry &m_commands;
    QWidget &m_window;
    QHash<QString, QShortcut *> m_shortcuts{};
};

} // namespace cockpit
