// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fold/postmortem_timeline.h"

#include "models/incident_words.h"
#include "models/plain_line.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace cockpit {

namespace {

struct StoryWords {
    Q_DECLARE_TR_FUNCTIONS(Incident)
};

bool isMitigation(const IncidentAction &action)
{
    static const QStringList families{QStringLiteral("rollout."), QStringLiteral("breaker."), QStringLiteral("flag."),
                                      QStringLiteral("replicas."), QStringLiteral("capacity.")};
    return std::any_of(families.begin(), families.end(),
                       [&](const QString &one) { return action.actionName.startsWith(one); });
}

/// One that took effect.
bool isMitigating(const IncidentAction &action)
{
    return action.state == ActionState::Succeeded && isMitigation(action);
}

/// Tells one entry after the other, and knows which milestone was passed already.
class Story {
public:
    Story(const Incident &incident, const RoleWords &roles)
        : m_incident(incident)
        , m_roles(roles)
    {}

    void tell(const IncidentEntry &entry)
    {
        std::visit([&](const auto &body) { add(entry, body); }, entry.body);
    }

    QList<Postmortem::Line> lines()
    {
        addMoment(serviceRestoredAt(m_incident), StoryWords::tr("Service restored"));
        addMoment(m_incident.resolvedAt, StoryWords::tr("Permanent fix deployed, incident resolved"));
        std::stable_sort(m_lines.begin(), m_lines.end(),
                         [](const Postmortem::Line &a, const Postmortem::Line &b) { return a.at < b.at; });
        return std::exchange(m_lines, {});
    }

private:
    void line(const IncidentEntry &entry, const QString &text, bool milestone = false)
    {
        m_lines.append({happenedAt(m_incident, entry), m_roles.withRoles(plainLine(text, 300)),
                        plainLine(entry.origin, 80), milestone});
    }
    void addMoment(const std::optional<Instant> &at, const QString &text)
    {
        if (at)
            m_lines.append({*at, text, QString::fromUtf16(kCockpitActor), true});
    }
    /// The words as corrected.
    QString told(const IncidentEntry &entry) const
    {
        return m_incident.correctedBy.contains(entry.id) ? entryDetail(m_incident, entry) : entryText(entry);
    }

    template <typename Body> void add(const IncidentEntry &, const Body &) {}
    void add(const IncidentEntry &entry, const IncidentOpened &body)
    {
        line(entry, StoryWords::tr("The incident was declared as %1").arg(toWireName(body.level)));
    }
    void add(const IncidentEntry &entry, const IncidentAlert &body)
    {
        const bool isFirst = body.fired && !std::exchange(m_hasAlert, m_hasAlert || body.fired);
        line(entry, isFirst ? StoryWords::tr("Alert fired: %1").arg(plainLine(body.name, 200)) : told(entry), isFirst);
    }
    void add(const IncidentEntry &entry, const IncidentAction &body)
    {
        if (body.state == ActionState::Armed && isMitigation(body)) {
            const QString why = plainLine(body.reason, 200);
            const QString what = StoryWords::tr("Confirmed: %1").arg(told(entry));
            return line(entry, why.isEmpty() ? what : StoryWords::tr("%1 (%2)").arg(what, why));
        }
        if (!isFinal(body.state) || body.actionName.startsWith(QStringLiteral("chat.")))
            return;
        const bool isFirst = isMitigating(body) && !std::exchange(m_hasMitigation, true);
        line(entry, isFirst ? StoryWords::tr("Mitigation applied: %1").arg(told(entry)) : told(entry), isFirst);
    }
    void add(const IncidentEntry &entry, const IncidentChange &body) { line(entry, plainLine(body.text, 300)); }
    void add(const IncidentEntry &entry, const IncidentNote &) { line(entry, told(entry)); }
    void add(const IncidentEntry &entry, const IncidentMessage &body)
    {
        if (body.update > 0)
            line(entry, told(entry));
    }
    void add(const IncidentEntry &entry, const IncidentPhaseSet &) { line(entry, told(entry)); }
    void add(const IncidentEntry &entry, const IncidentLevelSet &) { line(entry, told(entry)); }
    void add(const IncidentEntry &entry, const IncidentMerge &) { line(entry, told(entry)); }
    void add(const IncidentEntry &entry, const IncidentCan &) { line(entry, told(entry)); }
    void add(const IncidentEntry &entry, const IncidentRoleSet &body)
    {
        const QString role = roleName(body.role).toLower();
        const bool isEngaged = body.role == IncidentRole::Commander && engages(entry);
        const QString words = body.person.isEmpty() ? StoryWords::tr("The role of %1 was given up").arg(role)
                                                    : StoryWords::tr("The role of %1 was taken").arg(role);
        line(entry, isEngaged ? StoryWords::tr("Oncall engaged: the role of %1 was taken").arg(role) : words,
             isEngaged);
    }
    void add(const IncidentEntry &entry, const IncidentPage &body)
    {
        static const QString words[] = {StoryWords::tr("Oncall was paged"), StoryWords::tr("The page was acknowledged"),
                                        StoryWords::tr("The page was escalated"),
                                        StoryWords::tr("The page was resolved")};
        const bool isEngaged = body.state == IncidentPage::State::Acknowledged && engages(entry);
        line(entry,
             isEngaged ? StoryWords::tr("Oncall engaged: the page was acknowledged")
                       : words[static_cast<size_t>(body.state)],
             isEngaged);
    }
    void add(const IncidentEntry &entry, const IncidentFieldSet &body)
    {
        if (body.field != IncidentField::Cause || body.value.isEmpty())
            return;
        const bool isFirst = !std::exchange(m_hasCause, true);
        line(entry,
             (isFirst ? StoryWords::tr("Root cause identified: %1") : StoryWords::tr("Root cause restated: %1"))
                 .arg(plainLine(body.value, 200)),
             isFirst);
    }
    bool engages(const IncidentEntry &entry)
    {
        return m_incident.acknowledgedAt == happenedAt(m_incident, entry) && !std::exchange(m_hasEngaged, true);
    }

