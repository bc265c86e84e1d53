// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/tour.h"

#include "app/cli/commands.h"
#include "app/cli/invocation.h"
#include "app/cli/output.h"
#include "ui/review/review_page.h"
#include "ui/services/services_page.h"

#include <QDir>
#include <QPixmap>

namespace cockpit {

using namespace std::chrono_literals;

Tour::Tour(Cockpit &cockpit, WindowSession &session, QString folder, std::function<void(int)> end)
    : m_cockpit(cockpit)
    , m_session(session)
    , m_folder(folder.isEmpty() ? QStringLiteral("out/pages") : std::move(folder))
    , m_end(std::move(end))
{
    m_timer.setInterval(100ms);
    connect(&m_timer, &QTimer::timeout, this, &Tour::look);
}

void Tour::start()
{
    if (!QDir().mkpath(m_folder)) {
        printError(tr("This folder cannot be made: ") + m_folder);
        return m_end(1);
    }
    planStops();
    openNext();
    m_timer.start();
}

void Tour::planStops()
{
    const auto page = [this](const QString &id) { return [this, id] { m_session.window().openPage(id); }; };
    m_stops.push_back({QStringLiteral("triage"), page(QStringLiteral("triage"))});
    m_stops.push_back({QStringLiteral("services"), page(QStringLiteral("services"))});
    m_stops.push_back({QStringLiteral("service"), [this] {
                           const Fleet &fleet = m_cockpit.fleet().fleet();
                           if (!fleet.services.empty())
                               Q_EMIT m_cockpit.models().requests.serviceRequested(fleet.services.front().id);
                       }});
    if (m_cockpit.configuration().kubernetes)
        m_stops.push_back({QStringLiteral("rollouts"), page(QStringLiteral("rollouts"))});
    if (m_session.hasBreakersPage())
        m_stops.push_back({QStringLiteral("breakers"), page(QStringLiteral("breakers"))});
    m_stops.push_back({QStringLiteral("runbooks"), page(QStringLiteral("runbooks"))});
    m_stops.push_back({QStringLiteral("incident"), page(QStringLiteral("incident"))});
    m_stops.push_back({QStringLiteral("review"), page(QStringLiteral("review"))});
    m_stops.push_back({QStringLiteral("review-delivery"), [this] {
                           if (auto *review = qobject_cast<ReviewPage *>(m_session.window().page(QStringLiteral("review"))))
                               review->openTab(QStringLiteral("delivery"));
                       }});
    m_stops.push_back({QStringLiteral("activity"), page(QStringLiteral("activity"))});
    m_stops.push_back({QStringLiteral("keys"), page(QStringLiteral("keys"))});
}

void Tour::openNext()
{
    m_quietLooks = 0;
    m_deadline.setRemainingTime(20s);
    m_stops[m_current].open();
}

bool Tour::hasSettled() const
{
    return m_cockpit.everySourceAnswered() && everyRolloutJudged(m_cockpit) && m_cockpit.charts().waiting() == 0;
}

void Tour::look()
{
    m_quietLooks = hasSettled() ? m_quietLooks + 1 : 0;
    // Several quiet looks in a row: a page may ask for more once it has seen its first answer.
    if (m_quietLooks < 5 && !m_deadline.hasExpired())
        return;
    if (!keep(m_stops[m_current].name)) {
        m_timer.stop();
        return m_end(1);
    }
    if (++m_current == m_stops.size()) {
        m_timer.stop();
        return m_end(exitCode::ok);
    }
    openNext();
}

bool Tour::keep(const QString &name)
{
    const QString file = QDir(m_folder).filePath(name + QStringLiteral(".png"));
    if (!m_session.window().grab().save(file)) {
        printError(tr("This picture cannot be written: ") + file);
        return false;
    }
    printOut(file);
    return true;
}

} // namespace cockpit
