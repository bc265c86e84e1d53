// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook_link.h"

#include "models/link_target.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace cockpit {

namespace {

/// The words of this file, in one translation context.
class RunbookLinkWords {
    Q_DECLARE_TR_FUNCTIONS(RunbookLink)
};

/// "https://github.com/o/r" of an address of the same tree: without "www.", ".git" and the last '/', lower case.
QString bareAddress(const QString &address)
{
    QString bare = address.trimmed().toLower();
    while (bare.endsWith(u'/'))
        bare.chop(1);
    if (bare.endsWith(u".git"))
        bare.chop(4);
    if (bare.startsWith(u"http://"))
        bare.replace(0, 7, QStringLiteral("https://"));
    return bare;
}

bool canBeFileName(const QString &alertName)
{
    return !alertName.isEmpty() && alertName.size() <= 200 && !alertName.contains(u'/') && !alertName.contains(u'\\') &&
           !alertName.contains(u"..") && !alertName.startsWith(u'.');
}

/// The path behind the branch in a forge's address of a file, with every branch that its slashes allow; the shortest
/// branch first. Empty when the address is no file of the tree at `root`.
QStringList pathsBelow(const QString &address, const QString &root)
{
    const QString bareRoot = bareAddress(root);
    QString bare = address;
    if (bare.startsWith(u"http://", Qt::CaseInsensitive))
        bare.replace(0, 7, QStringLiteral("https://"));
    const QString rawHost = QStringLiteral("https://raw.githubusercontent.com/");
    QString rest;
    if (bare.startsWith(bareRoot + u'/', Qt::CaseInsensitive)) {
        rest = bare.mid(bareRoot.size() + 1);
        if (rest.startsWith(u"-/"))
            rest = rest.mid(2);
        const QString verb = rest.section(u'/', 0, 0);
        if (verb != u"blob" && verb != u"raw" && verb != u"tree" && verb != u"src" && verb != u"edit")
            return {};
        rest = rest.section(u'/', 1);
    } else if (bareRoot.startsWith(u"https://github.com/") && bare.startsWith(rawHost, Qt::CaseInsensitive)) {
        const QString repository = bareRoot.mid(19) + u'/';
        rest = bare.mid(rawHost.size());
        if (!rest.startsWith(repository, Qt::CaseInsensitive))
            return {};
        rest = rest.mid(repository.size());
        if (rest.startsWith(u"refs/heads/"))
            rest = rest.mid(11);
    } else {
        return {};
    }
    QStringList paths;
    const QStringList parts = rest.section(u'?', 0, 0).split(u'/');
    for (qsizetype i = 1; i < std::min<qsizetype>(parts.size(), 8); ++i) {
        const LinkTarget target = readLinkTarget(u'/' + QStringList(parts.mid(i)).join(u'/'), {});
        if (target.kind == LinkTarget::Kind::Path && !target.path.isEmpty())
            paths.append(target.path);
    }
    return paths;
}

} // namespace

struct RunbookLinker::Index {
    RunbookLibraryPtr library{};
    QHash<QString, QList<RunbookPtr>> byFileName{};
    QHash<QString, QList<RunbookPtr>> byAlert{};
    QHash<QString, RunbookPtr> byAddress{};
    QHash<const Runbook *, QSet<QString>> slugs{};
    QHash<QString, QString> roots{}; ///< source → its folder

    explicit Index(RunbookLibraryPtr whole);
    QList<RunbookPtr> atPath(const QString &path, const QString &source = {}) const;
    QList<RunbookPtr> atAddress(const QString &address, bool &isOurs) const;
    bool byAnnotation(const QString &alertName, const QString &annotation, RunbookLink &link) const;
    void byName(const QString &alertName, RunbookLink &link) const;
    bool take(const QList<RunbookPtr> &found, RunbookLink::How how, RunbookLink &link) const;
    void setAnchor(const QString &asked, const QString &alertName, RunbookLink &link) const;
};

RunbookLinker::Index::Index(RunbookLibraryPtr whole)
    : library(std::move(whole))
{
    for (const RunbookSourceState &source : library->sources) {
        QString root = source.root;
        while (root.endsWith(u'/'))
            root.chop(1);
        roots.insert(source.name, root);
    }
    for (const RunbookPtr &runbook : library->runbooks) {
        byFileName[runbook->key.path.section(u'/', -1)].append(runbook);
        if (runbook->key.path.contains(u"://"))
            byAddress.insert(bareAddress(runbook->key.path), runbook);
        for (const QString &alert : runbook->alerts)
            byAlert[alert].append(runbook);
        QSet<QString> &anchors = slugs[runbook.get()];
        for (const RunbookBlock &block : runbook->blocks) {
            if (block.kind == RunbookBlock::Kind::Heading)
                anchors.insert(block.slug.toLower());
        }
    }
}

/// Those whose path is this one; else those whose folder and path together end in it (the source is a part of the
/// repository that the path is of).
QList<RunbookPtr> RunbookLinker::Index::atPath(const QString &path, const QString &source) const
{
    QList<RunbookPtr> exact;
    QList<RunbookPtr> below;
    for (const RunbookPtr &runbook : byFileName.value(path.section(u'/', -1))) {
        const RunbookKey &key = runbook->key;
        if (!source.isEmpty() && key.source != source)
            continue;
        if (key.path == path)
            exact.append(runbook);
        else if ((roots.value(key.source) + u'/' + key.path).endsWith(u'/' + path))
            below.append(runbook);
    }
    return exact.isEmpty() ? below : exact;
}

