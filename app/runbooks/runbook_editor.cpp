// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/runbook_editor.h"

#include <QCoreApplication>
#include <QProcess>

#include <algorithm>

namespace cockpit {

QStringList editorCommand(const QStringList &configured, const RunbookPlace &place)
{
    if (configured.isEmpty())
        return {QStringLiteral("xdg-open"), place.file};
    QStringList command = configured;
    const QString fileMark = QStringLiteral("{file}");
    const bool namesFile = std::any_of(command.cbegin() + 1, command.cend(),
                                       [&fileMark](const QString &word) { return word.contains(fileMark); });
    for (qsizetype i = 1; i < command.size(); ++i) {
        // The line first: a file's name may hold anything.
        command[i].replace(QStringLiteral("{line}"), QString::number(place.line));
        command[i].replace(fileMark, place.file);
    }
    if (!namesFile)
        command.append(place.file);
    return command;
}

Result<Done> openInEditor(const QStringList &configured, const RunbookPlace &place)
{
    QStringList command = editorCommand(configured, place);
    QProcess editor;
    editor.setProgram(command.takeFirst());
    editor.setArguments(command);
    editor.setStandardInputFile(QProcess::nullDevice());
    editor.setStandardOutputFile(QProcess::nullDevice());
    editor.setStandardErrorFile(QProcess::nullDevice());
    if (editor.startDetached())
        return Done{};
    return Error{.kind = Error::Kind::Unavailable,
                 .what = QCoreApplication::translate("RunbookEditor", "The editor '%1' cannot be started: %2.")
                             .arg(editor.program().left(200), editor.errorString()),
                 .meaning = QCoreApplication::translate("RunbookEditor", "The file is %1, line %2.")
                                .arg(place.file, QString::number(place.line)),
                 .next = QCoreApplication::translate("RunbookEditor", "Name one as `editor:` in the configuration.")};
}

} // namespace cockpit
