// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/runbook_folder.h"

#include "app/runbooks/contained_file.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace cockpit {

namespace {

constexpr int readTries = 4;

QString folderWords(const char *text) { return QCoreApplication::translate("RunbookFolder", text); }

QString joined(const QString &folder, const QString &name) { return folder.isEmpty() ? name : folder + u'/' + name; }

RunbookFilePtr runbookFile(const QString &path, const ContainedFile &opened, QByteArray bytes)
{
    const QByteArray hash = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    return std::make_shared<const RunbookFile>(
        RunbookFile{path, std::move(bytes), opened.size, fromEpochMs(opened.modifiedNs / 1'000'000), hash});
}

} // namespace

/// The state of one look.
struct RunbookFolder::Walk {
    QStringList paths{};
    QStringList problems{};
    QSet<QString> entered{}; ///< canonical folders
    QSet<QString> files{};   ///< canonical files: one that two links lead to is read once
    int entries = 0;
    bool isFull = false;
    RunbookFolderRead read{};
    QHash<QString, Known> known{};
    qint64 bytes = 0;
};

RunbookFolder::RunbookFolder(QString root, const QStringList &include, RunbookFolderLimits limits)
    : m_root(QFileInfo(root).canonicalFilePath())
    , m_globs(include)
    , m_limits(limits)
{
    if (m_root.isEmpty())
        m_root = QDir::cleanPath(root); // it may come back: each read looks again
}

Result<RunbookFolderRead> RunbookFolder::read()
{
    for (int attempt = 1;; ++attempt) {
        const QByteArray before = m_treeState ? m_treeState() : QByteArray();
        auto read = readOnce();
        if (!read || !m_treeState || m_treeState() == before)
            return read;
        if (attempt == readTries) {
            read->isSettled = false;
            return read;
        }
    }
}

Result<RunbookFolderRead> RunbookFolder::readOnce()
{
    const QFileInfo info(m_root);
    if (!info.isDir())
        return Error{.kind = Error::Kind::NotFound,
                     .what = folderWords("There is no folder %1.").arg(m_root),
                     .meaning = {},
                     .next = folderWords("Check `runbooks:` in the configuration, or mount the folder.")};
    if (!info.isReadable() || !info.isExecutable())
        return Error{.kind = Error::Kind::Storage,
                     .what = folderWords("The folder %1 may not be read.").arg(m_root),
                     .meaning = {},
                     .next = folderWords("Check its permissions.")};
    m_root = info.canonicalFilePath();
    Walk walk;
    for (const QString &folder : m_globs.folders())
        look(walk, folder, 0);
    walk.paths.sort();
    for (const QString &path : std::as_const(walk.paths))
        take(walk, path);
    RunbookFolderRead &read = walk.read;
    read.root = m_root;
    read.problems = walk.problems;
    const auto isSame = [this](const RunbookFilePtr &file) {
        const auto known = m_known.constFind(file->path);
        return known != m_known.constEnd() && known->file->hash == file->hash;
    };
    read.isChanged = read.files.size() != m_known.size() || read.problems != m_lastProblems ||
                     !std::all_of(read.files.cbegin(), read.files.cend(), isSame);
    m_known = std::move(walk.known);
    m_lastProblems = read.problems;
    return std::move(read);
}

