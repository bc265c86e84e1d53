// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/exec_credential.h"

#include "app/config/child_command.h"
#include "app/kubernetes/kubernetes_words.h"
#include "app/net/redaction.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace std::chrono_literals;

namespace {

constexpr auto renewBefore = 60s;
constexpr qsizetype mostLines = 3;
constexpr qsizetype mostLineLength = 200;

/// The last lines of what a plugin complained, without what looks like a secret.
QString lastLines(const QByteArray &errors)
{
    static const QRegularExpression control(QStringLiteral("\\x1b\\[[0-9;]*[A-Za-z]|[\\x00-\\x08\\x0b-\\x1f\\x7f]"));
    QStringList lines;
    for (const QByteArray &line : errors.split('\n')) {
        const QString text = redacted(QString::fromUtf8(line).remove(control).trimmed());
        if (!text.isEmpty())
            lines.append(text.left(mostLineLength));
    }
    return lines.mid(std::max<qsizetype>(0, lines.size() - mostLines)).join(QStringLiteral(" / "));
}

Error pluginError(Error::Kind kind, const KubeExec &exec, const QString &what, const QByteArray &errors = {},
                  const QString &next = {})
{
    Error error{kind, KubernetesWords::tr("The login program %1 %2.").arg(exec.command, what), {}, next};
    const QString said = lastLines(errors);
    if (!said.isEmpty())
        error.what += KubernetesWords::tr(" It said: %1").arg(said);
    return error;
}

QString commandLine(const KubeExec &exec) { return (QStringList{exec.command} + exec.arguments).join(u' '); }

Error pluginFailure(const KubeExec &exec, const ChildFailure &failure, std::chrono::milliseconds limit)
{
    switch (failure.reason) {
    case ChildFailure::Reason::NotFound:
        return pluginError(Error::Kind::Invalid, exec, KubernetesWords::tr("is not installed, or not in the PATH"), {},
                           exec.installHint.left(1000));
    case ChildFailure::Reason::Timeout:
        return pluginError(
            Error::Kind::Timeout, exec,
            KubernetesWords::tr("did not end within %1 s and was stopped").arg(double(limit.count()) / 1000.0),
            failure.errorTail, KubernetesWords::tr("Run it in a terminal once: it may wait for an answer."));
    case ChildFailure::Reason::Cancelled:
        return pluginError(Error::Kind::Cancelled, exec, KubernetesWords::tr("was cancelled"));
    case ChildFailure::Reason::TooLarge:
        return pluginError(Error::Kind::Parse, exec, KubernetesWords::tr("printed far too much"), failure.errorTail);
    case ChildFailure::Reason::CannotStart:
        break;
    }
    return pluginError(Error::Kind::Invalid, exec,
                       KubernetesWords::tr("cannot be started: %1").arg(qt_error_string(failure.errorNumber)));
}

/// Why it cannot be run at all; nothing when it can.
std::optional<Error> pluginRefusal(const KubeExec &exec)
{
    if (exec.apiVersion != u"client.authentication.k8s.io/v1" &&
        exec.apiVersion != u"client.authentication.k8s.io/v1beta1")
        return pluginError(Error::Kind::Invalid, exec,
                           KubernetesWords::tr("speaks %1, which is not supported")
                               .arg(exec.apiVersion.isEmpty() ? KubernetesWords::tr("no version") : exec.apiVersion),
                           {},
                           KubernetesWords::tr("Renew the kubeconfig: client.authentication.k8s.io/v1 is current."));
    if (exec.command.isEmpty())
        return pluginError(Error::Kind::Invalid, exec, KubernetesWords::tr("has no name in the kubeconfig"));
    if (exec.interactive == KubeExec::Interactive::Always)
        return pluginError(Error::Kind::Invalid, exec, KubernetesWords::tr("wants a terminal, which a window has not"),
                           {}, KubernetesWords::tr("Log in with `%1` in a terminal.").arg(commandLine(exec)));
    return std::nullopt;
}

ExecInfo infoOf(const KubeExec &exec, const KubeCluster &cluster)
{
    return {exec.apiVersion,    exec.wantsClusterInfo,     cluster.server, cluster.authorityPem,
            cluster.serverName, cluster.skipsVerification, cluster.proxy,  cluster.execExtension};
}

/// What is the same plugin for the same cluster. Never shown.
QString keyOf(const KubeExec &exec, const KubeCluster &cluster)
{
    QStringList parts{exec.apiVersion, exec.command, exec.arguments.join(QChar(1))};
    for (auto it = exec.environment.begin(); it != exec.environment.end(); ++it)
        parts.append(it.key() + u'=' + it.value());
    parts.append(cluster.server);
    parts.append(cluster.execExtension);
    return parts.join(QChar(2));
}

} // namespace