QList<RunbookPtr> RunbookLinker::Index::atAddress(const QString &address, bool &isOurs) const
{
    if (const RunbookPtr page = byAddress.value(bareAddress(address)))
        return {page};
    for (const RunbookSourceState &source : library->sources) {
        for (const QString &url : source.urls) {
            const QStringList paths = pathsBelow(address, url);
            isOurs = isOurs || !paths.isEmpty();
            for (const QString &path : paths) {
                if (const QList<RunbookPtr> found = atPath(path, source.name); !found.isEmpty())
                    return found;
            }
        }
    }
    return {};
}

bool RunbookLinker::Index::take(const QList<RunbookPtr> &found, RunbookLink::How how, RunbookLink &link) const
{
    if (found.isEmpty())
        return false;
    link.how = how;
    if (found.size() == 1) {
        link.found = true;
        link.runbook = found.first()->key;
        return true;
    }
    for (const RunbookPtr &runbook : found)
        link.candidates.append(runbook->key);
    link.problem =
        RunbookLinkWords::tr("%n runbooks fit equally well. Choose one.", nullptr, static_cast<int>(found.size()));
    return true;
}

void RunbookLinker::Index::setAnchor(const QString &asked, const QString &alertName, RunbookLink &link) const
{
    if (!link.found)
        return;
    const RunbookPtr runbook = library->find(link.runbook);
    if (asked.isEmpty()) {
        link.anchor = runbook ? runbook->alertSections.value(alertName) : QString();
        return;
    }
    link.anchor = asked.toLower();
    link.anchorFound = runbook && slugs.value(runbook.get()).contains(link.anchor);
    if (!link.anchorFound)
        link.problem =
            RunbookLinkWords::tr("The runbook has no section \"#%1\"; it is opened at its top.").arg(asked.left(120));
}

/// Whether the search ends here.
bool RunbookLinker::Index::byAnnotation(const QString &alertName, const QString &annotation, RunbookLink &link) const
{
    using Kind = LinkTarget::Kind;
    const LinkTarget target = readLinkTarget(annotation, {});
    switch (target.kind) {
    case Kind::Empty:
        return false;
    case Kind::Leaves:
        link.problem = RunbookLinkWords::tr("runbook_url leads out of the runbooks' folder. Nothing outside is read.");
        return true;
    case Kind::Refused:
    case Kind::Anchor:
        link.problem =
            RunbookLinkWords::tr("runbook_url is neither a path nor an http or https address. It is not opened.");
        return true;
    case Kind::Path:
        if (take(atPath(target.path), RunbookLink::How::Annotation, link)) {
            setAnchor(target.anchor, alertName, link);
            return true;
        }
        link.problem =
            RunbookLinkWords::tr("runbook_url names %1, which no source of runbooks has.").arg(target.path.left(200));
        return false;
    case Kind::Web:
        break;
    }
    bool isOurs = false;
    if (take(atAddress(target.path, isOurs), RunbookLink::How::Annotation, link)) {
        setAnchor(target.anchor, alertName, link);
        return true;
    }
    link.url = annotation.trimmed();
    link.problem =
        isOurs ? RunbookLinkWords::tr("runbook_url names a file that the local copy of the repository does not have.")
               : RunbookLinkWords::tr("runbook_url lies outside every source of runbooks. It opens in the browser.");
    return false;
}

void RunbookLinker::Index::byName(const QString &alertName, RunbookLink &link) const
{
    const QString before = link.problem;
    bool isFound = false;
    if (canBeFileName(alertName)) {
        const QString name = alertName + QStringLiteral(".md");
        isFound = take(atPath(QStringLiteral("docs/runbooks/alerts/") + name), RunbookLink::How::FileName, link) ||
                  take(byFileName.value(name), RunbookLink::How::FileName, link);
    }
    if (!isFound) {
        const QList<RunbookPtr> naming = byAlert.value(alertName);
        const bool isLine = naming.size() == 1 && naming.first()->alertSections.contains(alertName);
        isFound = take(naming, isLine ? RunbookLink::How::AlertLine : RunbookLink::How::FrontMatter, link);
    }
    setAnchor({}, alertName, link);
    if (isFound && link.found && !before.isEmpty())
        link.problem = before + u' ' + RunbookLinkWords::tr("This one was found by the alert's name.");
    else if (!isFound && before.isEmpty())
        link.problem = RunbookLinkWords::tr("No runbook names this alert.");
}

RunbookLinker::RunbookLinker(RunbookLibraryPtr library)
    : m_index(std::make_unique<const Index>(std::move(library)))
{}
RunbookLinker::~RunbookLinker() = default;
RunbookLinker::RunbookLinker(RunbookLinker &&) noexcept = default;
RunbookLinker &RunbookLinker::operator=(RunbookLinker &&) noexcept = default;

RunbookLink RunbookLinker::link(const QString &alertName, const Labels &, const Labels &annotations) const
{
    RunbookLink link;
    const QString url = annotations.value(u"runbook_url").trimmed();
    const QString annotation = url.isEmpty() ? annotations.value(u"runbook").trimmed() : url;
    if (!m_index->byAnnotation(alertName, annotation, link))
        m_index->byName(alertName, link);
    return link;
}

RunbookLink linkRunbook(const QString &alertName, const Labels &labels, const Labels &annotations,
                        const RunbookLibrary &library)
{
    // The linker does not outlive this call, nor does it own.
    const RunbookLibraryPtr borrowed(std::shared_ptr<void>(), &library);
    return RunbookLinker(borrowed).link(alertName, labels, annotations);
}

QString occasionOf(const Alert &alert)
{
    return alert.key.cluster + u'/' + alert.key.fingerprint + u'@' + toRfc3339(alert.startsAt);
}

} // namespace cockpit
