// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cascade.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <map>
#include <set>

namespace cockpit {

namespace {

struct CascadeWords {
    Q_DECLARE_TR_FUNCTIONS(Cascade)
};

constexpr Duration onsetSlack{std::chrono::minutes(2)};

/// What is gathered of one place before anything is concluded.
struct Place {
    bool isService = false;
    ServiceHealth::Level level = ServiceHealth::Level::Unknown;
    bool suspected = false; ///< a breaker towards it is open and nobody forced it
    int callersOpen = 0;
    bool isDown = false;
    std::optional<Instant> since{};
    std::set<QString> calls{};
    std::set<QString> calledBy{};
    std::optional<double> saturation{};

    bool inTrouble() const
    {
        return suspected || level == ServiceHealth::Level::Degraded || level == ServiceHealth::Level::Unhealthy;
    }
};

class CascadeFold {
public:
    CascadeFold(const Fleet &fleet, const std::vector<BreakerPtr> &breakers, const QHash<QString, QString> &hints)
        : m_fleet(fleet)
        , m_breakers(breakers)
        , m_hints(hints)
    {}

    Cascade fold()
    {
        gatherServices();
        gatherDependencies();
        gatherBreakers();
        explain();
        rank();
        return made();
    }

private:
    using Pair = std::pair<QString, QString>;

    void note(std::optional<Instant> &since, Instant at) { since = since ? std::min(*since, at) : at; }

    void gatherServices()
    {
        for (const ServiceHealth &service : m_fleet.services) {
            Place &place = m_places[service.id.toString()];
            place.isService = true;
            place.level = service.level;
            place.isDown = service.live.verdict == Evidence::Verdict::Bad;
            if (const auto &saturation = service.figure(Figure::Saturation))
                place.saturation = saturation->value;
        }
        for (const Alert &alert : m_fleet.alerts) {
            const bool fires = alert.state == AlertState::Firing || alert.state == AlertState::Acknowledged;
            const auto place = m_places.find(alert.service.toString());
            if (fires && place != m_places.end() && place->second.inTrouble())
                note(place->second.since, alert.startsAt);
        }
    }

    void gatherDependencies()
    {
        for (const ServiceDefinition &one : m_fleet.serviceMap.definitions()) {
            for (const ServiceId &dependency : one.dependsOn)
                connect(one.id.toString(), dependency.toString());
        }
    }

    void connect(const QString &from, const QString &to)
    {
        if (from == to || from.isEmpty() || to.isEmpty())
            return;
        m_places[from].calls.insert(to);
        m_places[to].calledBy.insert(from);
    }

    void gatherBreakers()
    {
        for (const BreakerPtr &one : m_breakers) {
            const QString from = one->key.from.toString();
            connect(from, one->to);
            const auto [at, isNew] = m_between.try_emplace({from, one->to}, one);
            if (!isNew && attentionRank(one->state) > attentionRank(at->second->state))
                at->second = one;
            const bool tripped = one->state == BreakerState::Open || one->state == BreakerState::HalfOpen;
            Place &target = m_places[one->to];
            if (!tripped)
                continue;
            target.suspected = true;
            ++target.callersOpen;
            if (one->changedAt)
                note(target.since, *one->changedAt);
        }
    }

    /// The trouble of `to` explains that of `from`.
    bool explains(const Place &from, const Place &to) const
    {
        if (!from.inTrouble() || !to.inTrouble())
            return false;
        return !from.since || !to.since || *to.since <= *from.since + onsetSlack;
    }

    void explain()
    {
        for (auto &[name, place] : m_places) {
            for (const QString &dependency : place.calls) {
                const Place &other = m_places.at(dependency);
                if (!explains(place, other))
                    continue;
                const bool mutual = other.calls.count(name) > 0 && explains(other, place);
                if (!mutual || goesFirst(dependency, other, name, place))
                    m_because[name].append(dependency);
            }
        }
    }

    /// Of two that explain each other: the earlier, else the worse, else by name.
    static bool goesFirst(const QString &nameA, const Place &a, const QString &nameB, const Place &b)
    {
        if (a.since && b.since && *a.since != *b.since)
            return *a.since < *b.since;
        if (a.level != b.level)
            return a.level == ServiceHealth::Level::Unhealthy;
        return nameA < nameB;
    }

    /// Who is reached by the trouble of a place, through those that it explains.
    std::set<QString> reached(const QString &root) const
    {
        std::set<QString> seen;
        std::vector<QString> open{root};
        while (!open.empty()) {
            const QString name = open.back();
            open.pop_back();
            for (const QString &caller : m_places.at(name).calledBy) {
                if (m_because.value(caller).contains(name) && seen.insert(caller).second)
                    open.push_back(caller);
            }
        }
        return seen;
    }

    void rank()
    {
        struct Root {
            QString name{};
            size_t reach = 0;
            std::optional<Instant> since{};
        };
        std::vector<Root> roots;
        for (const auto &[name, place] : m_places) {
            if (place.inTrouble() && m_because.value(name).isEmpty())
                roots.push_back({name, reached(name).size(), place.since});
        }
        std::stable_sort(roots.begin(), roots.end(), [](const Root &a, const Root &b) {
            if (a.reach != b.reach)
                return a.reach > b.reach;
            return a.since && b.since ? *a.since < *b.since : a.since.has_value() && !b.since;
        });
        for (const Root &root : roots)
            number(root.name);
        for (size_t i = 0; i < m_order.size(); ++i) { // grows as the ones behind are reached
            const QString name = m_order[i];
            for (const QString &caller : m_places.at(name).calledBy) {
                if (m_because.value(caller).contains(name))
                    number(caller);
            }
        }
        for (const auto &[name, place] : m_places) { // a ring in which each explains the next has no root
            if (place.inTrouble())
                number(name);
        }
    }

