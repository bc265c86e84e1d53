// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/completion.h"

#include "app/cli/command_help.h"

#include <QCoreApplication>
#include <QMap>
#include <QRegularExpression>
#include <QStringList>

namespace cockpit {

namespace {

/// A command with everything that its usages name.
struct CompletedCommand {
    QString name{};
    QString text{};
    QStringList options{};
    QStringList words{}; ///< what may stand first behind it
};

QStringList optionsIn(const QString &usage)
{
    static const QRegularExpression option(QStringLiteral("--[a-z][a-z-]*"));
    QStringList found;
    for (auto matches = option.globalMatch(usage); matches.hasNext();)
        found.append(matches.next().captured());
    return found;
}

/// "policy FILE… | runbooks DIR" begins with policy or runbooks; words in capitals are placeholders.
QStringList firstWordsOf(const QString &usage)
{
    static const QRegularExpression word(QStringLiteral("^[a-z][a-z|-]*$"));
    QStringList found;
    for (const QString &way : usage.section(u' ', 1).split(QStringLiteral(" | "))) {
        const QString first = way.trimmed().section(u' ', 0, 0);
        if (word.match(first).hasMatch())
            found += first.split(u'|', Qt::SkipEmptyParts);
    }
    return found;
}

QList<CompletedCommand> completedCommands()
{
    QList<CompletedCommand> commands;
    for (const CommandHelp &help : commandHelp) {
        const QString name = QString::fromUtf8(help.name);
        const QString usage = QString::fromUtf8(help.usage);
        if (commands.isEmpty() || commands.last().name != name)
            commands.append({.name = name, .text = QString::fromUtf8(help.text)});
        commands.last().options += optionsIn(usage);
        commands.last().words += firstWordsOf(usage);
    }
    for (CompletedCommand &command : commands) {
        command.options += {QStringLiteral("--config"), QStringLiteral("--demo")};
        command.options.removeDuplicates();
        command.words.removeDuplicates();
    }
    return commands;
}

/// Inside single quotes of a shell.
QString shellQuoted(QString text) { return u'\'' + text.replace(u'\'', QStringLiteral("'\\''")) + u'\''; }

QString bashCompletion()
{
    QStringList names;
    QStringList cases;
    for (const CompletedCommand &command : completedCommands()) {
        names.append(command.name);
        cases.append(QStringLiteral("        ") + command.name + QStringLiteral(") words=\"") +
                     (command.words + command.options).join(u' ') + QStringLiteral("\" ;;"));
    }
    return QStringLiteral(
               "# bash completion for dt-cockpit\n"
               "_dt_cockpit()\n"
               "{\n"
               "    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= words= i\n"
               "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
               "        case ${COMP_WORDS[i]} in\n"
               "            --config|--out) ((i++)) ;;\n"
               "            -*|=) ;;\n"
               "            *) command=${COMP_WORDS[i]}; break ;;\n"
               "        esac\n"
               "    done\n"
               "    case $before in\n"
               "        --config|--out) COMPREPLY=($(compgen -f -- \"$current\")); return ;;\n"
               "    esac\n"
               "    case $command in\n"
               "        '') words=\"") +
           names.join(u' ') + QStringLiteral(" --config --demo --help --version\" ;;\n") + cases.join(u'\n') +
           QStringLiteral("\n    esac\n"
                          "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                          "    [ -n \"${COMPREPLY[*]}\" ] || COMPREPLY=($(compgen -f -- \"$current\"))\n"
                          "}\n"
                          "complete -F _dt_cockpit dt-cockpit\n");
}

/// A colon parts name and text of zsh's _describe.
QString zshDescribed(const CompletedCommand &command)
{
    return QStringLiteral("        ") +
           shellQuoted(command.name + u':' + QString(command.text).replace(u':', QStringLiteral("\\:")));
}

QString zshCompletion()
{
    QStringList names;
    QStringList cases;
    for (const CompletedCommand &command : completedCommands()) {
        names.append(zshDescribed(command));
        cases.append(QStringLiteral("        ") + command.name + QStringLiteral(") compadd -- ") +
                     (command.words + command.options).join(u' ') + QStringLiteral(" ;;"));
    }
    return QStringLiteral("#compdef dt-cockpit\n"
                          "_dt_cockpit() {\n"
                          "    local -a commands=(\n") +
           names.join(u'\n') +
           QStringLiteral("\n    )\n"
                          "    if ((CURRENT == 2)); then\n"
                          "        _describe 'command' commands\n"
                          "        compadd -- --config --demo --help --version\n"
                          "        return\n"
                          "    fi\n"
                          "    case $words[2] in\n") +
           cases.join(u'\n') +
           QStringLiteral("\n    esac\n"
                          "    _files\n"
                          "}\n"
                          "_dt_cockpit \"$@\"\n");
}

QString fishCompletion()
{
    QStringList lines{QStringLiteral("# fish completion for dt-cockpit"),
                      QStringLiteral("complete -c dt-cockpit -l config -r -d 'configuration file'"),
                      QStringLiteral("complete -c dt-cockpit -l demo -d 'the embedded demo'")};
    for (const CompletedCommand &command : completedCommands()) {
        lines.append(QStringLiteral("complete -c dt-cockpit -n __fish_use_subcommand -f -a ") + command.name +
                     QStringLiteral(" -d ") + shellQuoted(command.text));
        const QString seen = QStringLiteral("complete -c dt-cockpit -n '__fish_seen_subcommand_from ") + command.name +
                             QStringLiteral("' ");
        for (const QString &word : command.words)
            lines.append(seen + QStringLiteral("-a ") + word);
        for (const QString &option : command.options)
            lines.append(seen + QStringLiteral("-l ") + option.mid(2));
    }
    return lines.join(u'\n') + u'\n';
}

/// Text inside a man page: a backslash begins an escape, a minus is typeset as a hyphen unless escaped.
QString roffText(QString text)
{
    text.replace(u'\\', QStringLiteral("\\e")).replace(u'-', QStringLiteral("\\-"));
    return text.startsWith(u'.') || text.startsWith(u'\'') ? QStringLiteral("\\&") + text : text;
}

QString manPage()
{
    QString page = QStringLiteral(
        ".TH DT\\-COCKPIT 1 \"\" \"dt-cockpit\" \"User Commands\"\n"
        ".SH NAME\n"
        "dt\\-cockpit \\- desktop cockpit for oncall\n"
        ".SH SYNOPSIS\n"
        ".B dt\\-cockpit\n"
        "[\\-\\-config FILE | \\-\\-demo[=SCENARIO]]\n"
        ".br\n"
        ".B dt\\-cockpit\n"
        "COMMAND ...\n"
        ".SH DESCRIPTION\n"
        "Live service health, firing alerts, canary charts and the runbook of the firing alert in one window;\n"
        "rollback, circuit breaker override and feature kill switch with proof that they worked.\n"
        "Without a command the window opens. Everything that the window does, a command does too.\n"
        ".SH COMMANDS\n");
    for (const CommandHelp &help : commandHelp)
        page += QStringLiteral(".TP\n.B ") + roffText(QString::fromUtf8(help.usage)) + u'\n' +
                roffText(QString::fromUtf8(help.text)) + u'\n';
    return page +
           QStringLiteral(
               ".SH EXIT STATUS\n"
               "0 when all is well or the action is proven, 64 for a wrong command line, 78 for a configuration that\n"
               "cannot be read; the README tells what else each command answers.\n"
               ".SH FILES\n"
               ".I ~/.config/dt\\-cockpit/cockpit.yaml\n"
               "the configuration\n");
}

} // namespace

Result<QString> completionText(const QString &kind)
{
    if (kind == u"bash")
        return bashCompletion();
    if (kind == u"zsh")
        return zshCompletion();
    if (kind == u"fish")
        return fishCompletion();
    if (kind == u"man")
        return manPage();
    return Error{.kind = Error::Kind::Invalid,
                 .what = QCoreApplication::translate("CommandLine", "completion wants bash, zsh, fish or man."),
                 .next = QCoreApplication::translate("CommandLine", "Try: dt-cockpit completion bash")};
}

} // namespace cockpit
