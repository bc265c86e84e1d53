// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/paging/page_action.h"

#include "app/kubernetes/kubernetes_calls.h"

namespace cockpit {

void PageHandler::read(const PageName &name, Read then) { m_parts.paging.read(name, whileAlive<PageReading>(std::move(then))); }

void PageHandler::prove(const ActionRecord &record, Event done)
{
    const QString service = m_parts.paging.name();
    if (!isProvable()) {
        return done(OutcomeNotKnown{{Error::Kind::Invalid, PageWords::tr("%1 took the request, and may have dropped it.").arg(service),
                                     PageWords::tr("It cannot be proven: nothing can be read there."),
                                     PageWords::tr("Look at %1, or name a token for reading under `paging:`.").arg(service)},
                                    true});
    }
    read(pageOf(record), [this, record, done](const Result<PageReading> &reading) {
        done(reading ? judged(record, *reading) : ActionEvent(OutcomeNotKnown{reading.error()}));
    });
}

ActionEvent PageHandler::answered(const Result<QString> &answer, const QString &service, const QString &reference)
{
    if (answer)
        return ServerAccepted{PageWords::tr("%1 took it: %2.").arg(service, *answer), reference, service};
    if (KubernetesCalls::outcomeIsKnown(answer.error()))
        return ServerRefused{answer.error()};
    return OutcomeNotKnown{answer.error()};
}

QString pageLabel(const Page &page)
{
    return page.number > 0 ? PageWords::tr("page %1 (%2)").arg(page.number).arg(page.title)
                           : PageWords::tr("page %1").arg(page.title);
}

QString peopleText(const QStringList &people)
{
    return people.isEmpty() ? PageWords::tr("nobody") : people.join(QStringLiteral(", "));
}

QStringList namesOf(const QList<OnCall> &people)
{
    QStringList names;
    for (const OnCall &one : people)
        names.append(one.person);
    return names;
}

Error pageNotThere(const QString &service)
{
    return {Error::Kind::NotFound, PageWords::tr("%1 has no such page.").arg(service), PageWords::tr("Nothing was sent."),
            PageWords::tr("See the open ones with: dt-cockpit pages")};
}

Error pageIsOver(const Page &page)
{
    return {Error::Kind::Conflict, PageWords::tr("It is resolved already: %1.").arg(pageLabel(page)),
            PageWords::tr("Nothing was sent."), {}};
}

Evidence pageCheck(bool good, const char *id, const QString &text, const QString &source, Instant at)
{
    return {good ? Evidence::Verdict::Good : Evidence::Verdict::Bad, QString::fromLatin1(id), text, source, {}, at, {}, {}};
}

} // namespace cockpit
