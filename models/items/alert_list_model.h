// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet.h"
#include "models/matcher.h"

#include <QAbstractListModel>
#include <QHash>
#include <QSet>
#include <QString>

#include <memory>
#include <vector>

namespace cockpit {

/// Whether an alert passes a filter: all matchers hold, and all words occur in what a person sees of it.
bool matchesFilter(const Alert &alert, const AlertFilter &filter);

/// Which alerts a counter shows.
enum class AlertScope { Firing, Acknowledged, Silenced };

/// One row of the Triage list.
struct AlertRow {
    enum class Kind { ServiceHeader, Alert, SectionHeader, ShortAlert, Note };
    Kind kind = Kind::Alert;
    int alert = -1;  ///< index into Fleet::alerts, -1 for headers and notes
    QString title{}; ///< headers and notes
    int count = 0;   ///< headers
    AlertState section = AlertState::Firing;
    /// Of headers and notes: tells a service "Pending" from the section Pending.
    QString titleKey() const { return QString(QChar(u'0' + static_cast<char16_t>(kind))) + title; }
};

/// The rows for a fleet and a filter, made off the GUI thread and shared.
struct AlertRows {
    std::shared_ptr<const Fleet> fleet{};
    std::vector<AlertRow> rows{};
    int matching = 0; ///< alerts that pass the filter, all sections
    QString problem{}; ///< why the filter was not applied, in words; empty when it was
    QHash<AlertKey, int> rowOfAlert{};
    QHash<QString, int> rowOfTitle{}; ///< headers and notes, by AlertRow::titleKey()
};

/// What the list shows: a scope, a filter and collapsed groups.
struct AlertQuery {
    AlertScope scope = AlertScope::Firing;
    AlertFilter filter{};
    QSet<QString> collapsed{}; ///< titles of collapsed service groups
};

/// Pure; 10 000 alerts in a few milliseconds. Scope Firing shows firing alerts by service, then the sections Pending,
/// Acknowledged, Silenced, Inhibited and Resolved as short rows; the other scopes show their own alerts as full rows
/// (Silenced: the inhibited ones too). An expression that needs too much work is not applied: nothing is hidden.
std::shared_ptr<const AlertRows> buildAlertRows(std::shared_ptr<const Fleet> fleet, const AlertQuery &query);

/// The Triage list. setRows() swaps under layoutChanged and maps persistent indexes by alert key, so that selection
/// and scroll position survive every refresh; when nothing moved it is one dataChanged from the first
/// row that differs to the last.
class AlertListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { KindRole = Qt::UserRole + 1, NameRole, SummaryRole, StartsAtRole, StateRole, PriorityRole, SeverityRole,
                ServiceRole, WhoRole, UntilRole, KeyRole, CountRole };

    explicit AlertListModel(QObject *parent = nullptr);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    void setRows(std::shared_ptr<const AlertRows> rows);
    /// Direct access for painters: no QVariant in between. REQUIRES: 0 <= row < rowCount().
    const AlertRow &row(int row) const { return m_rows->rows[size_t(row)]; }
    /// The alert of a row, or null for headers and notes.
    const Alert *alertAt(int row) const;
    /// The row that shows the alert, or -1.
    int rowOf(const AlertKey &key) const;
    int matching() const { return m_rows->matching; }

private:
    static bool sameRows(const AlertRows &a, const AlertRows &b);
    void swapRows(std::shared_ptr<const AlertRows> rows);
    void updateInPlace(std::shared_ptr<const AlertRows> rows);
    QVariant alertData(const Alert &alert, int role) const;
    std::shared_ptr<const AlertRows> m_rows;
};

} // namespace cockpit
