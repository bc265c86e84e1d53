// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"
#include "models/runbook_action.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <utility>

namespace cockpit {

/// A runbook: its source as configured (the folder's name, or a host) and its path in it, with '/', never absolute.
struct RunbookKey {
    QString source{};
    QString path{}; ///< "docs/runbooks/alerts/GCDown.md"; of a page on the web its whole address
    bool operator==(const RunbookKey &) const = default;
    friend bool operator<(const RunbookKey &a, const RunbookKey &b)
    {
        return a.source != b.source ? a.source < b.source : a.path < b.path;
    }
    friend size_t qHash(const RunbookKey &key, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, key.source, key.path);
    }
};

/// A run of text of one look. All text is plain: nothing in it is ever markup.
struct RunbookSpan {
    QString text{};
    bool bold = false;
    bool italic = false;
    bool code = false;
    bool struck = false;
    bool filled = false; ///< put in from the alert's labels: shown as filled in, never silently
    QString link{};      ///< as written: "#anchor", a relative path, an http(s) address; empty = no link.
                         ///< What may not be opened (javascript:, file:, data:) is never here: it stays text.
    bool operator==(const RunbookSpan &) const = default;
};
using RunbookText = QList<RunbookSpan>;
/// The words alone.
QString plainText(const RunbookText &text);

/// What a section is for (operations.md §3). Synonyms come from a map (Symptoms, Diagnosis, Mitigation count).
enum class RunbookSection {
    None, ///< before the first heading, or a heading that says none of these
    Description,
    Severity,
    Impact,
    Investigation,
    Causes,
    Remediation,
    Verification,
    Escalation,
    Related,
    Lessons, ///< what earlier incidents taught
};

/// One block of a runbook, in reading order; nesting is told by `depth`.
struct RunbookBlock {
    enum class Kind { Heading, Paragraph, ListItem, Code, Quote, Table, Rule, Image, RawHtml, Action };
    Kind kind = Kind::Paragraph;
    int line = 0;       ///< from 1, in the file
    int level = 0;      ///< Heading: 1…6
    QString slug{};     ///< Heading: GitHub's anchor, unique in the document
    int depth = 0;      ///< lists and quotes around it
    QString marker{};   ///< ListItem: "1.", "•"; its further blocks follow with the same depth and no marker
    RunbookText text{}; ///< Heading, Paragraph, ListItem (its first paragraph), Quote; RawHtml: the source, inert
    QString language{}; ///< Code: the word after the fence, lower case
    QString code{};     ///< Code, Action: exact text
    QList<QList<RunbookText>> rows{}; ///< Table: the first row is the head
    QList<int> alignments{};          ///< Table: per column -1 left, 0 centre, 1 right
    QString image{}; ///< Image: path in the same source, already checked to stay in it; empty = blocked
    std::optional<RunbookActionReference> action{}; ///< Action
    int step = -1;                                  ///< index into Runbook::steps of the step that *starts* here
    int ofStep = -1; ///< index of the step that it belongs to (its text, its code); -1 = none
    RunbookSection section = RunbookSection::None;
    bool operator==(const RunbookBlock &) const = default;
};

/// Something to tick: a list item or a numbered heading of a section that asks for doing.
struct RunbookStep {
    QString id{}; ///< from its words and the words of its section, not from its place: survives edits elsewhere;
                  ///< the second of equal ones ends in "-1" and so on
    QString text{};
    int number = 0; ///< from 1, through the whole document
    int block = 0;
    QString section{}; ///< slug of its heading
    bool done = false; ///< a task list item that the file itself has ticked
    bool operator==(const RunbookStep &) const = default;
};

/// "After 30 min: Escalate to team gc": the runbook's own words.
struct RunbookEscalation {
    Duration after{};
    QString words{};
    int line = 0;
    bool operator==(const RunbookEscalation &) const = default;
};

/// One row of a runbook's own severity table: overrides the response time for its service (operations.md §5).
struct RunbookResponse {
    QString level{}; ///< "P1"
    Duration within{};
    int line = 0;
    bool operator==(const RunbookResponse &) const = default;
};

