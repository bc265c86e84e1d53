// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_target.h"

#include "models/plain_line.h"

#include <QCoreApplication>
#include <QDir>
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
    RunbookTarget target;
    const QString text = link.trimmed();
    if (text.startsWith(u'#')) {
        target.kind = RunbookTarget::Kind::Section;
        target.slug = QUrl::fromPercentEncoding(text.mid(1).toUtf8());
        return target;
    }
    if (text.startsWith(QStringLiteral("http://"), Qt::CaseInsensitive) ||
        text.startsWith(QStringLiteral("https://"), Qt::CaseInsensitive))
        return webTarget(text, library);
    const qsizetype hash = text.indexOf(u'#');
    const QString path = QUrl::fromPercentEncoding(text.left(hash < 0 ? text.size() : hash).toUtf8());
    if (path.isEmpty() || QUrl(path).scheme().size() > 1 || path.startsWith(QStringLiteral("//"))) {
        target.problem = TargetWords::tr("This kind of link is never opened: ") + plainLine(text, 120);
        return target;
    }
    const QString folder = from.path.section(u'/', 0, -2);
    const QString whole = QDir::cleanPath(path.startsWith(u'/') ? path.mid(1)
                                          : folder.isEmpty()    ? path
                                                                : folder + u'/' + path);
    if (whole == QStringLiteral("..") || whole.startsWith(QStringLiteral("../")) || whole.startsWith(u'/')) {
        target.problem =
            TargetWords::tr("This link leaves the folder of the runbooks; it is not followed: ") + plainLine(text, 120);
        return target;
    }
    target.runbook = {from.source, whole};
    if (!library.find(target.runbook)) {
        target.problem = TargetWords::tr("No runbook of this name is among the sources: ") + plainLine(whole, 120);
        return target;
    }
    target.kind = RunbookTarget::Kind::Runbook;
    target.slug = hash < 0 ? QString() : QUrl::fromPercentEncoding(text.mid(hash + 1).toUtf8());
    return target;
}

} // namespace cockpit
