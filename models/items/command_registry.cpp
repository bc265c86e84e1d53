// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/command_registry.h"

#include <algorithm>

namespace cockpit {

CommandRegistry::CommandRegistry(QObject *parent) : QObject(parent) {}

void CommandRegistry::add(Command command, Guard guard, Run run)
{
    const bool known = std::any_of(m_entries.cbegin(), m_entries.cend(),
                                   [&](const Entry &entry) { return entry.command.id == command.id; });
    Q_ASSERT_X(!known, "CommandRegistry::add", "the id is registered already");
    if (known)
        return;
    m_entries.append(Entry{std::move(command), std::move(guard), std::move(run)});
    Q_EMIT changed();
}

QList<Command> CommandRegistry::commands() const
{
    QList<Command> commands;
    commands.reserve(m_entries.size());
    for (const Entry &entry : m_entries) {
        commands.append(entry.command);
        commands.last().disabledReason = entry.guard ? entry.guard() : QString();
    }
    return commands;
}

QString CommandRegistry::run(const QString &id)
{
    const auto found = std::find_if(m_entries.cbegin(), m_entries.cend(),
                                    [&](const Entry &entry) { return entry.command.id == id; });
    if (found == m_entries.cend()) {
        const QString reason = tr("There is no command \"%1\".").arg(id);
        Q_EMIT refused(id, reason);
        return reason;
    }
    const QString reason = found->guard ? found->guard() : QString();
    if (!reason.isEmpty()) {
        Q_EMIT refused(id, reason);
        return reason;
    }
    const Run runNow = found->run; // a command may register others while it runs
    if (runNow)
        runNow();
    return {};
}

} // namespace cockpit
