// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/action_run.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/formats/paging_json.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

QString pagingText(const char *text) { return QCoreApplication::translate("CommandLine", text); }

Error pagingUsage(const QString &what, const QString &next = {})
{
    return Error{.kind = Error::Kind::Invalid, .what = what, .meaning = pagingText("Nothing was sent."), .next = next};
}

const std::vector<Page> *shownPages(Session &session)
{
    const auto &paging = session.cockpit().models().incidents.paging();
    return paging ? paging->pages.get() : nullptr;
}

const std::vector<OnCall> *shownOnCalls(Session &session)
{
    const auto &paging = session.cockpit().models().incidents.paging();
    return paging ? paging->onCalls.get() : nullptr;
}

QString noPagesText(Session &session)
{
    return session.cockpit().models().incidents.hasPaging()
               ? pagingText("The paging service has not told any pages.")
               : pagingText("No paging service is configured: name one under `paging:`.");
}

QString pageTable(const std::vector<Page> &pages)
{
    QList<QStringList> rows{{pagingText("PAGE"), pagingText("STATE"), pagingText("SINCE"), pagingText("AT"),
                             pagingText("LEVEL"), pagingText("ACKNOWLEDGED BY"), pagingText("ESCALATES"),
                             pagingText("TITLE")}};
    for (const Page &page : pages) {
        rows.append({page.number > 0 ? QString::number(page.number) : page.id, toWireName(page.state),
                     utcDateTimeText(page.createdAt), page.assignees.join(QStringLiteral(", ")),
                     page.escalationLevel > 0 ? QString::number(page.escalationLevel) : QStringLiteral("?"),
                     page.acknowledgedBy.join(QStringLiteral(", ")),
                     page.escalatesAt ? utcShortTimeText(*page.escalatesAt) : QString(), page.title});
    }
    return table(rows);
}

/// The one page that is meant: by id, by number, or by words of its title.
Result<Page> pageNamed(Session &session, const QString &words)
{
    const std::vector<Page> *pages = shownPages(session);
    if (!pages)
        return pagingUsage(noPagesText(session));
    QList<Page> found;
    for (const Page &page : *pages) {
        if (page.id == words || QString::number(page.number) == words || page.dedupKey == words)
            return page;
        if (!words.isEmpty() && page.state != Page::State::Resolved && page.title.contains(words, Qt::CaseInsensitive))
            found.append(page);
    }
    if (found.size() == 1)
        return found.first();
    QStringList candidates;
    for (const Page &page : found)
        candidates.append(QString::number(page.number));
    return found.isEmpty() ? pagingUsage(pagingText("No open page is called '%1'.").arg(words),
                                         pagingText("See them with: dt-cockpit pages"))
                           : pagingUsage(pagingText("Several pages are meant: %1.").arg(candidates.join(QStringLiteral(", "))));
}

Result<ActionIntent> callIntent(Session &session, const Page &page, const QStringList &words, const QString &reason)
{
    AddResponders intent{.page = page.id, .title = page.title, .message = reason};
    const std::vector<OnCall> *known = shownOnCalls(session);
    for (const QString &word : words) {
        const auto one = known ? std::find_if(known->begin(), known->end(),
                                              [&](const OnCall &other) { return other.person == word || other.personId == word; })
                               : std::vector<OnCall>::const_iterator();
        const bool isKnown = known && one != known->end();
        intent.people.append(isKnown ? one->personId : word);
        intent.names.append(isKnown ? one->person : word);
    }
    if (intent.people.isEmpty())
        return pagingUsage(pagingText("Whom? Give: page call PAGE PERSON…"), pagingText("See them with: dt-cockpit oncall"));
    return ActionIntent(intent);
}

Result<ActionIntent> triggerIntent(const Invocation &invocation)
{
    TriggerPage intent{.summary = invocation.arguments.mid(1).join(u' '), .component = invocation.service};
    if (intent.summary.isEmpty())
        return pagingUsage(pagingText("About what? Give: page trigger TEXT --level P1 --service NAME"));
    intent.dedupKey = invocation.dedupKey.isEmpty() ? QStringLiteral("dt-cockpit/") + invocation.service + u'/' + intent.summary
                                                    : invocation.dedupKey;
    intent.dedupKey.truncate(255);
    const QString level = invocation.level.isEmpty() ? QStringLiteral("P2") : invocation.level.toUpper();
    const qsizetype at = QStringList{QStringLiteral("P1"), QStringLiteral("P2"), QStringLiteral("P3"), QStringLiteral("P4")}.indexOf(level);
    if (at < 0)
        return pagingUsage(pagingText("--level wants P1, P2, P3 or P4."));
    intent.level = static_cast<Priority>(at + 1);
    return ActionIntent(intent);
}