/// A link or image of a runbook, for the lint and for opening.
struct RunbookLinkTarget {
    QString target{};
    QString text{};
    int line = 0;
    bool isImage = false;
    bool isBlocked = false; ///< its scheme is not allowed, or it leaves the source
    bool isMissing = false; ///< a path in the source where nothing is, known when it was read
    bool operator==(const RunbookLinkTarget &) const = default;
};

/// One document, read: values only, immutable, shared.
struct Runbook {
    RunbookKey key{};
    QString title{};                         ///< first heading, else the file's name
    QString service{};                       ///< front matter `service:`, else a `**Service**:` line; may be empty
    QString owner{};                         ///< front matter `owner:` or `**Owner**:`
    QString severity{};                      ///< as it says; may be empty
    QStringList alerts{};                    ///< alert names of front matter and `**Alert**:` lines, in order
    QHash<QString, QString> alertSections{}; ///< alert name → slug of the section whose `**Alert**:` line names it
    std::optional<Instant> reviewedAt{};     ///< front matter or "Last reviewed/updated" line, else git's last change
    QString reviewedBy{};
    QList<RunbookBlock> blocks{};
    QList<RunbookStep> steps{};
    QList<RunbookEscalation> escalations{};
    QList<RunbookResponse> responses{};
    QList<RunbookLinkTarget> links{};
    QStringList problems{}; ///< in words: "cut after 1 MiB", "broken UTF-8 was mended", "is not text"
    qsizetype size = 0;     ///< bytes of the file
    bool operator==(const Runbook &) const = default;

    /// Index of the heading with that slug; -1 when there is none. Case does not count.
    int headingAt(const QString &slug) const;
    /// The blocks [first, last) of the section that a slug opens: up to the next heading of its level or above. The
    /// whole document for an empty slug; nothing for one that is not there.
    std::pair<int, int> sectionRange(const QString &slug) const;
};
using RunbookPtr = std::shared_ptr<const Runbook>;

/// Where one source of runbooks stands.
struct RunbookSourceState {
    enum class Kind { Folder, Git, Web };
    QString name{}; ///< RunbookKey::source
    Kind kind = Kind::Folder;
    QString root{};                     ///< absolute folder, or the address
    QStringList urls{};                 ///< addresses of the same tree on a forge: "https://github.com/o/r"
    QString revision{};                 ///< git: short hash
    std::optional<Instant> changedAt{}; ///< git: time of the last commit; else the newest file
    std::optional<Instant> readAt{};    ///< when the cockpit last read it
    bool offline = false;               ///< what is shown is the cockpit's own copy
    QString problem{};                  ///< why it cannot be read, in words; empty when all is well
    bool operator==(const RunbookSourceState &) const = default;
};

/// All runbooks that are known, and where they come from. Immutable, shared.
struct RunbookLibrary {
    QList<RunbookSourceState> sources{};
    QList<RunbookPtr> runbooks{}; ///< by key
    Instant at{};
    /// Null when it is not there.
    RunbookPtr find(const RunbookKey &key) const;
};
using RunbookLibraryPtr = std::shared_ptr<const RunbookLibrary>;

/// What a person did with a step in one occasion (an alert that fires since then; a free reading).
struct RunbookTick {
    enum class State { Done, Skipped };
    QString occasion{}; ///< occasionOf(); ticks of last week's alert are not today's
    RunbookKey runbook{};
    QString step{}; ///< RunbookStep::id
    QString text{}; ///< the words at that time: a step that was edited away stays readable
    State state = State::Done;
    QString reason{}; ///< Skipped: because …
    QString actor{};
    Instant at{};
    bool operator==(const RunbookTick &) const = default;
};

/// One answer of the search over all runbooks.
struct RunbookHit {
    RunbookKey runbook{};
    QString title{};
    QString heading{};
    QString slug{};
    QString excerpt{};                  ///< plain; the hits in it by `marks`
    QList<std::pair<int, int>> marks{}; ///< start and length in `excerpt`
    bool operator==(const RunbookHit &) const = default;
};

} // namespace cockpit
