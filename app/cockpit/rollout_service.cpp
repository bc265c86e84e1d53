// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/rollout_service.h"

#include "app/cockpit/rollout_sights.h"

#include <algorithm>
#include <vector>

namespace cockpit {

using namespace std::chrono_literals;

namespace {

constexpr int mostInFlight = 4;
constexpr int ticksBetweenLooks = 10;
/// World time between two judgements, and the least real time: a demo's clock may run fast.
constexpr Duration judgeInterval{30s};
constexpr std::chrono::milliseconds leastRealInterval{2000};
constexpr std::chrono::milliseconds disarmedShown{60'000};
/// Real time; a watch is proven at least once a minute.
constexpr Duration oldestRead{2min};

/// Another revision or weight is another step.
QString stepName(const Rollout &rollout)
{
    const QString weight = rollout.desiredWeight ? QString::number(*rollout.desiredWeight) + u'%'
                                                 : QString::number(rollout.stepIndex.value_or(-1));
    return rollout.currentHash + u'/' + weight + u'/' + (rollout.blueGreen ? rollout.blueGreen->activeHash : QString());
}

bool isGone(const RolloutGuard &guard) { return guard.state == RolloutGuard::State::Disarmed; }

} // namespace

RolloutService::RolloutService(Parts parts, QList<PolicyConfig> policies, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_policies(std::move(policies))
{
    connect(&m_policies, &PolicyWatch::changed, this, &RolloutService::takePolicies);
    connect(&m_parts.store, &RolloutStore::changed, this, [this] { m_storeChanged = true; });
}

RolloutService::~RolloutService() { quit(); }

void RolloutService::start() { m_policies.look(); }

void RolloutService::takePolicies()
{
    m_parts.store.setPolicies(m_policies.policies());
    for (const Finding &problem : m_policies.problems()) {
        if (hasSeriousFinding({problem}))
            Q_EMIT noticed(tr("A deployment policy cannot be used: %1").arg(problem.text()));
    }
    for (Watched &watched : m_watched)
        watched.wanted = true;
}

void RolloutService::tick()
{
    if (++m_ticksSinceLook >= ticksBetweenLooks) {
        m_ticksSinceLook = 0;
        m_policies.look();
    }
    if (m_storeChanged)
        lookAtStore();
    judgeDue();
    stepGuards();
}

void RolloutService::woke(Duration missed)
{
    disarmAll(tr("nobody watched for %1").arg(durationText(missed)));
    for (Watched &watched : m_watched)
        watched.wanted = true;
}

void RolloutService::quit()
{
    if (std::exchange(m_hasQuit, true))
        return;
    disarmAll(tr("the cockpit quits"));
}

void RolloutService::lookAtStore()
{
    m_storeChanged = false;
    QHash<ObjectKey, Watched> kept;
    for (const RolloutEntry &entry : m_parts.store.entries()) {
        const Rollout &rollout = *entry.rollout;
        const auto known = m_watched.constFind(rollout.key);
        if (!rollout.isUpdating() && (known == m_watched.constEnd() || !(known->wanted || known->inFlight)))
            continue;
        Watched watched = known == m_watched.constEnd() ? Watched{} : *known;
        const QString step = stepName(rollout);
        if (watched.step != step) {
            const Instant now = m_parts.clock.now();
            const std::optional<Instant> began = stepStartedAt(rollout);
            // A step that began under our eyes began now; an older one when the cluster says so.
            watched.stepSeenAt = watched.step.isEmpty() ? began.value_or(now) : now;
            watched.step = step;
            watched.wanted = true;
        }
        kept.insert(rollout.key, watched);
    }
    m_watched = std::move(kept);
}

bool RolloutService::isDue(const RolloutEntry &entry, const Watched &watched) const
{
    if (!entry.policy || watched.inFlight)
        return false;
    if (watched.wanted || !watched.judgedAt)
        return true;
    return entry.rollout->isUpdating() && m_parts.clock.now() - watched.judgedFor >= judgeInterval &&
           m_parts.clock.monotonic() - *watched.judgedAt >= leastRealInterval;
}

void RolloutService::judgeDue()
{
    auto inFlight =
        std::count_if(m_watched.cbegin(), m_watched.cend(), [](const Watched &one) { return one.inFlight; });
    for (const bool updating : {true, false}) {
        for (const RolloutEntry &entry : m_parts.store.entries()) {
            if (inFlight >= mostInFlight)
                return;
            const auto watched = m_watched.find(entry.rollout->key);
            if (watched == m_watched.end() || entry.rollout->isUpdating() != updating || !isDue(entry, *watched))
                continue;
            ++inFlight;
            judge(entry, *watched);
        }
    }
}

void RolloutService::judge(const RolloutEntry &entry, Watched &watched)
{
    watched.inFlight = true;
    watched.wanted = false;
    watched.judgedAt = m_parts.clock.monotonic();
    watched.judgedFor = m_parts.clock.now();
    m_parts.measurer.measure(
        *entry.rollout, entry.policy->interval, watched.judgedFor,
        [this, key = entry.rollout->key](const Result<TrackMeasures> &measures) { takeMeasures(key, measures); });
}

void RolloutService::takeMeasures(const ObjectKey &key, const Result<TrackMeasures> &measures)
{
    const auto watched = m_watched.find(key);
    const RolloutEntry *entry = m_parts.store.find(key);
    if (watched == m_watched.end())
        return;
    watched->inFlight = false;
    if (!entry || !entry->policy)
        return;
    const Rollout &rollout = *entry->rollout;
    TrackMeasures known = measures ? *measures : TrackMeasures{.splitProblem = measures.error().what};
    known.window = entry->policy->interval;
    const Instant began = std::max(stepStartedAt(rollout).value_or(watched->stepSeenAt), watched->stepSeenAt);
    const auto fleet = m_parts.fleet();
    auto verdict = std::make_shared<const CanaryVerdict>(
        cockpit::judge(*entry->policy, known, rollout, alertSightOf(fleet.get()), began, m_parts.clock.now()));
    m_parts.store.setVerdict(key, std::move(verdict));
    judgeDue();
}

GuardSight RolloutService::guardSight(const RolloutEntry &entry) const
{
    const auto fleet = m_parts.fleet();
    const Duration oldest(qint64(double(oldestRead.count()) * m_parts.clock.speed()));
    return guardSightOf(entry, fleet.get(), oldest, m_parts.clock.now());
}

void RolloutService::stepGuards()
{
    std::vector<RolloutEntry> guarded;
    for (const RolloutEntry &entry : m_parts.store.entries()) {
        if (entry.guard)
            guarded.push_back(entry);
    }
    // From here on the store changes under the loop.
    const Clock::Monotonic now = m_parts.clock.monotonic();
    for (const RolloutEntry &entry : guarded) {
        const ObjectKey &key = entry.rollout->key;
        if (isGone(*entry.guard)) {
            if (now - m_disarmed.value(key) < disarmedShown)
                continue;
            m_disarmed.remove(key);
            m_parts.store.setGuard(key, std::nullopt);
            continue;
        }
        const RolloutGuard next = stepGuard(*entry.guard, guardSight(entry), m_parts.clock.now());
        const bool acts = next.state == RolloutGuard::State::Acting && entry.guard->state != next.state;
        if (!(next == *entry.guard))
            setGuard(key, next);
        if (acts)
            act(entry, next);
    }
}

void RolloutService::setGuard(const ObjectKey &key, const RolloutGuard &guard)
{
    m_parts.store.setGuard(key, guard);
    if (!isGone(guard))
        return;
    m_disarmed.insert(key, m_parts.clock.monotonic());
    Q_EMIT noticed(guard.words);
}

void RolloutService::act(const RolloutEntry &entry, const RolloutGuard &guard)
{
    const Rollout &rollout = *entry.rollout;
    ActionRequest request{.target = rollout.key.name,
                          .service = rollout.service,
                          .actor = guard.armedBy,
                          .reason = tr("The guard that %1 armed: %2").arg(guard.armedBy, guard.words)};
    const bool canAbort = rollout.kind == WorkloadKind::Rollout || rollout.kind == WorkloadKind::FlaggerCanary;
    const RolloutRevision *back = rollout.previous();
    if (canAbort)
        request.intent = AbortRollout{rollout.key};
    else
        request.intent = UndoRollout{rollout.key, back ? back->hash : QString()};
    m_parts.request(std::move(request));
}

Result<Done> RolloutService::arm(const ObjectKey &key)
{
    const RolloutEntry *entry = m_parts.store.find(key);
    if (!entry)
        return Error{
            Error::Kind::NotFound, tr("There is no such rollout any more."), tr("The guard was not armed."), {}};
    const auto guard = armGuard(entry->rollout->key, m_parts.actor, guardSight(*entry), m_parts.clock.now());
    if (!guard)
        return guard.error();
    setGuard(entry->rollout->key, *guard);
    return Done{};
}

void RolloutService::disarm(const ObjectKey &key, const QString &why)
{
    const RolloutEntry *entry = m_parts.store.find(key);
    if (entry && entry->guard && !isGone(*entry->guard)) {
        const ObjectKey whole = entry->rollout->key;
        setGuard(whole, disarmGuard(*entry->guard, why));
    }
}

void RolloutService::disarmAll(const QString &why)
{
    const std::vector<RolloutEntry> entries = m_parts.store.entries();
    for (const RolloutEntry &entry : entries) {
        if (entry.guard)
            disarm(entry.rollout->key, why);
    }
}

void RolloutService::judgeNow(const ObjectKey &key)
{
    const RolloutEntry *entry = m_parts.store.find(key);
    if (!entry)
        return;
    Watched &watched = m_watched[entry->rollout->key];
    if (watched.step.isEmpty()) {
        watched.step = stepName(*entry->rollout);
        watched.stepSeenAt = stepStartedAt(*entry->rollout).value_or(m_parts.clock.now());
    }
    watched.wanted = true;
    judgeDue();
}

} // namespace cockpit
