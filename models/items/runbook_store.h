// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook_coverage.h"
#include "models/runbook_link.h"
#include "models/series.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace cockpit {

/// What a query of a runbook's code block gave, run in place.
struct RunbookQueryAnswer {
    QString query{};
    bool loading = false;
    Instant at{};
    std::vector<Series> series{}; ///< the last hour, at most 20 lines and 240 points each
    QString value{};              ///< the newest value where it is one; empty otherwise
    QString problem{};            ///< why there is none, in words
};

/// All runbooks, how alerts lead to them, what was ticked, found and asked. One writer (app/), GUI thread.
class RunbookStore : public QObject {
    Q_OBJECT
public:
    explicit RunbookStore(QObject *parent = nullptr);

    void setLibrary(RunbookLibraryPtr library);
    void setLinks(QHash<AlertKey, RunbookLink> links);
    void setCoverage(QList<RunbookCoverage> coverage);
    void setTicks(const QString &occasion, const QList<RunbookTick> &ticks);
    void setHits(const QString &words, const QList<RunbookHit> &hits);
    void setAnswer(const RunbookQueryAnswer &answer);

    /// Never null; empty until the first source was read.
    const RunbookLibrary &library() const { return *m_library; }
    bool isKnown() const { return m_known; }
    /// Nothing is known of an alert that has not been linked yet.
    std::optional<RunbookLink> linkOf(const AlertKey &alert) const;
    const QList<RunbookCoverage> &coverage() const { return m_coverage; }
    QList<RunbookTick> ticks(const QString &occasion) const { return m_ticks.value(occasion); }
    const QString &searched() const { return m_searched; }
    const QList<RunbookHit> &hits() const { return m_hits; }
    /// Null when it was not asked.
    const RunbookQueryAnswer *answer(const QString &query) const;

Q_SIGNALS:
    void libraryChanged();
    void linksChanged();
    void coverageChanged();
    void ticksChanged(const QString &occasion);
    void hitsChanged();
    void answerChanged(const QString &query);

private:
    RunbookLibraryPtr m_library = std::make_shared<const RunbookLibrary>();
    bool m_known = false;
    QHash<AlertKey, RunbookLink> m_links{};
    QList<RunbookCoverage> m_coverage{};
    QHash<QString, QList<RunbookTick>> m_ticks{};
    QString m_searched{};
    QList<RunbookHit> m_hits{};
    QHash<QString, RunbookQueryAnswer> m_answers{}; ///< at most 32, the oldest goes
    QStringList m_answerOrder{};
};

} // namespace cockpit
