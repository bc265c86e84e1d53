// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/git_checkout.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace cockpit {

namespace {

constexpr qsizetype mostBlameBytes = 64 * 1024 * 1024;

/// The number behind a word at the start of a line of `git blame --porcelain`.
std::optional<Instant> timeBehind(const QByteArray &line, const char *word)
{
    bool fine = false;
    const qint64 seconds = line.mid(static_cast<qsizetype>(qstrlen(word))).trimmed().toLongLong(&fine);
    return fine && line.startsWith(word) ? std::optional(fromEpochMs(seconds * 1000)) : std::nullopt;
}

} // namespace

Result<QHash<int, Instant>> GitCheckout::lineChanges(const QString &file) const
{
    if (QFileInfo::exists(m_gitFolder + QStringLiteral("/shallow")))
        return Error{.kind = Error::Kind::Unavailable,
                     .what = QCoreApplication::translate(
                         "GitCheckout", "The checkout is shallow, so git does not know when lines changed."),
                     .next = QCoreApplication::translate("GitCheckout", "Fetch the whole history.")};
    const auto blame =
        git({QStringLiteral("blame"), QStringLiteral("--porcelain"), QStringLiteral("--"), file}, mostBlameBytes);
    if (!blame)
        return blame.error();
    QHash<int, Instant> changes;
    QHash<QByteArray, Instant> commits; // a commit's time stands only where it is first met
    QByteArray commit;
    int number = 0;
    for (const QByteArray &line : blame->split('\n')) {
        if (line.startsWith('\t')) {
            if (const auto at = commits.constFind(commit); at != commits.cend())
                changes.insert(number, *at);
        } else if (const auto at = timeBehind(line, "committer-time ")) {
            commits.insert(commit, *at);
        } else if (const QList<QByteArray> words = line.split(' '); words.size() >= 3 && words[0].size() >= 40) {
            commit = words[0];
            number = words[2].toInt();
        }
    }
    return changes;
}

} // namespace cockpit
