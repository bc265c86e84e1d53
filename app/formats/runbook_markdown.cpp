// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/runbook_markdown.h"

#include "app/formats/format_words.h"
#include "app/formats/runbook_escalations.h"
#include "app/formats/runbook_front_matter.h"
#include "app/formats/runbook_outline.h"
#include "app/formats/runbook_steps.h"
#include "app/formats/runbook_tree.h"

#include <QStringDecoder>

#include <algorithm>

namespace cockpit {

namespace {

constexpr qsizetype mostBytes = 1024 * 1024;
constexpr qsizetype mostLine = 20'000;

/// Text has no zero byte, and no crowd of other control characters.
bool isText(const QByteArray &bytes)
{
    if (bytes.contains('\0'))
        return false;
    const auto isControl = [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 && letter != '\n' && letter != '\r' && letter != '\t' &&
               letter != '\f' && letter != '\x1b';
    };
    return std::count_if(bytes.cbegin(), bytes.cend(), isControl) * 100 <= bytes.size();
}

/// At most 1 MiB, ended at a line's end.
QByteArray bounded(const QByteArray &bytes, QStringList &problems)
{
    if (bytes.size() <= mostBytes)
        return bytes;
    problems.append(FormatWords::tr("Cut after 1 MiB."));
    const qsizetype end = bytes.lastIndexOf('\n', mostBytes);
    return bytes.left(end > 0 ? end + 1 : mostBytes);
}

QString mended(const QByteArray &bytes, QStringList &problems)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = decoder(bytes);
    if (decoder.hasError())
        problems.append(FormatWords::tr("Broken UTF-8 was mended: what could not be read is shown as �."));
    return text;
}

/// No line is longer than 20 000 characters; cut ones end in "…".
void cutLines(QString &text, QStringList &problems)
{
    bool isCut = false;
    QString kept;
    qsizetype from = 0;
    while (from < text.size()) {
        qsizetype end = text.indexOf(u'\n', from);
        end = end < 0 ? text.size() : end;
        if (end - from > mostLine) {
            kept += QStringView(text).mid(from, mostLine);
            kept += u'…';
            isCut = true;
        } else {
            kept += QStringView(text).mid(from, end - from);
        }
        if (end < text.size())
            kept += u'\n';
        from = end + 1;
    }
    if (isCut) {
        text = kept;
        problems.append(FormatWords::tr("Lines were cut after 20 000 characters."));
    }
}

} // namespace

RunbookPtr readRunbook(const RunbookKey &key, const QByteArray &bytes, const RunbookReading &options)
{
    auto runbook = std::make_shared<Runbook>();
    runbook->key = key;
    runbook->size = bytes.size();
    const QByteArray part = bounded(bytes, runbook->problems);
    if (!isText(part)) {
        runbook->problems = {FormatWords::tr("This is not text.")};
        runbook->title = key.path.section(u'/', -1);
        runbook->reviewedAt = options.changedAt;
        return runbook;
    }
    QString text = mended(part, runbook->problems);
    cutLines(text, runbook->problems);
    QByteArray markdown = text.toUtf8();
    const int lines = takeFrontMatter(markdown, *runbook);
    const QHash<int, bool> tasks = readRunbookTree(markdown, lines, options, *runbook);
    readRunbookOutline(options, *runbook);
    findRunbookSteps(tasks, *runbook);
    readRunbookEscalations(*runbook);
    if (runbook->title.isEmpty())
        runbook->title = key.path.section(u'/', -1);
    if (!runbook->reviewedAt)
        runbook->reviewedAt = options.changedAt;
    return runbook;
}

} // namespace cockpit
