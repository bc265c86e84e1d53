// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_target.h"

#include "models/link_target.h"
#include "models/plain_line.h"

#include <QCoreApplication>
#include <QUrl>

namespace cockpit {

namespace {

class TargetWords {
    Q_DECLARE_TR_FUNCTIONS(cockpit::RunbookTarget)
};

/// The path behind "https://github.com/o/r/blob/main/docs/x.md" where that tree is a source; empty otherwise.
RunbookKey keyOfForge(const QString &address, const RunbookLibrary &library)
{
    for (const RunbookSourceState &source : library.sources) {
        for (const QString &url : source.urls) {
            if (!address.startsWith(url + u'/'))
                continue;
            QString rest = address.mid(url.size() + 1);
            for (const QString &view : {QStringLiteral("-/blob/"), QStringLiteral("blob/"), QStringLiteral("-/tree/"),
                                        QStringLiteral("tree/")}) {
                if (rest.startsWith(view)) {
                    rest = rest.mid(view.size());
                    const qsizetype slash = rest.indexOf(u'/'); // after the branch
                    return {source.name, slash < 0 ? QString() : rest.mid(slash + 1)};
                }
            }
        }
    }
    return {};
}

RunbookTarget webTarget(const QString &link, const RunbookLibrary &library)
{
    const QUrl url(link, QUrl::StrictMode);
    RunbookTarget target;
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || link.size() > 2000) {
        target.problem = TargetWords::tr("This is not a web address that can be opened: ") + plainLine(link, 120);
        return target;
    }
    const RunbookKey known = keyOfForge(url.toString(QUrl::RemoveFragment | QUrl::RemoveQuery), library);
    if (!known.path.isEmpty() && library.find(known)) {
        target.kind = RunbookTarget::Kind::Runbook;
        target.runbook = known;
        target.slug = url.fragment(QUrl::FullyDecoded);
        return target;
    }
    target.kind = RunbookTarget::Kind::Web;
    target.address = link;
    target.host = plainLine(url.host(), 80);
    return target;
}

} // namespace

RunbookTarget targetOf(const QString &link, const RunbookKey &from, const RunbookLibrary &library)
{
    using Kind = LinkTarget::Kind;
    // A page on the web has no folder of files around it.
    const bool web = from.path.contains(QStringLiteral("://"));
    const LinkTarget read = readLinkTarget(link, web ? QString() : from.path);
    RunbookTarget target;
    target.slug = read.anchor;
    switch (read.kind) {
    case Kind::Anchor:
        target.kind = RunbookTarget::Kind::Section;
        return target;
    case Kind::Web:
        return webTarget(link.trimmed(), library);
    case Kind::Leaves:
        target.problem =
            TargetWords::tr("This link leaves the folder of the runbooks; it is not followed: ") + plainLine(link, 120);
        return target;
    case Kind::Empty:
    case Kind::Refused:
        target.problem = TargetWords::tr("This kind of link is never opened: ") + plainLine(link, 120);
        return target;
    case Kind::Path:
        break;
    }
    target.runbook = {from.source, read.path};
    if (library.find(target.runbook))
        target.kind = RunbookTarget::Kind::Runbook;
    else
        target.problem = TargetWords::tr("No runbook of this name is among the sources: ") + plainLine(read.path, 120);
    return target;
}

} // namespace cockpit
