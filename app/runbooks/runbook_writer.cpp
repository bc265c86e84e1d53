// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/runbook_writer.h"

#include "app/runbooks/contained_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>

#include <algorithm>

namespace cockpit {

namespace {

QString writerWords(const char *text) { return QCoreApplication::translate("RunbookWriter", text); }

Error nothingWritten(Error::Kind kind, const QString &what, const QString &next)
{
    return {.kind = kind, .what = what, .meaning = writerWords("Nothing was written."), .next = next};
}

Error cannotWrite(const QString &file, const QString &why)
{
    return nothingWritten(Error::Kind::Storage, writerWords("%1 could not be written: %2.").arg(file.left(300), why),
                          writerWords("Check its permissions and the room on the disk."));
}

/// The line (from 1) behind which a new entry of the section that begins at block `heading` belongs.
int lastLineOfSection(const Runbook &runbook, int heading, int lines)
{
    const int level = runbook.blocks.at(heading).level;
    for (qsizetype i = heading + 1; i < runbook.blocks.size(); ++i) {
        const RunbookBlock &block = runbook.blocks.at(i);
        if (block.kind == RunbookBlock::Kind::Heading && block.level <= level)
            return block.line - 1;
    }
    return lines;
}

int lessonsHeading(const Runbook &runbook)
{
    for (int i = 0; i < int(runbook.blocks.size()); ++i) {
        const RunbookBlock &block = runbook.blocks.at(i);
        if (block.kind == RunbookBlock::Kind::Heading && block.section == RunbookSection::Lessons)
            return i;
    }
    return -1;
}

QList<QByteArray> lessonStub(int level, Instant now)
{
    const QByteArray day = toRfc3339(now).left(10).toUtf8();
    return {QByteArray(std::min(level, 6), '#') + ' ' + day, QByteArray(),
            "- " + writerWords("What happened:").toUtf8() + ' ', "- " + writerWords("What helped:").toUtf8() + ' ',
            "- " + writerWords("What to change here:").toUtf8() + ' '};
}

/// The nearest folder above `path` that exists lies inside, with every link resolved.
bool canBeMadeInside(const QString &root, const QString &path)
{
    for (QDir dir = QFileInfo(path).dir();;) {
        if (dir.exists())
            return isInside(root, QFileInfo(dir.path()).canonicalFilePath());
        const QString above = QFileInfo(dir.path()).path();
        if (above == dir.path())
            return false;
        dir.setPath(above);
    }
}

} // namespace

std::pair<QByteArray, int> withLesson(const QByteArray &text, const Runbook &runbook, Instant now)
{
    const bool hasCarriageReturns = text.contains("\r\n");
    QList<QByteArray> lines = text.split('\n');
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    const int heading = lessonsHeading(runbook);
    qsizetype at = lines.size();
    QList<QByteArray> added;
    if (heading >= 0) {
        at = std::clamp<qsizetype>(lastLineOfSection(runbook, heading, int(lines.size())), 0, lines.size());
        while (at > 0 && lines.at(at - 1).trimmed().isEmpty())
            --at; // the blank lines stay between this entry and the next section
        added = QList<QByteArray>{QByteArray()} + lessonStub(runbook.blocks.at(heading).level + 1, now);
    } else {
        added = QList<QByteArray>{QByteArray(), "## " + writerWords("What we learned").toUtf8(), QByteArray()} +
                lessonStub(3, now);
    }
    // The first line that waits for words.
    const int line = int(at + added.size()) - 2;
    for (qsizetype i = 0; i < added.size(); ++i)
        lines.insert(at + i, hasCarriageReturns ? added.at(i) + '\r' : added.at(i));
    return {lines.join('\n') + '\n', line};
}

Result<RunbookPlace> placeOf(const RunbookFolder &folder, const QString &path, int line)
{
    const auto opened = openContained(folder.root(), path);
    if (!opened)
        return opened.error();
    return RunbookPlace{QFileInfo(folder.root() + u'/' + path).canonicalFilePath(), std::max(1, line)};
}

Result<RunbookPlace> appendLesson(const RunbookFolder &folder, const Runbook &runbook, const QByteArray &hash,
                                  Instant now)
{
    const QString &path = runbook.key.path;
    const auto place = placeOf(folder, path, 1);
    if (!place)
        return place.error();
    const auto current = folder.readOne(path);
    if (!current)
        return current.error();
    if ((*current)->hash != hash)
        return nothingWritten(Error::Kind::Conflict, writerWords("%1 was changed since it was read.").arg(path),
                              writerWords("Try again in a moment."));
    if ((*current)->size > (*current)->bytes.size())
        return nothingWritten(Error::Kind::TooLarge, writerWords("%1 is too large to be changed here.").arg(path),
                              writerWords("Write into it with your editor."));
    const auto [text, line] = withLesson((*current)->bytes, runbook, now);
    QSaveFile file(place->file);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        return cannotWrite(place->file, file.errorString());
    const auto again = folder.readOne(path);
    if (!again || (*again)->hash != hash) {
        file.cancelWriting();
        return nothingWritten(Error::Kind::Conflict, writerWords("%1 was changed since it was read.").arg(path),
                              writerWords("Try again in a moment."));
    }
    if (!file.commit())
        return cannotWrite(place->file, file.errorString());
    return RunbookPlace{place->file, line};
}

Result<RunbookPlace> writeNewRunbook(const RunbookFolder &folder, const QString &path, const QByteArray &text)
{
    const QString file = QDir::cleanPath(folder.root() + u'/' + path);
    if (path.isEmpty() || !isInside(folder.root(), file) || !canBeMadeInside(folder.root(), file))
        return nothingWritten(Error::Kind::Invalid,
                              writerWords("'%1' leads out of the folder of the runbooks.").arg(path.left(300)),
                              writerWords("Write it by hand, and name it in the alert's runbook_url."));
    if (QFileInfo::exists(file))
        return nothingWritten(Error::Kind::Conflict, writerWords("There is a file %1 already.").arg(file.left(300)),
                              writerWords("Open that one."));
    if (!QDir().mkpath(QFileInfo(file).path()))
        return cannotWrite(file, writerWords("its folder cannot be made"));
    QFile made(file);
    if (!made.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return cannotWrite(file, made.errorString());
    if (made.write(text) != text.size() || !made.flush()) {
        const QString why = made.errorString();
        made.remove();
        return cannotWrite(file, why);
    }
    return RunbookPlace{file, 1};
}

QString newRunbookPath(const RunbookFolder &folder, const QString &alertName)
{
    const QString usual = runbookPathOf(alertName);
    if (usual.isEmpty())
        return {};
    QStringList candidates{usual};
    for (qsizetype slash = usual.indexOf(u'/'); slash > 0; slash = usual.indexOf(u'/', slash + 1)) {
        if ((u'/' + folder.root()).endsWith(u'/' + usual.left(slash)))
            candidates.prepend(usual.mid(slash + 1));
    }
    for (const QString &below : folder.globs().folders())
        candidates << below + QStringLiteral("/alerts/") + usual.section(u'/', -1)
                   << below + u'/' + usual.section(u'/', -1);
    for (const QString &candidate : std::as_const(candidates)) {
        if (folder.globs().matches(candidate))
            return candidate;
    }
    return usual;
}

QString runbookPathOf(const QString &alertName)
{
    static const QRegularExpression safe(QStringLiteral("^[\\p{L}\\p{N}_][\\p{L}\\p{N}_.:-]{0,199}$"));
    return safe.match(alertName).hasMatch()
               ? QStringLiteral("docs/runbooks/alerts/") + alertName + QStringLiteral(".md")
               : QString();
}

} // namespace cockpit