void RunbookFolder::enter(Walk &walk, const QString &folder, int depth) const
{
    const QDir dir(joined(m_root, folder));
    if (depth > m_limits.mostDepth) {
        walk.problems.append(folderWords("%1 is nested too deeply: left out.").arg(folder));
        return;
    }
    if (!QFileInfo(dir.path()).isReadable()) {
        walk.problems.append(folderWords("%1 may not be read.").arg(folder));
        return;
    }
    const QStringList names =
        dir.entryList(QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
    for (const QString &name : names) {
        if (walk.isFull)
            return;
        if (++walk.entries > m_limits.mostEntries || walk.paths.size() >= m_limits.mostFiles) {
            walk.isFull = true;
            walk.problems.append(
                walk.paths.size() >= m_limits.mostFiles
                    ? folderWords("More than %1 runbooks: the rest is left out.").arg(m_limits.mostFiles)
                    : folderWords("More than %1 files: the rest is left out.").arg(m_limits.mostEntries));
            return;
        }
        look(walk, joined(folder, name), depth + 1);
    }
}

void RunbookFolder::look(Walk &walk, const QString &path, int depth) const
{
    const QFileInfo info(joined(m_root, path));
    if (info.fileName() == QLatin1String(".git") && !path.isEmpty())
        return;
    const bool isFolder = info.isDir();
    if (!isFolder && !m_globs.matches(path))
        return;
    const QString real = info.exists() ? info.canonicalFilePath() : QString(); // a link to itself does not exist
    if (real.isEmpty()) {
        if (info.isSymLink())
            walk.problems.append(folderWords("%1 is a link that leads nowhere.").arg(path));
        return;
    }
    if (!isInside(m_root, real)) {
        walk.problems.append(folderWords("%1 leads out of the folder: it is not read.").arg(path));
        return;
    }
    if (isFolder) {
        // A folder is entered once, whichever way leads to it: so a link cannot make the walk go round.
        if (!walk.entered.contains(real)) {
            walk.entered.insert(real);
            enter(walk, path, depth);
        } else if (info.isSymLink()) {
            walk.problems.append(folderWords("%1 leads to a folder that is read already.").arg(path));
        }
    } else if (!info.isFile()) {
        walk.problems.append(folderWords("%1 is no regular file: it is not read.").arg(path));
    } else if (!walk.files.contains(real)) {
        walk.files.insert(real);
        walk.paths.append(path);
    }
}

void RunbookFolder::take(Walk &walk, const QString &path)
{
    auto opened = openContained(m_root, path);
    if (!opened) {
        // Gone between the look and now: a person deleted it, which is no problem.
        if (opened.error().kind != Error::Kind::NotFound)
            walk.problems.append(opened.error().text());
        return;
    }
    const Seen seen{opened->modifiedNs, opened->changedNs, opened->size, opened->inode};
    const auto known = m_known.constFind(path);
    RunbookFilePtr file = known != m_known.constEnd() && known->seen == seen ? known->file : nullptr;
    const qint64 bytes = file ? file->bytes.size() : std::min(seen.size, m_limits.mostFileBytes);
    if (walk.bytes + bytes > m_limits.mostBytes) {
        if (!walk.isFull)
            walk.problems.append(folderWords("The runbooks are larger than %1 MiB together: the rest is left out.")
                                     .arg(m_limits.mostBytes / (1024 * 1024)));
        walk.isFull = true;
        return;
    }
    if (!file) {
        auto read = readContained(*opened, m_limits.mostFileBytes);
        if (!read) {
            walk.problems.append(read.error().text());
            // What was whole a moment ago is shown until the new text is whole too.
            if (known != m_known.constEnd())
                keep(walk, *known);
            return;
        }
        file = runbookFile(path, *opened, std::move(*read));
    }
    keep(walk, {seen, file});
}

void RunbookFolder::keep(Walk &walk, const Known &known)
{
    walk.bytes += known.file->bytes.size();
    walk.known.insert(known.file->path, known);
    walk.read.files.append(known.file);
}

bool RunbookFolder::holds(const QString &path) const
{
    if (path.contains(QChar(0)) || path.startsWith(u'/'))
        return false;
    const QString real = QFileInfo(joined(m_root, path)).canonicalFilePath();
    return !real.isEmpty() && isInside(m_root, real);
}

Result<RunbookFilePtr> RunbookFolder::readOne(const QString &path) const
{
    auto opened = openContained(m_root, path);
    if (!opened)
        return opened.error();
    auto read = readContained(*opened, m_limits.mostFileBytes);
    if (!read)
        return read.error();
    return runbookFile(QDir::cleanPath(path), *opened, std::move(*read));
}

} // namespace cockpit
