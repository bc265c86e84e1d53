// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/command.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <functional>

namespace cockpit {

/// The one registry behind buttons, palette, keys and menus. GUI thread.
class CommandRegistry : public QObject {
    Q_OBJECT
public:
    /// Why it cannot run now, in words; empty when it can.
    using Guard = std::function<QString()>;
    using Run = std::function<void()>;

    explicit CommandRegistry(QObject *parent = nullptr);
    /// REQUIRES: the id is not registered yet.
    void add(Command command, Guard guard, Run run);
    /// With `disabledReason` as the guard says now. Order of registration.
    QList<Command> commands() const;
    /// Runs it when its guard allows; returns the reason when not.
    QString run(const QString &id);

Q_SIGNALS:
    void changed();
    /// A command was refused: shown to the person, never swallowed.
    void refused(const QString &id, const QString &reason);

private:
    struct Entry { Command command; Guard guard; Run run; };
    QList<Entry> m_entries;
};

} // namespace cockpit
