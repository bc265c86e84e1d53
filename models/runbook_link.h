// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alert.h"
#include "models/runbook.h"

#include <QList>
#include <QString>

#include <memory>

namespace cockpit {

/// Which runbook, and which section, an alert leads to (operations.md §3).
struct RunbookLink {
    enum class How { None, Annotation, FileName, FrontMatter, AlertLine };
    bool found = false;
    RunbookKey runbook{};
    QString anchor{};        ///< slug of the section; empty = the whole document
    bool anchorFound = true; ///< an anchor was asked for and the document has none such: opened at its top, and said
    How how = How::None;
    QString url{};     ///< the annotation, where it is an http(s) address outside every source: for the browser
    QString problem{}; ///< why there is none, or what is not right with it, in words; empty when all is well
    QList<RunbookKey> candidates{}; ///< several fit equally well: shown, not guessed
    bool operator==(const RunbookLink &) const = default;
};

/// Finds it: by `runbook_url` (or `runbook`; a path in the repository or an absolute address, with an optional anchor),
/// else by docs/runbooks/alerts/<AlertName>.md, else by front matter, else by an `**Alert**:` line. Paths that leave
/// their source, and schemes other than http and https, are refused in words and never fall through to a guess.
RunbookLink linkRunbook(const QString &alertName, const Labels &labels, const Labels &annotations,
                        const RunbookLibrary &library);

/// The same for many alerts: looks through the library once.
class RunbookLinker {
public:
    explicit RunbookLinker(RunbookLibraryPtr library);
    ~RunbookLinker();
    RunbookLinker(RunbookLinker &&) noexcept;
    RunbookLinker &operator=(RunbookLinker &&) noexcept;
    RunbookLink link(const QString &alertName, const Labels &labels, const Labels &annotations) const;

private:
    struct Index;
    std::unique_ptr<const Index> m_index;
};

/// The occasion of an alert: "cluster/fingerprint@startsAt". A free reading is "reading".
QString occasionOf(const Alert &alert);

/// The values that an alert gives to placeholders of a runbook.
struct RunbookFilling {
    Labels labels{};
    QHash<QString, QString> words{}; ///< "namespace" → "dark-tower", "context", "cluster", "service", "pod" …
};
/// `{{ $labels.x }}`, `{{ .Labels.x }}`, `<NAME>`, `$NAME`, `${NAME}` where the name (any case, '-' as '_') is a label
/// or one of `words`; others stay as written. Spans put in are marked `filled`. Adjacent spans of one look are one.
RunbookText fillPlaceholders(const QString &text, const RunbookFilling &filling);

/// An action of a runbook for this alert: `rollback: <service>` means the alert's service.
RunbookActionReference filledAction(RunbookActionReference action, const RunbookFilling &filling);

} // namespace cockpit
