// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/not_configured.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct NotConfiguredWords {
    Q_DECLARE_TR_FUNCTIONS(NotConfigured)
};

} // namespace

NotConfiguredHandler::NotConfiguredHandler(QString what, QString next)
    : m_what(std::move(what))
    , m_next(std::move(next))
{}

Error NotConfiguredHandler::error(const QString &meaning) const
{
    return Error{Error::Kind::Invalid, m_what, meaning, m_next};
}

void NotConfiguredHandler::plan(const ActionRequest &, Planned done)
{
    done(error(NotConfiguredWords::tr("Nothing was sent.")));
}

void NotConfiguredHandler::send(const ActionRecord &, Event done)
{
    done(ServerRefused{error(NotConfiguredWords::tr("Nothing was sent."))});
}

void NotConfiguredHandler::verify(const ActionRecord &, Event done)
{
    done(OutcomeNotKnown{error(NotConfiguredWords::tr("The outcome cannot be read."))});
}

void NotConfiguredHandler::settle(const ActionRecord &, Event done)
{
    done(OutcomeNotKnown{error(NotConfiguredWords::tr("The outcome cannot be read."))});
}

} // namespace cockpit
