// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_rows.h"

#include "models/plain_line.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <memory>

namespace cockpit {

namespace {

class RowWords {
    Q_DECLARE_TR_FUNCTIONS(cockpit::RunbookRow)
};

struct Folder {
    std::map<QString, Folder> folders{};
    QList<RunbookPtr> documents{};
    int count = 0;
};

void add(Folder &root, const RunbookPtr &runbook)
{
    Folder *at = &root;
    ++at->count;
    // A page on the web has its host for a folder; its own slashes are no folders.
    const bool web = runbook->key.path.contains(QStringLiteral("://"));
    const QStringList parts = web ? QStringList() : runbook->key.path.split(u'/').mid(0, 40);
    for (qsizetype index = 0; index + 1 < parts.size(); ++index) {
        at = &at->folders[parts.at(index)];
        ++at->count;
    }
    at->documents.append(runbook);
}

void addRows(QList<RunbookRow> &rows, const Folder &folder, const QString &path, int depth, const QSet<QString> &closed,
             const QSet<RunbookKey> &warned)
{
    for (const auto &[name, child] : folder.folders) {
        // Folders with nothing but one folder in them are one row: "docs/runbooks".
        QString shown = name;
        QString where = path + u'/' + name;
        const Folder *inner = &child;
        while (inner->documents.isEmpty() && inner->folders.size() == 1) {
            shown += u'/' + inner->folders.begin()->first;
            where += u'/' + inner->folders.begin()->first;
            inner = &inner->folders.begin()->second;
        }
        RunbookRow row{.kind = RunbookRow::Kind::Folder,
                       .depth = depth,
                       .text = plainLine(shown, 80),
                       .trailing = QString::number(child.count)};
        row.open = !closed.contains(where);
        row.folder = where;
        rows.append(row);
        if (row.open)
            addRows(rows, *inner, where, depth + 1, closed, warned);
    }
    for (const RunbookPtr &runbook : folder.documents) {
        const bool web = runbook->key.path.contains(QStringLiteral("://"));
        RunbookRow row{.kind = RunbookRow::Kind::Document,
                       .depth = depth,
                       .text = plainLine(web ? runbook->title : runbook->key.path.section(u'/', -1), 80)};
        row.warning = warned.contains(runbook->key) || !runbook->problems.isEmpty();
        row.runbook = runbook->key;
        rows.append(row);
    }
}

QString stepCount(int count)
{
    return count == 0 ? QString() : count == 1 ? RowWords::tr("1 step") : RowWords::tr("%1 steps").arg(count);
}

} // namespace

QString RunbookRow::words() const
{
    QStringList words{text};
    if (!trailing.isEmpty())
        words.append(trailing);
    if (!excerpt.isEmpty())
        words.append(excerpt);
    if (warning)
        words.append(RowWords::tr("needs work"));
    if (kind == Kind::Folder)
        words.append(open ? RowWords::tr("open") : RowWords::tr("closed"));
    return words.join(QStringLiteral(", "));
}

QList<RunbookRow> treeRows(const RunbookLibrary &library, const QSet<QString> &closed, const QSet<RunbookKey> &warned)
{
    std::map<QString, Folder> sources;
    for (const RunbookPtr &runbook : library.runbooks)
        add(sources[runbook->key.source], runbook);
    QList<RunbookRow> rows;
    for (const auto &[name, folder] : sources) {
        if (sources.size() == 1) {
            addRows(rows, folder, name, 0, closed, warned);
            continue;
        }
        RunbookRow row{
            .kind = RunbookRow::Kind::Folder, .text = plainLine(name, 80), .trailing = QString::number(folder.count)};
        row.open = !closed.contains(name);
        row.folder = name;
        rows.append(row);
        if (row.open)
            addRows(rows, folder, name, 1, closed, warned);
    }
    return rows;
}

QList<RunbookRow> outlineRows(const Runbook &runbook, const RunbookProgress &progress, int current)
{
    QList<RunbookRow> rows;
    QHash<QString, QList<const RunbookProgress::Step *>> bySection;
    for (const RunbookProgress::Step &step : progress.steps())
        bySection[runbook.steps.at(step.index).section].append(&step);
    const auto isTitle = [&runbook](int block) { return runbook.blocks.at(block).level == 1; };
    for (int block = 0; block < runbook.blocks.size(); ++block) {
        const RunbookBlock &heading = runbook.blocks.at(block);
        if (heading.kind != RunbookBlock::Kind::Heading || (isTitle(block) && rows.isEmpty() && block < 3))
            continue;
        const QList<const RunbookProgress::Step *> steps = bySection.value(heading.slug);
        RunbookRow row{.kind = RunbookRow::Kind::Heading,
                       .depth = std::clamp(heading.level - 2, 0, 4),
                       .text = plainLine(plainText(heading.text), 120),
                       .trailing = stepCount(int(steps.size()))};
        row.slug = heading.slug;
        rows.append(row);
        if (block != current)
            continue;
        for (const RunbookProgress::Step *step : steps) {
            RunbookRow under{.kind = RunbookRow::Kind::Step,
                             .depth = row.depth + 1,
                             .text = plainLine(runbook.steps.at(step->index).text, 120),
                             .trailing = QString::number(step->number)};
            under.slug = heading.slug;
            rows.append(under);
        }
    }
    return rows;
}

QList<RunbookRow> hitRows(const QList<RunbookHit> &hits)
{
    QList<RunbookRow> rows;
    for (const RunbookHit &hit : hits) {
        RunbookRow row{
            .kind = RunbookRow::Kind::Hit, .text = plainLine(hit.title, 80), .trailing = plainLine(hit.heading, 60)};
        row.excerpt = hit.excerpt.left(400);
        row.marks = hit.marks;
        row.runbook = hit.runbook;
        row.slug = hit.slug;
        rows.append(row);
    }
    return rows;
}

} // namespace cockpit
