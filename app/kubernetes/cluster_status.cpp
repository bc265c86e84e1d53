// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/cluster_watch.h"
#include "app/kubernetes/kubernetes_words.h"

#include <algorithm>

namespace cockpit {

bool ClusterWatch::isSettled() const
{
    return std::all_of(m_watches.begin(), m_watches.end(), [](const auto &watch) { return watch->isSettled(); });
}

void ClusterWatch::publishLater()
{
    if (m_publishing || !m_answered)
        return;
    std::chrono::milliseconds delay{0};
    const Clock::Monotonic now = m_clock.monotonic();
    const ClusterWatchOptions &options = m_settings.options;
    // The first update waits for all kinds: a rollout without its pods would be half a truth.
    if (!m_published && !isSettled() && now - m_began < options.settleLimit)
        delay = std::chrono::ceil<std::chrono::milliseconds>(m_began + options.settleLimit - now);
    else if (m_publishedAt && now - *m_publishedAt < options.publishPause)
        delay = std::chrono::ceil<std::chrono::milliseconds>(*m_publishedAt + options.publishPause - now);
    if (delay > options.publishPause) { // settled sooner: asked again then
        m_worker->after(delay, [weak = weak_from_this()] {
            if (const auto self = weak.lock(); self && !self->m_published)
                self->publishLater();
        });
        return;
    }
    m_publishing = true;
    m_worker->after(delay, [weak = weak_from_this()] {
        if (const auto self = weak.lock())
            self->publishNow();
    });
}

void ClusterWatch::publishNow()
{
    m_publishing = false;
    const bool isFirst = !std::exchange(m_published, true);
    m_publishedAt = m_clock.monotonic();
    m_facts.assemble(m_clock.now());
    m_publish(RolloutsUpdate{.source = m_settings.id,
                             .context = m_link->context(),
                             .at = m_lastSuccess.value_or(m_clock.now()),
                             .rollouts = m_facts.rollouts(),
                             .events = m_facts.events()});
    if (isFirst) // the facts first: whoever sees "ok" must already have them
        publishStatus();
}

SourceStatus ClusterWatch::connecting(const SourceId &id, const QString &context, const Clock &clock,
                                      const ClusterWatchOptions &options)
{
    return {.id = id,
            .name = context,
            .kind = SourceStatus::Kind::Kubernetes,
            .cluster = context,
            .state = SourceStatus::State::Connecting,
            .interval = Duration(qint64(double(options.proofInterval.count()) * clock.speed()))};
}

SourceStatus ClusterWatch::status() const
{
    SourceStatus status = connecting(m_settings.id, m_link->context(), m_clock, m_settings.options);
    status.lastSuccess = m_lastSuccess;
    status.newestSample = m_lastSuccess;
    status.downSince = m_downSince;
    if (m_proofError) {
        status.state = stateAfter(*m_proofError);
        status.message = m_proofError->text();
    } else {
        describeWatches(status);
    }
    return status;
}

/// From what the watches say: all answer, some do, none does.
void ClusterWatch::describeWatches(SourceStatus &status) const
{
    int good = 0;
    std::optional<Error> firstError;
    std::optional<Clock::Monotonic> nextTry;
    QStringList waiting, forbidden;
    for (const auto &watch : m_watches) {
        const QString name = kubernetesPath(watch->kind()).resource;
        const auto note = [&name](QStringList &list) {
            if (!list.contains(name))
                list.append(name);
        };
        switch (watch->state()) {
        case ResourceWatch::State::Watching:
            ++good;
            break;
        case ResourceWatch::State::Waiting:
            note(waiting);
            break;
        case ResourceWatch::State::Forbidden:
            note(forbidden);
            break;
        case ResourceWatch::State::Listing:
        case ResourceWatch::State::Absent:
            break;
        }
        if (watch->error() && !firstError)
            firstError = watch->error();
        if (watch->state() == ResourceWatch::State::Waiting && watch->nextTry())
            nextTry = nextTry ? std::min(*nextTry, *watch->nextTry()) : *watch->nextTry();
    }
    if (good > 0 && m_published) {
        status.state =
            waiting.isEmpty() && forbidden.isEmpty() ? SourceStatus::State::Ok : SourceStatus::State::Partial;
        if (!waiting.isEmpty() && firstError)
            status.message =
                KubernetesWords::tr("Not read: %1. %2").arg(waiting.join(QStringLiteral(", ")), firstError->text());
        else if (!forbidden.isEmpty())
            status.message = KubernetesWords::tr("Not allowed to read: %1.").arg(forbidden.join(QStringLiteral(", ")));
    } else if (good == 0 && firstError && (!waiting.isEmpty() || !forbidden.isEmpty())) {
        const bool noWayIn = m_link->credentialsError().has_value();
        status.state = noWayIn ? SourceStatus::State::Unauthorized : stateAfter(*firstError);
        status.message = firstError->text();
    } else if (m_published) {
        status.state = m_status ? m_status->state : SourceStatus::State::Connecting; // lists are on their way
        status.message = m_status ? m_status->message : QString();
    }
    if (nextTry) {
        const auto wait = std::chrono::duration<double, std::milli>(*nextTry - m_clock.monotonic()).count();
        status.nextTry = m_clock.now() + Duration(qint64(wait * m_clock.speed()));
    }
}

void ClusterWatch::publishStatus()
{
    SourceStatus fresh = status();
    const bool isDown = fresh.state == SourceStatus::State::Down || fresh.state == SourceStatus::State::Unauthorized;
    if (isDown && !m_downSince)
        m_downSince = m_clock.now();
    else if (!isDown && fresh.state != SourceStatus::State::Connecting)
        m_downSince.reset();
    fresh.downSince = m_downSince;
    if (m_status == fresh)
        return;
    m_status = fresh;
    m_publish(StatusUpdate{std::move(fresh)});
}

} // namespace cockpit