    const Incident &m_incident;
    const RoleWords &m_roles;
    QList<Postmortem::Line> m_lines{};
    bool m_hasAlert = false;
    bool m_hasEngaged = false;
    bool m_hasMitigation = false;
    bool m_hasCause = false;
};

} // namespace

RoleWords::RoleWords(const Incident &incident)
{
    const auto know = [this](const QString &person, const QString &role) {
        if (person.size() > 1 && person != QString::fromUtf16(kCockpitActor))
            m_roles.insert(person, role);
    };
    for (const IncidentEntry &entry : incident.timeline) {
        if (!m_roles.contains(entry.actor))
            know(entry.actor, StoryWords::tr("a responder"));
        if (const auto *page = std::get_if<IncidentPage>(&entry.body); page && !m_roles.contains(page->person))
            know(page->person, StoryWords::tr("oncall"));
        if (const auto *change = std::get_if<IncidentChange>(&entry.body); change && !m_roles.contains(change->who))
            know(change->who, StoryWords::tr("a colleague"));
    }
    for (const IncidentEntry &entry : incident.timeline) {
        if (const auto *set = std::get_if<IncidentRoleSet>(&entry.body))
            know(set->person, StoryWords::tr("the %1").arg(roleName(set->role).toLower()));
    }
    QStringList names = m_roles.keys();
    std::sort(names.begin(), names.end(), [](const QString &a, const QString &b) { return a.size() > b.size(); });
    for (QString &name : names)
        name = QRegularExpression::escape(name);
    if (!names.isEmpty())
        m_names = QRegularExpression(QStringLiteral("(?<![\\w-])@?(%1)(?![\\w-])").arg(names.join(u'|')),
                                     QRegularExpression::UseUnicodePropertiesOption);
}

QString RoleWords::withRoles(const QString &text) const
{
    if (m_roles.isEmpty())
        return text;
    QString told;
    qsizetype from = 0;
    for (auto matches = m_names.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        told += QStringView(text).mid(from, match.capturedStart() - from);
        told += m_roles.value(match.captured(1));
        from = match.capturedEnd();
    }
    told += QStringView(text).mid(from);
    return told;
}

QList<Postmortem::Line> postmortemTimeline(const Incident &incident, const RoleWords &roles)
{
    Story story(incident, roles);
    for (const IncidentEntry &entry : incident.timeline)
        story.tell(entry);
    const QList<Postmortem::Line> all = story.lines();
    if (all.size() <= kLongestStory)
        return all;
    QList<Postmortem::Line> kept;
    qsizetype room = kLongestStory - 12; // the milestones, and the line that says so
    for (const Postmortem::Line &line : all) {
        if (line.milestone || room-- > 0)
            kept.append(line);
    }
    kept.append(
        {all.back().at,
         StoryWords::tr("%1 further entries stand in the incident's own timeline").arg(all.size() - kept.size()),
         QString::fromUtf16(kCockpitActor), false});
    return kept;
}

std::vector<const IncidentEntry *> changesBefore(const Incident &incident, Instant at, Duration window)
{
    std::vector<const IncidentEntry *> changes;
    for (auto entry = incident.timeline.rbegin(); entry != incident.timeline.rend(); ++entry) {
        const Instant when = happenedAt(incident, *entry);
        if (when > at || when < at - window)
            continue;
        const auto *action = std::get_if<IncidentAction>(&entry->body);
        if (std::holds_alternative<IncidentChange>(entry->body) || (action && isMitigating(*action)))
            changes.push_back(&*entry);
    }
    return changes;
}

} // namespace cockpit
