// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/key_bindings.h"

#include "models/items/command_registry.h"

#include <QAbstractButton>
#include <QShortcut>
#include <QWidget>

namespace cockpit {

namespace {

/// A sign such as "?" needs Shift on most layouts and none on others: both count.
QList<QKeySequence> sequencesOf(const QString &key)
{
    QList<QKeySequence> sequences{QKeySequence::fromString(key, QKeySequence::PortableText)};
    if (key.size() == 1 && !key.at(0).isLetterOrNumber())
        sequences.append(QKeySequence::fromString(QStringLiteral("Shift+") + key, QKeySequence::PortableText));
    return sequences;
}

} // namespace

KeyBindings::KeyBindings(CommandRegistry &commands, QWidget &window)
    : QObject(&window), m_commands(commands), m_window(window)
{
    connect(&commands, &CommandRegistry::changed, this, &KeyBindings::rebuild);
    rebuild();
}

void KeyBindings::rebuild()
{
    for (const Command &command : m_commands.commands()) {
        for (const QString &key : command.keys) {
            if (m_shortcuts.contains(key))
                continue;
            auto *shortcut = new QShortcut(&m_window);
            shortcut->setKeys(sequencesOf(key));
            shortcut->setAutoRepeat(false);
            connect(shortcut, &QShortcut::activated, this, [this, key] { press(key); });
            connect(shortcut, &QShortcut::activatedAmbiguously, this, [this, key] { press(key); });
            m_shortcuts.insert(key, shortcut);
        }
    }
}

void KeyBindings::press(const QString &key)
{
    // A button that has the focus keeps Space, whatever it means in the window.
    if (auto *button = qobject_cast<QAbstractButton *>(m_window.focusWidget()); button && key == QStringLiteral("Space"))
        return button->click();
    QString refused;
    for (const Command &command : m_commands.commands()) {
        if (!command.keys.contains(key))
            continue;
        if (command.disabledReason.isEmpty()) {
            m_commands.run(command.id);
            return;
        }
        if (refused.isEmpty())
            refused = command.id;
    }
    // Running it makes the registry say why it cannot: a key never does nothing silently.
    if (!refused.isEmpty())
        m_commands.run(refused);
}

} // namespace cockpit
