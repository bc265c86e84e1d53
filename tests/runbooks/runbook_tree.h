// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runbooks/runbook_source.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

namespace cockpit::testing {

/// Writes a file below a folder, with the folders above it.
inline void writeFile(const QString &root, const QString &path, const QByteArray &bytes)
{
    const QString whole = root + u'/' + path;
    QDir().mkpath(QFileInfo(whole).path());
    QFile file(whole);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(whole));
}

/// A reader that makes one heading and one paragraph of a file: enough for what happens around it.
inline RunbookReader plainReader()
{
    return [](const RunbookKey &key, const RunbookFile &file, const std::optional<Instant> &lastChange,
              const std::function<bool(const QString &)> &) -> RunbookPtr {
        auto runbook = std::make_shared<Runbook>();
        runbook->key = key;
        runbook->title = QFileInfo(key.path).completeBaseName();
        runbook->reviewedAt = lastChange;
        runbook->size = file.size;
        RunbookBlock heading;
        heading.kind = RunbookBlock::Kind::Heading;
        heading.level = 1;
        heading.line = 1;
        heading.slug = QStringLiteral("top");
        heading.text = {RunbookSpan{.text = runbook->title}};
        RunbookBlock body;
        body.line = 2;
        body.text = {RunbookSpan{.text = QString::fromUtf8(file.bytes)}};
        runbook->blocks = {heading, body};
        return runbook;
    };
}

/// Runs git in a folder with a name and a time of its own; fails the test when git does.
inline QByteArray runGit(const QString &folder, const QStringList &arguments, qint64 atSeconds = 1'700'000'000)
{
    QProcess git;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("GIT_CONFIG_GLOBAL"), QStringLiteral("/dev/null"));
    environment.insert(QStringLiteral("GIT_CONFIG_NOSYSTEM"), QStringLiteral("1"));
    for (const char *who : {"GIT_AUTHOR_", "GIT_COMMITTER_"}) {
        const QString prefix = QString::fromLatin1(who);
        environment.insert(prefix + QStringLiteral("NAME"), QStringLiteral("A Person"));
        environment.insert(prefix + QStringLiteral("EMAIL"), QStringLiteral("person@example.org"));
        environment.insert(prefix + QStringLiteral("DATE"), QString::number(atSeconds) + QStringLiteral(" +0000"));
    }
    git.setProcessEnvironment(environment);
    git.start(QStringLiteral("git"), QStringList{QStringLiteral("-C"), folder} + arguments);
    if (!git.waitForFinished(30'000) || git.exitCode() != 0)
        qFatal("git %s: %s", qPrintable(arguments.join(u' ')), git.readAllStandardError().constData());
    return git.readAllStandardOutput();
}

} // namespace cockpit::testing