    void number(const QString &name)
    {
        if (m_ranks.contains(name))
            return;
        m_order.push_back(name);
        m_ranks.insert(name, static_cast<int>(m_order.size()));
    }

    StateGlyph glyphOf(const Place &place) const
    {
        if (place.isService) {
            switch (place.level) {
            case ServiceHealth::Level::Healthy:
                return place.suspected ? StateGlyph::Warning : StateGlyph::Ok;
            case ServiceHealth::Level::Degraded:
                return StateGlyph::Warning;
            case ServiceHealth::Level::Unhealthy:
                return StateGlyph::Critical;
            case ServiceHealth::Level::Unknown:
                return place.suspected ? StateGlyph::Warning : StateGlyph::Unknown;
            }
        }
        if (place.suspected)
            return StateGlyph::Critical;
        return calmBreakers(place) ? StateGlyph::Ok : StateGlyph::Unknown;
    }

    /// All who call it do so through a closed breaker: the only proof there is of a thing without figures.
    bool calmBreakers(const Place &place) const { return place.calledBy.size() > 0 && m_calm.contains(&place); }

    QString wordsOf(const QString &name, const Place &place) const
    {
        const QStringList because = m_because.value(name);
        if (because.isEmpty()) {
            if (const QString hint = m_hints.value(name); !hint.isEmpty())
                return hint;
            if (place.isDown)
                return CascadeWords::tr("is down");
            if (!place.isService)
                return CascadeWords::tr("fails: breakers towards it that are open: %1").arg(place.callersOpen);
            return place.level == ServiceHealth::Level::Unhealthy ? CascadeWords::tr("is failing")
                                                                  : CascadeWords::tr("is degraded");
        }
        QString words = CascadeWords::tr("because of %1").arg(because.join(QStringLiteral(", ")));
        for (const QString &dependency : because) {
            const auto breaker = m_between.find({name, dependency});
            if (breaker != m_between.end() && breaker->second->state == BreakerState::Open) {
                words += CascadeWords::tr("; its breaker is open");
                break;
            }
        }
        return words;
    }

    Cascade made()
    {
        noteCalm();
        Cascade cascade;
        for (const auto &[name, place] : m_places) {
            CascadeNode node{name, place.isService, glyphOf(place), m_ranks.value(name), false, m_because.value(name),
                             {},   place.since,     Shedding::None};
            node.isRoot = node.rank > 0 && node.because.isEmpty();
            if (node.rank > 0)
                node.words = wordsOf(name, place);
            if (place.saturation)
                node.shedding = sheddingAt(*place.saturation);
            cascade.nodes.push_back(node);
            for (const QString &to : place.calls)
                cascade.edges.push_back(edge(name, to));
        }
        for (const QString &name : m_order)
            cascade.sentences.append(sentence(*cascade.node(name)));
        return cascade;
    }

    void noteCalm()
    {
        for (const auto &[name, place] : m_places) {
            const bool calm = std::all_of(place.calledBy.begin(), place.calledBy.end(), [&](const QString &caller) {
                const auto breaker = m_between.find({caller, name});
                return breaker != m_between.end() && breaker->second->state == BreakerState::Closed;
            });
            if (calm)
                m_calm.insert(&place);
        }
    }

    CascadeEdge edge(const QString &from, const QString &to) const
    {
        CascadeEdge made{from, to, BreakerState::Unknown, std::nullopt, m_because.value(from).contains(to)};
        if (const auto breaker = m_between.find({from, to}); breaker != m_between.end()) {
            made.state = breaker->second->state;
            made.breaker = breaker->second->key;
        }
        return made;
    }

    QString sentence(const CascadeNode &node) const
    {
        if (node.isRoot)
            return node.words.startsWith(QStringLiteral("is ")) || node.words.startsWith(QStringLiteral("fails"))
                       ? node.name + u' ' + node.words
                       : CascadeWords::tr("%1: %2").arg(node.name, node.words);
        return CascadeWords::tr("%1 is degraded %2").arg(node.name, node.words);
    }

    const Fleet &m_fleet;
    const std::vector<BreakerPtr> &m_breakers;
    const QHash<QString, QString> &m_hints;
    std::map<QString, Place> m_places{};
    std::map<Pair, BreakerPtr> m_between{};
    QHash<QString, QStringList> m_because{};
    QHash<QString, int> m_ranks{};
    std::vector<QString> m_order{};
    QSet<const Place *> m_calm{};
};

} // namespace

Shedding sheddingAt(double saturation)
{
    return saturation >= 1.0    ? Shedding::Drain
           : saturation >= 0.95 ? Shedding::Migrate
           : saturation >= 0.85 ? Shedding::RejectNew
                                : Shedding::None;
}

QString sheddingWords(Shedding shedding)
{
    switch (shedding) {
    case Shedding::RejectNew:
        return CascadeWords::tr("rejects new work");
    case Shedding::Migrate:
        return CascadeWords::tr("moves work away");
    case Shedding::Drain:
        return CascadeWords::tr("drains");
    case Shedding::None:
        break;
    }
    return {};
}

const CascadeNode *Cascade::node(const QString &name) const
{
    const auto found =
        std::find_if(nodes.cbegin(), nodes.cend(), [&name](const CascadeNode &one) { return one.name == name; });
    return found == nodes.cend() ? nullptr : &*found;
}

Cascade cascadeOf(const Fleet &fleet, const std::vector<BreakerPtr> &breakers, const QHash<QString, QString> &hints)
{
    return CascadeFold(fleet, breakers, hints).fold();
}

} // namespace cockpit
