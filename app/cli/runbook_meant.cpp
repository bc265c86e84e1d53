// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/runbook_meant.h"

#include "app/cockpit/runbook_service.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

QString meantWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

Error notFound(const QString &what, const QString &next = {})
{
    return Error{.kind = Error::Kind::NotFound, .what = what, .meaning = {}, .next = next};
}

/// The alert that fires (or is about to) under this name or fingerprint; the worst comes first.
const Alert *alertMeant(const Fleet &fleet, const QString &words)
{
    for (const Alert &alert : fleet.alerts) {
        if (alert.state != AlertState::Resolved && (alert.name == words || alert.key.fingerprint == words))
            return &alert;
    }
    return nullptr;
}

Result<MeantRunbook> followed(const RunbookLink &link, const QString &words, const RunbookLibrary &library)
{
    MeantRunbook meant;
    meant.link = link;
    if (link.found)
        meant.runbook = library.find(link.runbook);
    if (meant.runbook)
        return meant;
    QStringList candidates;
    for (const RunbookKey &key : link.candidates)
        candidates.append(key.source + u'/' + key.path);
    return notFound(meantWords("%1 leads to no runbook.").arg(words) + u' ' + link.problem +
                        (candidates.isEmpty() ? QString() : u' ' + candidates.join(QStringLiteral(", "))),
                    link.url.isEmpty() ? meantWords("Write one with: dt-cockpit runbook write ALERT") : link.url);
}

bool isNamed(const RunbookKey &key, const QString &path)
{
    return key.path == path || key.path.endsWith(u'/' + path) || key.source + u'/' + key.path == path ||
           key.path.section(u'/', -1) == path + QStringLiteral(".md");
}

Result<MeantRunbook> runbookAt(const QString &words, const RunbookLibrary &library)
{
    const QString path = words.section(u'#', 0, 0);
    QList<RunbookPtr> found;
    std::copy_if(library.runbooks.begin(), library.runbooks.end(), std::back_inserter(found),
                 [&path](const RunbookPtr &runbook) { return isNamed(runbook->key, path); });
    if (found.size() > 1) {
        QStringList names;
        for (const RunbookPtr &runbook : std::as_const(found))
            names.append(runbook->key.source + u'/' + runbook->key.path);
        return notFound(meantWords("Several are meant: ") + names.mid(0, 8).join(QStringLiteral(", ")),
                        meantWords("Give one of them."));
    }
    if (found.isEmpty())
        return notFound(meantWords("There is no alert and no runbook '%1'.").arg(words.left(200)),
                        meantWords("See them with: dt-cockpit runbooks"));
    MeantRunbook meant;
    meant.runbook = found.first();
    meant.link.found = true;
    meant.link.runbook = meant.runbook->key;
    meant.link.anchor = words.section(u'#', 1).toLower();
    meant.link.anchorFound = meant.link.anchor.isEmpty() || meant.runbook->headingAt(meant.link.anchor) >= 0;
    if (!meant.link.anchorFound)
        meant.link.problem =
            meantWords("It has no section #%1; its whole text follows.").arg(meant.link.anchor.left(120));
    return meant;
}

} // namespace

Result<MeantRunbook> runbookMeant(const Fleet &fleet, const RunbookLibrary &library, const QString &words)
{
    if (const Alert *alert = alertMeant(fleet, words)) {
        auto meant =
            followed(linkRunbook(alert->name, alert->labels, alert->annotations, library), alert->name, library);
        if (meant)
            meant->alert = *alert;
        return meant;
    }
    for (const LintedRule &rule : lintedRulesOf(fleet)) {
        if (rule.alert == words)
            return followed(linkRunbook(rule.alert, rule.labels, rule.annotations, library), rule.alert, library);
    }
    return runbookAt(words, library);
}

const RunbookStep *stepMeant(const Runbook &runbook, const QString &words)
{
    bool isNumber = false;
    const int number = words.toInt(&isNumber);
    for (const RunbookStep &step : runbook.steps) {
        if (step.id == words || (isNumber && step.number == number))
            return &step;
    }
    return nullptr;
}

} // namespace cockpit
