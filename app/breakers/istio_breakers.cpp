// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/breakers/istio_breakers.h"

#include "app/breakers/breaker_words.h"
#include "app/formats/istio_json.h"

#include <algorithm>

namespace cockpit {

IstioBreakers::IstioBreakers(KubernetesCalls &calls, const Clock &clock, Settings settings, UpdateSink publish)
    : m_calls(calls)
    , m_clock(clock)
    , m_settings(std::move(settings))
    , m_publish(std::move(publish))
{}

QString IstioBreakers::path(const QString &nameSpace, const QString &name, const QString &version)
{
    const QString list =
        QStringLiteral("/apis/networking.istio.io/%1/namespaces/%2/virtualservices").arg(version, nameSpace);
    return name.isEmpty() ? list : list + u'/' + name;
}

KubernetesCall IstioBreakers::objectCall(const QString &name) const
{
    KubernetesCall call;
    call.context = m_settings.context;
    call.path = path(m_settings.nameSpace, name, m_version);
    call.lane = HttpLane::Action;
    return call;
}

std::vector<BreakerPtr> IstioBreakers::breakersOf(const KubernetesObject &list)
{
    std::vector<InstanceAnswer> answers;
    QHash<QString, QString> owners;
    QHash<QString, QString> reasons;
    QList<LeaseNote> notes;
    InstanceReading reading;
    for (const KubernetesObject &object : list.items()) {
        const IstioBreaker one = istioBreaker(object);
        notes += decodeLeaseNotes(object.annotation(QLatin1String(leaseAnnotation)).toUtf8());
        BreakerReading breaker;
        breaker.name = one.name;
        breaker.to = one.host.section(u'.', 0, 0);
        breaker.figures.state = one.state;
        reading.breakers.push_back(breaker);
        owners.insert(one.name, one.controlledBy);
        reasons.insert(one.name, one.readOnlyReason);
    }
    if (m_settings.notes)
        m_settings.notes(notes);
    answers.push_back({QStringLiteral("istio"), std::move(reading)});
    std::vector<BreakerPtr> breakers = assembleBreakers(m_settings.facts, answers, m_clock.now(), m_memory);
    for (BreakerPtr &one : breakers) {
        auto told = std::make_shared<Breaker>(*one);
        told->controlledBy = owners.value(told->key.name);
        told->readOnlyReason = reasons.value(told->key.name);
        one = told;
    }
    return breakers;
}

void IstioBreakers::list(HttpLane lane, std::function<void(Result<std::vector<BreakerPtr>>)> done)
{
    KubernetesCall call = objectCall({});
    call.lane = lane == HttpLane::Action ? HttpLane::Action : HttpLane::Interactive;
    const std::weak_ptr<bool> alive = m_alive;
    m_calls.call(call, [this, alive, lane, done = std::move(done)](const Result<KubernetesAnswer> &answer) {
        if (alive.expired())
            return;
        const bool older = !answer && answer.error().kind == Error::Kind::NotFound && m_version == u"v1";
        if (older) {
            m_version = QStringLiteral("v1beta1");
            return list(lane, done);
        }
        if (!answer)
            return done(answer.error());
        done(breakersOf(answer->object));
    });
}

void IstioBreakers::poll(HttpLane lane)
{
    list(lane, [this](const Result<std::vector<BreakerPtr>> &breakers) {
        SourceStatus status{.id = m_settings.identity.id,
                            .name = m_settings.identity.name,
                            .kind = m_settings.identity.kind,
                            .cluster = m_settings.identity.cluster};
        const double interval = static_cast<double>(m_settings.identity.interval.count()) * m_clock.speed();
        status.interval = Duration(static_cast<qint64>(interval));
        if (breakers) {
            m_lastSuccess = m_clock.now();
            status.state = SourceStatus::State::Ok;
            status.newestSample = m_lastSuccess;
            m_publish(BreakersUpdate{m_settings.identity.id, m_clock.now(),
                                     std::make_shared<const std::vector<BreakerPtr>>(*breakers), 1, 1});
        } else {
            status.state = stateAfter(breakers.error());
            status.message = breakers.error().text();
        }
        status.lastSuccess = m_lastSuccess;
        m_publish(StatusUpdate{status});
    });
}

void IstioBreakers::look(std::function<void(Result<BreakerLook>)> done)
{
    list(HttpLane::Action, [done = std::move(done)](const Result<std::vector<BreakerPtr>> &breakers) {
        breakers ? done(BreakerLook{*breakers, {}}) : done(breakers.error());
    });
}

void IstioBreakers::apply(const BreakerOrder &order, std::function<void(QList<PodOutcome>)> done)
{
    const std::weak_ptr<bool> alive = m_alive;
    PodOutcome outcome;
    outcome.pod = QStringLiteral("istio");
    const BreakerMode mode = order.modes.value(outcome.pod, BreakerMode::Reset);
    m_calls.call(objectCall(order.name),
                 [this, alive, order, outcome, mode, done](const Result<KubernetesAnswer> &read) mutable {
                     if (alive.expired())
                         return;
                     const auto refuse = [&](const Error &error) {
                         outcome.kind = PodOutcome::Kind::Refused;
                         outcome.error = error;
                         done({outcome});
                     };
                     if (!read)
                         return refuse(read.error());
                     outcome.before = istioBreaker(read->object).state;
                     const auto body = istioFaultPatch(read->object, mode);
                     if (!body)
                         return refuse(body.error());
                     KubernetesCall patch = objectCall(order.name);
                     patch.method = "PATCH";
                     patch.bodyKind = KubernetesCall::Body::JsonPatch;
                     patch.body = *body;
                     m_calls.call(patch, [this, alive, order, outcome, done](const Result<KubernetesAnswer> &patched) {
                         if (!alive.expired())
                             readBack(order, outcome, patched ? std::nullopt : std::optional(patched.error()), done);
                     });
                 });
}

void IstioBreakers::readBack(const BreakerOrder &order, PodOutcome outcome, const std::optional<Error> &problem,
                             std::function<void(QList<PodOutcome>)> done)
{
    const std::weak_ptr<bool> alive = m_alive;
    m_calls.call(objectCall(order.name), [alive, order, outcome, problem,
                                          done](const Result<KubernetesAnswer> &read) mutable {
        if (alive.expired())
            return;
        const BreakerMode mode = order.modes.value(outcome.pod, BreakerMode::Reset);
        outcome.after = read ? istioBreaker(read->object).state : BreakerState::Unknown;
        if (!isAsWanted(mode, outcome.after)) {
            const bool known = !problem || KubernetesCalls::outcomeIsKnown(*problem);
            outcome.kind = known && read ? PodOutcome::Kind::Refused : PodOutcome::Kind::NotKnown;
            outcome.error = problem ? *problem
                            : !read
                                ? read.error()
                                : Error{Error::Kind::Conflict,
                                        BreakerWords::tr("The VirtualService %1 was put back at once.").arg(order.name),
                                        {},
                                        {}};
        }
        done({outcome});
    });
}

} // namespace cockpit
