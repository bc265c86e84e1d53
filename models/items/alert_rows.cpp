// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/alert_list_model.h"

#include <QCoreApplication>
#include <QStringMatcher>

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

QString rowWords(const char *text) { return QCoreApplication::translate("AlertRows", text); }

/// All words must occur, without case, somewhere in what a person sees of the alert.
class WordFilter {
public:
    explicit WordFilter(const QString &words)
    {
        for (const QString &word : words.split(u' ', Qt::SkipEmptyParts))
            m_words.append(QStringMatcher(word, Qt::CaseInsensitive));
    }

    bool passes(const Alert &alert) const
    {
        return std::all_of(m_words.cbegin(), m_words.cend(),
                           [&](const QStringMatcher &word) { return occurs(word, alert); });
    }

private:
    static bool occurs(const QStringMatcher &word, const Alert &alert)
    {
        if (word.indexIn(alert.name) >= 0 || word.indexIn(alert.service.toString()) >= 0)
            return true;
        for (const auto &[name, value] : alert.labels) {
            if (word.indexIn(value) >= 0)
                return true;
        }
        for (const QStringView name : {QStringView(u"summary"), QStringView(u"description"), QStringView(u"message")}) {
            if (const QString *text = alert.annotations.find(name))
                return word.indexIn(*text) >= 0;
        }
        return false;
    }

    QList<QStringMatcher> m_words;
};

/// Collects rows in order; keeps where each alert and each header stands.
class RowBuilder {
public:
    RowBuilder(std::shared_ptr<const Fleet> fleet, const AlertQuery &query) : m_query(query)
    {
        m_rows->fleet = std::move(fleet);
    }

    std::shared_ptr<const AlertRows> build()
    {
        select();
        if (!m_rows->problem.isEmpty())
            addNote(m_rows->problem);
        m_rows->rows.reserve(m_rows->rows.size() + size_t(m_rows->matching) + 64);
        m_rows->rowOfAlert.reserve(m_rows->matching);
        switch (m_query.scope) {
        case AlertScope::Firing:
            addByService(AlertState::Firing);
            for (const AlertState state : {AlertState::Pending, AlertState::Acknowledged, AlertState::Silenced,
                                           AlertState::Inhibited, AlertState::Resolved})
                addSection(state, AlertRow::Kind::ShortAlert);
            break;
        case AlertScope::Acknowledged: addByService(AlertState::Acknowledged); break;
        case AlertScope::Silenced:
            addByService(AlertState::Silenced);
            addSection(AlertState::Inhibited, AlertRow::Kind::Alert);
            break;
        }
        addNoteWhenEmpty();
        return m_rows;
    }

private:
    using Indexes = std::vector<int>;

    Indexes &selected(AlertState state) { return m_selected[static_cast<size_t>(state)]; }

    void select()
    {
        const std::vector<Alert> &alerts = m_rows->fleet->alerts;
        const WordFilter words(m_query.filter.words);
        for (int i = 0; i < int(alerts.size()); ++i) {
            const Alert &alert = alerts[size_t(i)];
            const MatcherSet::Outcome outcome = m_query.filter.matchers.match(alert.labels);
            if (outcome == MatcherSet::Outcome::TooComplex) {
                selectAll();
                return;
            }
            if (outcome == MatcherSet::Outcome::Yes && words.passes(alert))
                take(i, alert.state);
        }
    }

    void selectAll()
    {
        m_rows->problem = rowWords("The expression needs too much work. All alerts are shown.");
        m_rows->matching = 0;
        m_selected = {};
        for (int i = 0; i < int(m_rows->fleet->alerts.size()); ++i)
            take(i, m_rows->fleet->alerts[size_t(i)].state);
    }

    void take(int index, AlertState state)
    {
        selected(state).push_back(index);
        ++m_rows->matching;
    }

    void addHeader(AlertRow::Kind kind, const QString &title, int count, AlertState section)
    {
        const AlertRow header{kind, -1, title, count, section};
        m_rows->rowOfTitle.insert(header.titleKey(), int(m_rows->rows.size()));
        m_rows->rows.push_back(header);
    }

    void addNote(const QString &text) { addHeader(AlertRow::Kind::Note, text, 0, AlertState::Firing); }

    void addAlert(AlertRow::Kind kind, int index, AlertState section)
    {
        m_rows->rowOfAlert.insert(m_rows->fleet->alerts[size_t(index)].key, int(m_rows->rows.size()));
        m_rows->rows.push_back(AlertRow{kind, index, {}, 0, section});
    }

    /// The fleet keeps the alerts of one service together.
    void addByService(AlertState state)
    {
        const std::vector<Alert> &alerts = m_rows->fleet->alerts;
        const Indexes &indexes = selected(state);
        for (auto first = indexes.begin(); first != indexes.end();) {
            const ServiceId &service = alerts[size_t(*first)].service;
            const auto last = std::find_if(first, indexes.end(),
                                           [&](int index) { return alerts[size_t(index)].service != service; });
            const QString title = service.isEmpty() ? rowWords("no service") : service.toString();
            addHeader(AlertRow::Kind::ServiceHeader, title, int(last - first), state);
            if (!m_query.collapsed.contains(title))
                std::for_each(first, last, [&](int index) { addAlert(AlertRow::Kind::Alert, index, state); });
            first = last;
        }
    }

    void addSection(AlertState state, AlertRow::Kind kind)
    {
        const Indexes &indexes = selected(state);
        if (indexes.empty())
            return;
        const QString title = titleOf(state);
        addHeader(AlertRow::Kind::SectionHeader, title, int(indexes.size()), state);
        if (m_query.collapsed.contains(title))
            return;
        for (const int index : indexes)
            addAlert(kind, index, state);
    }

    static QString titleOf(AlertState state)
    {
        switch (state) {
        case AlertState::Firing: return rowWords("Firing");
        case AlertState::Acknowledged: return rowWords("Acknowledged");
        case AlertState::Silenced: return rowWords("Silenced");
        case AlertState::Inhibited: return rowWords("Inhibited");
        case AlertState::Pending: return rowWords("Pending");
        case AlertState::Resolved: break;
        }
        return rowWords("Resolved, last 6 h");
    }

    void addNoteWhenEmpty()
    {
        if (!m_rows->fleet->alertsKnown)
            addNote(rowWords("No Alertmanager has answered yet: what fires is not known."));
        else if (!m_query.filter.isEmpty() && m_rows->matching == 0)
            addNote(rowWords("No alert matches the filter."));
    }

    const AlertQuery &m_query;
    std::shared_ptr<AlertRows> m_rows = std::make_shared<AlertRows>();
    std::array<Indexes, 6> m_selected{};
};

} // namespace

bool matchesFilter(const Alert &alert, const AlertFilter &filter)
{
    return filter.matchers.matches(alert.labels) && WordFilter(filter.words).passes(alert);
}

std::shared_ptr<const AlertRows> buildAlertRows(std::shared_ptr<const Fleet> fleet, const AlertQuery &query)
{
    if (!fleet)
        fleet = std::make_shared<const Fleet>();
    return RowBuilder(std::move(fleet), query).build();
}

} // namespace cockpit
