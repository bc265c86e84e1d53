// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/runbook_service.h"

#include "app/actions/uuid7.h"

#include <QFileInfo>
#include <QPointer>

#include <algorithm>

namespace cockpit {

namespace {

QString serviceOfOccasion(const Fleet *fleet, const QString &occasion)
{
    if (!fleet)
        return {};
    const auto found = std::find_if(fleet->alerts.begin(), fleet->alerts.end(),
                                    [&occasion](const Alert &alert) { return occasionOf(alert) == occasion; });
    return found == fleet->alerts.end() ? QString() : found->service.toString();
}

/// "Ticked step 3 “Check the pools” of GCHighErrorRate.md".
QString tickWords(const RunbookTick &tick, int number, bool isTakenBack)
{
    QString what = isTakenBack                                 ? RunbookService::tr("Took back")
                   : tick.state == RunbookTick::State::Skipped ? RunbookService::tr("Skipped")
                                                               : RunbookService::tr("Ticked");
    if (number > 0)
        what += RunbookService::tr(" step ") + QString::number(number);
    return what + QStringLiteral(" “") + tick.text.left(200) + QStringLiteral("” ") + RunbookService::tr("of ") +
           QFileInfo(tick.runbook.path).fileName();
}

} // namespace

void RunbookService::readTicks(const QString &occasion)
{
    m_parts.journal.ask<QList<RunbookTick>>(
        [environment = m_parts.environment, occasion](Store &store) {
            return store.runbookTicks().ticks(environment, occasion);
        },
        [self = QPointer<RunbookService>(this), occasion](const Result<QList<RunbookTick>> &ticks) {
            if (!self)
                return;
            if (ticks)
                self->m_parts.store.setTicks(occasion, *ticks);
            else
                Q_EMIT self->m_parts.requests.runbookNoticed(ticks.error().text());
        });
}

void RunbookService::tick(RunbookTick tick, bool isTakenBack, std::function<void(Result<Done>)> done)
{
    if (!isTakenBack && tick.state == RunbookTick::State::Skipped && tick.reason.trimmed().isEmpty()) {
        return done(Error{.kind = Error::Kind::Invalid,
                          .what = tr("A step is skipped for a reason."),
                          .meaning = tr("It is still to be done."),
                          .next = tr("Say why it is skipped.")});
    }
    tick.at = m_parts.clock.now();
    tick.actor = m_parts.actor;
    int number = 0;
    if (const RunbookPtr runbook = m_library ? m_library->find(tick.runbook) : nullptr) {
        for (const RunbookStep &step : runbook->steps) {
            if (step.id != tick.step)
                continue;
            number = step.number;
            if (tick.text.isEmpty())
                tick.text = step.text;
        }
    }
    RunbookTickNote note{.environment = m_parts.environment,
                         .tick = tick,
                         .isTakenBack = isTakenBack,
                         .id = newActionId(tick.at),
                         .service = ServiceId(serviceOfOccasion(m_fleet.get(), tick.occasion)),
                         .words = tickWords(tick, number, isTakenBack)};
    m_parts.journal.ask<Done>([note](Store &store) { return store.runbookTicks().write(note); },
                              [self = QPointer<RunbookService>(this), occasion = tick.occasion,
                               done = std::move(done)](const Result<Done> &written) {
                                  if (!self)
                                      return;
                                  if (written) {
                                      self->readTicks(occasion);
                                      Q_EMIT self->activityWritten();
                                  }
                                  done(written);
                              });
}

} // namespace cockpit