ExecCredentials::ExecCredentials(Settings settings, std::function<Instant()> realNow)
    : m_settings(std::move(settings))
    , m_realNow(std::move(realNow))
{}

std::shared_ptr<ExecCredentials::Slot> ExecCredentials::slot(const QString &key)
{
    const std::lock_guard lock(m_mutex);
    std::shared_ptr<Slot> &slot = m_slots[key];
    if (!slot)
        slot = std::make_shared<Slot>();
    return slot;
}

Result<ExecCredential> ExecCredentials::get(const KubeExec &exec, const KubeCluster &cluster,
                                            const std::optional<ExecCredential> &refused, const std::atomic_bool *stop)
{
    if (const auto refusal = pluginRefusal(exec))
        return *refusal;
    const std::shared_ptr<Slot> mine = slot(keyOf(exec, cluster));
    const std::lock_guard login(mine->login);
    if (stop && stop->load())
        return pluginError(Error::Kind::Cancelled, exec, KubernetesWords::tr("was cancelled"));
    const bool expired = mine->known && mine->known->expiresAt && *mine->known->expiresAt - renewBefore <= m_realNow();
    if (mine->known && !expired && mine->known != refused)
        return *mine->known;
    mine->known.reset();
    Result<ExecCredential> fresh = run(exec, cluster, stop);
    if (fresh)
        mine->known = *fresh;
    return fresh;
}

Result<ExecCredential> ExecCredentials::run(const KubeExec &exec, const KubeCluster &cluster,
                                            const std::atomic_bool *stop)
{
    EnvironmentVariables environment = m_settings.environment;
    environment.insert(QStringLiteral("PATH"), searchPath(stop));
    for (auto it = exec.environment.begin(); it != exec.environment.end(); ++it)
        environment.insert(it.key(), it.value());
    environment.insert(QStringLiteral("KUBERNETES_EXEC_INFO"), QString::fromUtf8(execInfoJson(infoOf(exec, cluster))));
    // What it leaves behind after a login that went well (a browser) goes on.
    const auto ran = runChildCommand({.command = QStringList{exec.command} + exec.arguments,
                                      .environment = environment,
                                      .limit = m_settings.limit,
                                      .stop = stop,
                                      .endsItsGroup = false});
    if (const auto *failure = std::get_if<ChildFailure>(&ran))
        return pluginFailure(exec, *failure, m_settings.limit);
    const ChildEnd &end = std::get<ChildEnd>(ran);
    if (end.signalled)
        return pluginError(Error::Kind::Invalid, exec, KubernetesWords::tr("was ended by signal %1").arg(end.exitCode),
                           end.errorTail);
    if (end.exitCode != 0)
        return pluginError(Error::Kind::Invalid, exec,
                           KubernetesWords::tr("failed with exit code %1").arg(end.exitCode), end.errorTail,
                           KubernetesWords::tr("Try `%1` in a terminal.").arg(commandLine(exec)));
    Result<ExecCredential> credential = parseExecCredential(end.output, exec.apiVersion);
    if (!credential) {
        Error error = pluginError(Error::Kind::Parse, exec, KubernetesWords::tr("gave no credentials"), end.errorTail);
        error.what += u' ' + credential.error().what;
        return error;
    }
    return credential;
}

/// A desktop starts its programs with a short PATH: the login shell knows where the person's tools are.
QString ExecCredentials::searchPath(const std::atomic_bool *stop)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_searchPath)
            return *m_searchPath;
    }
    QStringList folders;
    const QString shell = m_settings.environment.value(QStringLiteral("SHELL"));
    if (!shell.isEmpty()) {
        // A profile may print what it likes: the PATH is what follows the last mark.
        const QString mark = QStringLiteral("__dt_cockpit_path__");
        const auto ran =
            runChildCommand({.command = {shell, QStringLiteral("-l"), QStringLiteral("-c"),
                                         QStringLiteral("printf '\\n%s%s\\n' ") + mark + QStringLiteral(" \"$PATH\"")},
                             .environment = m_settings.environment,
                             .limit = m_settings.shellLimit,
                             .stop = stop});
        if (const auto *end = std::get_if<ChildEnd>(&ran)) {
            const QString output = QString::fromLocal8Bit(end->output);
            const qsizetype at = output.lastIndexOf(mark);
            if (at >= 0)
                folders = output.mid(at + mark.size()).section(u'\n', 0, 0).split(u':', Qt::SkipEmptyParts);
        }
    }
    folders += m_settings.environment.value(QStringLiteral("PATH")).split(u':', Qt::SkipEmptyParts);
    folders.removeDuplicates();
    const QString path = folders.join(u':');
    if (stop && stop->load())
        return path; // the shell may not have come to its end
    const std::lock_guard lock(m_mutex);
    m_searchPath = path;
    return path;
}

} // namespace cockpit
