// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/git_checkout.h"

namespace cockpit {

namespace {

constexpr qsizetype mostNameBytes = 64 * 1024 * 1024;

} // namespace

Result<QStringList> GitCheckout::changedBetween(const QString &range) const
{
    const auto differing = git({QStringLiteral("diff"), QStringLiteral("--name-only"), QStringLiteral("-z"),
                                QStringLiteral("--no-ext-diff"), QStringLiteral("--diff-filter=d"),
                                QStringLiteral("--end-of-options"), range, QStringLiteral("--")},
                               mostNameBytes);
    if (!differing)
        return differing.error();
    return QString::fromUtf8(*differing).split(QChar(u'\0'), Qt::SkipEmptyParts);
}

Result<Done> GitCheckout::writeTree(const QString &revision, const QString &folder, const QString &indexFile) const
{
    const QMap<QString, QString> variables{{QStringLiteral("GIT_INDEX_FILE"), indexFile}};
    // read-tree knows no --end-of-options; a revision never begins with a dash.
    if (revision.startsWith(u'-'))
        return Error{.kind = Error::Kind::Invalid,
                     .what = QStringLiteral("A revision does not begin with a dash."),
                     .meaning = {},
                     .next = {}};
    const auto read = git({QStringLiteral("read-tree"), revision}, 1024 * 1024, variables);
    if (!read)
        return read.error();
    const auto written = git({QStringLiteral("checkout-index"), QStringLiteral("--all"), QStringLiteral("--quiet"),
                              QStringLiteral("--prefix=") + folder + u'/'},
                             1024 * 1024, variables);
    if (!written)
        return written.error();
    return Done{};
}

} // namespace cockpit