Result<ActionIntent> pageIntent(Session &session, const Invocation &invocation, const QString &verb)
{
    const auto page = pageNamed(session, invocation.arguments.value(1));
    if (!page)
        return page.error();
    if (verb == u"ack")
        return ActionIntent(AcknowledgePage{.page = page->id, .dedupKey = page->dedupKey, .title = page->title});
    if (verb == u"resolve")
        return ActionIntent(ResolvePage{.page = page->id, .dedupKey = page->dedupKey, .title = page->title});
    if (verb == u"escalate")
        return ActionIntent(EscalatePage{.page = page->id, .title = page->title, .level = invocation.level.toInt()});
    return callIntent(session, *page, invocation.arguments.mid(2), invocation.reason);
}

} // namespace

void runPages(Session &session, const Invocation &invocation, Finish finish)
{
    whenAnswered(session, invocation, [&session, invocation, finish] {
        const std::vector<Page> *pages = shownPages(session);
        if (invocation.json)
            printOut(pages ? pagesJson(*pages) : QByteArrayLiteral("null"));
        else if (!pages)
            printError(noPagesText(session));
        else
            printOut(pages->empty() ? pagingText("There are no pages.") : pageTable(*pages));
        finish(pages ? exitCode::ok : 3);
    });
}

void runOnCall(Session &session, const Invocation &invocation, Finish finish)
{
    whenAnswered(session, invocation, [&session, invocation, finish] {
        const std::vector<OnCall> *onCalls = shownOnCalls(session);
        if (invocation.json) {
            printOut(onCalls ? onCallsJson(*onCalls) : QByteArrayLiteral("null"));
        } else if (!onCalls) {
            printError(noPagesText(session));
        } else {
            QList<QStringList> rows{{pagingText("LEVEL"), pagingText("PERSON"), pagingText("SCHEDULE"),
                                     pagingText("POLICY"), pagingText("UNTIL")}};
            for (const OnCall &one : *onCalls)
                rows.append({QString::number(one.level), one.person, one.schedule, one.policy,
                             one.until ? utcDateTimeText(*one.until) : QString()});
            printOut(table(rows));
        }
        finish(onCalls ? exitCode::ok : 3);
    });
}

void runPage(Session &session, const Invocation &invocation, Finish finish)
{
    const QString verb = invocation.arguments.value(0);
    static const QStringList verbs{QStringLiteral("ack"), QStringLiteral("resolve"), QStringLiteral("escalate"),
                                   QStringLiteral("trigger"), QStringLiteral("call")};
    whenAnswered(session, invocation, [&session, invocation, finish, verb] {
        const QString words = invocation.arguments.value(1);
        const auto intent = !verbs.contains(verb)
                                ? Result<ActionIntent>(pagingUsage(pagingText("Give: page ack|resolve|escalate|trigger|call …")))
                            : verb == u"trigger" ? triggerIntent(invocation)
                                                 : pageIntent(session, invocation, verb);
        if (!intent)
            return refuseAction(invocation, {.target = words, .intent = AcknowledgePage{}}, intent.error(), finish);
        const QString target = verb == u"trigger" ? invocation.arguments.mid(1).join(u' ') : pagingText("page %1").arg(words);
        runAction(session, invocation, session.cockpit().completed({.target = target, .service = ServiceId(invocation.service), .intent = *intent}),
                  finish);
    });
}

void runSay(Session &session, const Invocation &invocation, Finish finish)
{
    const PostMessage intent{.channel = invocation.channel, .text = invocation.arguments.join(u' '), .thread = invocation.thread};
    whenAnswered(session, invocation, [&session, invocation, finish, intent] {
        const QString channel = intent.channel.isEmpty() ? session.cockpit().models().incidents.chatChannel() : intent.channel;
        runAction(session, invocation, session.cockpit().completed({.target = pagingText("message to %1").arg(channel), .intent = intent}),
                  finish);
    });
}

} // namespace cockpit
