// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/git_checkout.h"

#include "app/config/child_command.h"
#include "app/net/redaction.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QUrl>

namespace cockpit {

namespace {

constexpr std::chrono::seconds gitLimit{30};
constexpr int mostCommits = 20'000;
constexpr qsizetype mostLogBytes = 64 * 1024 * 1024;

QString gitWords(const char *text) { return QCoreApplication::translate("GitCheckout", text); }

/// The person's own, so that their credentials and proxies count; but nothing may ask or wait.
QMap<QString, QString> gitEnvironment()
{
    const QProcessEnvironment system = QProcessEnvironment::systemEnvironment();
    QMap<QString, QString> environment;
    for (const QString &name : system.keys())
        environment.insert(name, system.value(name));
    // Variables of a hook that started us would lead git into another repository.
    for (const char *name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"})
        environment.remove(QString::fromLatin1(name));
    environment.insert(QStringLiteral("GIT_TERMINAL_PROMPT"), QStringLiteral("0"));
    environment.insert(QStringLiteral("GIT_ASKPASS"), QStringLiteral("true"));
    environment.insert(QStringLiteral("SSH_ASKPASS"), QStringLiteral("true"));
    environment.insert(QStringLiteral("SSH_ASKPASS_REQUIRE"), QStringLiteral("never"));
    if (!environment.contains(QStringLiteral("GIT_SSH_COMMAND")))
        environment.insert(QStringLiteral("GIT_SSH_COMMAND"), QStringLiteral("ssh -oBatchMode=yes"));
    environment.insert(QStringLiteral("GIT_OPTIONAL_LOCKS"), QStringLiteral("0"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    return environment;
}

Error gitFailure(const ChildFailure &failure)
{
    using Reason = ChildFailure::Reason;
    switch (failure.reason) {
    case Reason::NotFound:
        return {.kind = Error::Kind::Unavailable,
                .what = gitWords("There is no program `git`."),
                .meaning = gitWords("The age of the runbooks is that of their files."),
                .next = gitWords("Install git to see commits and to fetch.")};
    case Reason::Timeout:
        return {.kind = Error::Kind::Timeout,
                .what = gitWords("git did not end in %1 s.").arg(gitLimit.count()),
                .meaning = gitWords("It was stopped; the runbooks are those on this disk."),
                .next = gitWords("It is tried again later.")};
    case Reason::Cancelled:
        return {.kind = Error::Kind::Cancelled, .what = gitWords("git was stopped."), .meaning = {}, .next = {}};
    case Reason::TooLarge:
        return {.kind = Error::Kind::TooLarge, .what = gitWords("git said too much."), .meaning = {}, .next = {}};
    case Reason::CannotStart:
        break;
    }
    return {.kind = Error::Kind::Unavailable,
            .what = gitWords("git cannot be started: %1.").arg(qt_error_string(failure.errorNumber)),
            .meaning = {},
            .next = {}};
}

/// git's own last words, as one plain line without what looks like a secret.
QString lastWords(const QByteArray &errorTail)
{
    const QStringList lines = QString::fromUtf8(errorTail).split(u'\n', Qt::SkipEmptyParts);
    QString line = lines.isEmpty() ? gitWords("it gave no reason") : lines.last().trimmed();
    static const QRegularExpression login(QStringLiteral("://[^/@\\s']+@"));
    line.replace(login, QStringLiteral("://"));
    return redacted(line).left(300);
}

Error gitRefusal(const QStringList &arguments, const QByteArray &errorTail)
{
    const QString words = lastWords(errorTail);
    const bool isRemote = arguments.contains(QStringLiteral("fetch"));
    return {.kind = isRemote ? Error::Kind::Network : Error::Kind::Rejected,
            .what = gitWords("git refused: %1").arg(words),
            .meaning = isRemote ? gitWords("The runbooks are those on this disk.") : QString(),
            .next = {}};
}

Result<QByteArray> runGit(const QString &folder, const QStringList &arguments, const std::atomic_bool *stop,
                          qsizetype mostBytes, const QMap<QString, QString> &variables = {})
{
    QMap<QString, QString> environment = gitEnvironment();
    environment.insert(variables);
    // A repository may configure programs: none of them is run by a look.
    ChildCommand child{.command = QStringList{QStringLiteral("git"), QStringLiteral("-C"), folder, QStringLiteral("-c"),
                                              QStringLiteral("core.fsmonitor=false"), QStringLiteral("-c"),
                                              QStringLiteral("core.hooksPath=/dev/null"), QStringLiteral("-c"),
                                              QStringLiteral("core.quotePath=false"), QStringLiteral("-c"),
                                              QStringLiteral("gc.auto=0"), QStringLiteral("-c"),
                                              QStringLiteral("maintenance.auto=false"), QStringLiteral("-c"),
                                              QStringLiteral("log.showSignature=false")} +
                                  arguments,
                       .environment = environment,
                       .limit = gitLimit,
                       .stop = stop,
                       .mostBytes = mostBytes};
    const auto ended = runChildCommand(child);
    if (const auto *failure = std::get_if<ChildFailure>(&ended))
        return gitFailure(*failure);
    const ChildEnd &end = std::get<ChildEnd>(ended);
    if (end.signalled || end.exitCode != 0)
        return gitRefusal(arguments, end.errorTail);
    return end.output;
}

QString firstLine(const QByteArray &output) { return QString::fromUtf8(output.left(output.indexOf('\n'))).trimmed(); }

std::optional<Instant> epochSeconds(const QByteArray &text)
{
    bool fine = false;
    const qint64 seconds = text.trimmed().toLongLong(&fine);
    return fine && seconds > 0 ? std::optional(fromEpochMs(seconds * 1000)) : std::nullopt;
}

} // namespace

GitCheckout::GitCheckout(QString topLevel, QString gitFolder, const std::atomic_bool *stop)
    : m_topLevel(std::move(topLevel))
    , m_gitFolder(std::move(gitFolder))
    , m_stop(stop)
{}

Result<std::optional<GitCheckout>> GitCheckout::find(const QString &folder, const std::atomic_bool *stop)
{
    const QStringList ask{QStringLiteral("rev-parse"), QStringLiteral("--show-toplevel"),
                          QStringLiteral("--absolute-git-dir")};
    const auto answer = runGit(folder, ask, stop, 64 * 1024);
    if (!answer) {
        if (answer.error().what.contains(QLatin1String("not a git repository")))
            return std::optional<GitCheckout>();
        return answer.error();
    }
    const QStringList lines = QString::fromUtf8(*answer).split(u'\n', Qt::SkipEmptyParts);
    if (lines.size() != 2)
        return std::optional<GitCheckout>();
    return std::optional(GitCheckout(lines.at(0), lines.at(1), stop));
}

Result<QByteArray> GitCheckout::git(const QStringList &arguments, qsizetype mostBytes,
                                    const QMap<QString, QString> &variables) const
{
    return runGit(m_topLevel, arguments, m_stop, mostBytes, variables);
}

Result<GitState> GitCheckout::state() const
{
    GitState state;
    // Before the first commit there is no HEAD: that is a state too.
    if (const auto head = git({QStringLiteral("log"), QStringLiteral("-1"), QStringLiteral("--format=%h %ct")})) {
        const QList<QByteArray> words = head->trimmed().split(' ');
        state.revision = QString::fromLatin1(words.value(0));
        state.changedAt = epochSeconds(words.value(1));
    } else if (head.error().kind != Error::Kind::Rejected) {
        return head.error();
    }
    const auto remotes =
        git({QStringLiteral("config"), QStringLiteral("--get-regexp"), QStringLiteral("^remote\\..*\\.url$")});
    for (const QByteArray &line : remotes ? remotes->split('\n') : QList<QByteArray>()) {
        const QString url = forgeAddress(QString::fromUtf8(line.mid(line.indexOf(' ') + 1)).trimmed());
        if (!url.isEmpty() && !state.urls.contains(url))
            state.urls.append(url);
    }
    const auto common = git(
        {QStringLiteral("rev-parse"), QStringLiteral("--path-format=absolute"), QStringLiteral("--git-common-dir")});
    const QFileInfo fetched((common ? firstLine(*common) : m_gitFolder) + QStringLiteral("/FETCH_HEAD"));
    if (fetched.exists())
        state.fetchedAt = fromEpochMs(fetched.lastModified().toMSecsSinceEpoch());
    return state;
}

QByteArray GitCheckout::treeState() const
{
    QByteArray state;
    QFile head(m_gitFolder + QStringLiteral("/HEAD"));
    if (head.open(QIODevice::ReadOnly))
        state = head.read(400);
    for (const char *name : {"/index", "/index.lock"}) {
        const QFileInfo info(m_gitFolder + QString::fromLatin1(name));
        state += '|' + (info.exists() ? QByteArray::number(info.lastModified().toMSecsSinceEpoch()) : QByteArray("-"));
    }
    return state;
}

bool GitCheckout::isBeingRewritten() const { return QFileInfo::exists(m_gitFolder + QStringLiteral("/index.lock")); }

Result<QHash<QString, Instant>> GitCheckout::lastChanges(const QString &folder) const
{
    const auto log =
        runGit(folder,
               {QStringLiteral("log"), QStringLiteral("--name-only"), QStringLiteral("--relative"),
                QStringLiteral("--no-renames"), QStringLiteral("-z"), QStringLiteral("--format=%x01%ct"),
                QStringLiteral("-n"), QString::number(mostCommits), QStringLiteral("--"), QStringLiteral(".")},
               m_stop, mostLogBytes);
    if (!log)
        return log.error();
    QHash<QString, Instant> changes;
    std::optional<Instant> at;
    for (const QByteArray &part : log->split('\0')) {
        const QByteArray text = part.startsWith('\n') ? part.mid(1) : part;
        if (text.startsWith('\1')) {
            at = epochSeconds(text.mid(1));
        } else if (at && !text.isEmpty()) {
            const QString path = QString::fromUtf8(text);
            if (!changes.contains(path)) // the newest commit comes first
                changes.insert(path, *at);
        }
    }
    return changes;
}

Result<QStringList> GitCheckout::changedSince(const QString &revision) const
{
    const auto differing = git({QStringLiteral("diff"), QStringLiteral("--name-only"), QStringLiteral("-z"), QStringLiteral("--no-ext-diff"),
                                QStringLiteral("--end-of-options"), revision, QStringLiteral("--")}, mostLogBytes);
    if (!differing)
        return differing.error();
    const auto fresh = git({QStringLiteral("ls-files"), QStringLiteral("-z"), QStringLiteral("--others"), QStringLiteral("--exclude-standard")}, mostLogBytes);
    if (!fresh)
        return fresh.error();
    return QString::fromUtf8(*differing + *fresh).split(QChar(u'\0'), Qt::SkipEmptyParts);
}

Result<Done> GitCheckout::fetch() const
{
    const auto fetched = git({QStringLiteral("fetch"), QStringLiteral("--quiet"), QStringLiteral("--no-tags"),
                              QStringLiteral("--no-recurse-submodules")});
    if (!fetched)
        return fetched.error();
    return Done{};
}

Result<Done> GitCheckout::pull() const
{
    const auto dirty = git({QStringLiteral("status"), QStringLiteral("--porcelain"), QStringLiteral("-uno")});
    if (!dirty)
        return dirty.error();
    if (!dirty->trimmed().isEmpty() || isBeingRewritten())
        return Error{.kind = Error::Kind::Conflict,
                     .what = gitWords("%1 has changes that are not committed.").arg(m_topLevel),
                     .meaning = gitWords("It is left as it is, and may be behind its remote."),
                     .next = gitWords("Commit them, or pull yourself.")};
    const auto merged = git({QStringLiteral("merge"), QStringLiteral("--ff-only"), QStringLiteral("--quiet"),
                             QStringLiteral("@{upstream}")});
    if (merged)
        return Done{};
    if (merged.error().kind != Error::Kind::Rejected)
        return merged.error();
    return Error{.kind = Error::Kind::Conflict,
                 .what = merged.error().what,
                 .meaning = gitWords("%1 is left as it is, and may be behind its remote.").arg(m_topLevel),
                 .next = gitWords("Pull it yourself.")};
}

QString forgeAddress(const QString &remote)
{
    QString host;
    QString path;
    static const QRegularExpression scp(QStringLiteral("^(?:[^/@:]+@)?([^/:]+):(?!//)(.+)$"));
    if (const auto match = scp.match(remote); match.hasMatch()) {
        host = match.captured(1);
        path = match.captured(2);
    } else {
        const QUrl url(remote);
        static const QStringList schemes{QStringLiteral("https"), QStringLiteral("http"), QStringLiteral("ssh"),
                                         QStringLiteral("git")};
        if (!schemes.contains(url.scheme()) || url.host().isEmpty())
            return {};
        host = url.host();
        path = url.path();
    }
    while (path.startsWith(u'/'))
        path.remove(0, 1);
    while (path.endsWith(u'/'))
        path.chop(1);
    if (path.endsWith(QLatin1String(".git")))
        path.chop(4);
    return path.isEmpty() ? QString() : QStringLiteral("https://") + host + u'/' + path;
}

} // namespace cockpit
