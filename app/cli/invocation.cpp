// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>

#include <array>

namespace cockpit {

namespace {

struct CommandHelp {
    const char *name;
    const char *usage;
    const char *text;
};

constexpr std::array commandHelp{
    CommandHelp{"status", "status [--json] [--timeout 10s]", "everything that is known now; the exit code says how bad it is"},
    CommandHelp{"alerts", "alerts [FILTER] [--json]", "alerts, by words or by matchers such as service=\"gc-service\""},
    CommandHelp{"silence", "silence MATCHER… --for 1h --reason TEXT [--cluster C] [--dry-run] [--yes] [--accept ID]",
                "silence what the matchers catch"},
    CommandHelp{"unsilence", "unsilence SILENCE-ID [--cluster C] [--yes]", "end a silence or an acknowledgement"},
    CommandHelp{"ack", "ack ALERT [--for 15m] [--reason TEXT] [--yes]", "acknowledge an alert (name or fingerprint)"},
    CommandHelp{"rollouts", "rollouts [NAME] [--json] [--watch]", "what rolls out, and what waits for a person"},
    CommandHelp{"rollback",
                "rollback NAME [--to-revision REV|HASH] [--reason TEXT] [--dry-run] [--yes] [--accept ID] [--verify 60s]",
                "all traffic back to stable while an update runs, else an earlier revision's template back"},
    CommandHelp{"promote", "promote NAME [--full] [--dry-run] [--yes] [--accept ID]", "go on to the next step, or past all"},
    CommandHelp{"pause", "pause NAME [--dry-run] [--yes]", "take no further step"},
    CommandHelp{"resume", "resume NAME [--dry-run] [--yes]", "end a pause"},
    CommandHelp{"retry", "retry NAME [--dry-run] [--yes]", "begin an aborted update again"},
    CommandHelp{"restart", "restart NAME [--dry-run] [--yes]", "new pods of the same version"},
    CommandHelp{"scale", "scale NAME --replicas N [--dry-run] [--yes] [--accept ID]", "another number of pods"},
    CommandHelp{"gitops", "gitops suspend|resume NAME [--for 1h] --reason TEXT [--dry-run] [--yes]",
                "keep Argo CD or Flux from putting a rollback back, for a while"},
    CommandHelp{"runbooks", "runbooks [--json]", "every runbook, where it comes from, and which alerts have one"},
    CommandHelp{"runbook",
                "runbook ALERT|PATH[#ANCHOR] [--section] | tick|skip|untick ALERT STEP [--reason TEXT] | search WORDS | write ALERT",
                "the section for an alert, its steps and what was ticked"},
    CommandHelp{"breakers", "breakers [--json]", "circuit breakers: caller, dependency, state, pods, fallback"},
    CommandHelp{"breaker",
                "breaker FROM TO --force-open|--force-closed|--disable|--reset [--for 15m] --reason TEXT [--pod POD] [--dry-run] [--yes] [--accept ID]",
                "take a breaker out of its own hands for a while, or give it back"},
    CommandHelp{"overrides", "overrides [--json]", "what is held against the system's own will, by whom and until when"},
    CommandHelp{"flags", "flags [--json]", "feature flags: state, who gets them, who changed them last"},
    CommandHelp{"flag", "flag NAME on|off --reason TEXT [--environment E] [--for 1h] [--dry-run] [--yes] [--accept ID]",
                "switch a feature flag; with --for it goes back by itself"},
    CommandHelp{"capacity", "capacity [NAME --min N --max N --reason TEXT [--for 1h] [--yes]] [--json]",
                "pods now and allowed, time at the maximum, cost; or other limits for a while"},
    CommandHelp{"incidents", "incidents [--json] | export --format json|md [--out DIR] | import FILE",
                "incidents, open ones and the last 200; all of them as files, and back"},
    CommandHelp{"incident",
                "incident open [--alert NAME|--service S] [--level P1] [--title T] | show [INC-n] | figures [--days 30]",
                "declare an incident with what is known already (or join the open one), look at it, its MTTD, MTTA, MTTM, MTTR"},
    CommandHelp{"incident",
                "incident note|phase|level|role|field|task|can|follow-up|correct|attach|merge|reopen|close|update [INC-n] …",
                "write to its timeline; `incident VERB` alone says what it wants; without INC-n the gravest open one is meant"},
    CommandHelp{"postmortem", "postmortem [INC-n] [--format md|html|pdf] [--out FILE]",
                "the postmortem's draft, from the timeline"},
    CommandHelp{"store", "store backup FILE | restore FILE", "a copy of everything that this installation keeps, and back"},
    CommandHelp{"pages", "pages [--json]", "pages at the paging service: state, who has them, when they escalate"},
    CommandHelp{"page",
                "page ack|resolve|escalate PAGE [--level 2] | call PAGE PERSON… | trigger TEXT --level P1 [--service S] [--key K] [--dry-run] [--yes]",
                "act on a page (number, id or words of its title), or page people"},
    CommandHelp{"oncall", "oncall [--json]", "who is on call, at which level, until when"},
    CommandHelp{"say", "say TEXT [--channel C] [--thread T] [--dry-run] [--yes]", "post to the chat, once"},
    CommandHelp{"activity", "activity [FILTER] [--limit 100] [--json]", "every action: who, what, when, outcome"},
    CommandHelp{"verify-log", "verify-log [--json]", "check the hash chain of the activity log"},
    CommandHelp{"tour", "tour --out DIR [--size 1366x768] [--theme night|day|contrast] [--scale 2]", "every page as PNG"},
    CommandHelp{"self-check", "self-check [--json]", "configuration, store, sources: what works and what does not"},
    CommandHelp{"lint", "lint config [FILE] | policy FILE… | runbooks DIR --rules GLOB [--root DIR] [--format text|json|sarif|github]",
                "check a configuration, a deployment policy or the runbooks of alert rules"},
    CommandHelp{"export", "export policy --engine argo-rollouts|flagger [--service NAME] [FILE]",
                "manifests with which the cluster enforces a deployment policy itself"},
};

/// Gives the parser the option names once; values are read by name.
void addOptions(QCommandLineParser &parser)
{
    const auto add = [&parser](const char *name, const char *value = nullptr) {
        parser.addOption(value ? QCommandLineOption(QLatin1String(name), QString(), QLatin1String(value))
                               : QCommandLineOption(QLatin1String(name)));
    };
    for (const char *flag : {"json", "yes", "dry-run", "help", "version", "self-check", "full", "watch", "section", "force-open",
                             "force-closed", "disable", "reset", "send"})
        add(flag);
    for (const char *option : {"config", "demo", "speed", "fault", "format", "timeout", "for", "reason", "actor",
                               "cluster", "channel", "thread", "key", "accept", "pod", "engine", "service", "out", "size", "theme", "scale", "limit",
                               "to-revision", "environment", "min", "max", "replicas", "verify", "rules", "root", "alert", "level", "title",
                               "owner", "due", "at", "condition", "actions", "needs", "days"})
        add(option, "value");
}

Error usageError(const QString &what)
{
    return Error{.kind = Error::Kind::Invalid,
                 .what = what,
                 .next = QCoreApplication::translate("CommandLine", "Try: dt-cockpit --help")};
}

/// `--demo` stands alone or with a value behind `=`; the parser knows no optional values.
QStringList withDemoValue(QStringList arguments)
{
    for (QString &argument : arguments) {
        if (argument == u"--demo")
            argument = QStringLiteral("--demo=bad-canary");
    }
    return arguments;
}

Result<QSize> parseSize(const QString &text)
{
    static const QRegularExpression shape(QStringLiteral("^(\\d{3,5})x(\\d{3,5})$"));
    const auto match = shape.match(text);
    if (!match.hasMatch())
        return usageError(QCoreApplication::translate("CommandLine", "--size wants WIDTHxHEIGHT, not '") + text + QStringLiteral("'."));
    return QSize(match.capturedView(1).toInt(), match.capturedView(2).toInt());
}

std::optional<Error> readNumbers(const QCommandLineParser &parser, Invocation &invocation)
{
    const auto number = [&parser](const char *name, double fallback, double least) -> Result<double> {
        if (!parser.isSet(QLatin1String(name)))
            return fallback;
        bool fine = false;
        const double value = parser.value(QLatin1String(name)).toDouble(&fine);
        if (!fine || value < least)
            return usageError(QStringLiteral("--") + QLatin1String(name)
                              + QCoreApplication::translate("CommandLine", " wants a number of at least ")
                              + QString::number(least) + u'.');
        return value;
    };
    const auto speed = number("speed", invocation.needsWidgets() ? 1.0 : 10.0, 0.1);
    const auto scale = number("scale", 1.0, 0.5);
    const auto limit = number("limit", 100, 1);
    const auto days = number("days", 30, 1);
    for (const auto *value : {&speed, &scale, &limit, &days}) {
        if (!*value)
            return value->error();
    }
    if (parser.isSet(QStringLiteral("replicas"))) {
        bool fine = false;
        const int replicas = parser.value(QStringLiteral("replicas")).toInt(&fine);
        if (!fine || replicas < 0)
            return usageError(QCoreApplication::translate("CommandLine", "--replicas wants a whole number of at least 0."));
        invocation.replicas = replicas;
    }
    for (const auto &[name, target] : {std::pair{QStringLiteral("min"), &invocation.minimum},
                                       std::pair{QStringLiteral("max"), &invocation.maximum}}) {
        if (!parser.isSet(name))
            continue;
        bool fine = false;
        *target = parser.value(name).toInt(&fine);
        if (!fine || **target < 1)
            return usageError(QCoreApplication::translate("CommandLine", "--%1 wants a whole number of at least 1.").arg(name));
    }
    invocation.lengthGiven = parser.isSet(QStringLiteral("for"));
    invocation.channel = parser.value(QStringLiteral("channel"));
    invocation.thread = parser.value(QStringLiteral("thread"));
    invocation.dedupKey = parser.value(QStringLiteral("key"));
    invocation.flagEnvironment = parser.value(QStringLiteral("environment"));
    invocation.demoSpeed = *speed;
    invocation.scale = *scale;
    invocation.limit = int(*limit);
    invocation.days = int(*days);
    return std::nullopt;
}

std::optional<Error> readLengths(const QCommandLineParser &parser, Invocation &invocation)
{
    for (const auto &[name, target] : {std::pair{QStringLiteral("timeout"), &invocation.timeout},
                                       std::pair{QStringLiteral("for"), &invocation.length},
                                       std::pair{QStringLiteral("verify"), &invocation.verify}}) {
        if (!parser.isSet(name))
            continue;
        const auto length = parseDuration(parser.value(name));
        if (!length)
            return length.error();
        *target = *length;
    }
    if (parser.isSet(QStringLiteral("size"))) {
        const auto size = parseSize(parser.value(QStringLiteral("size")));
        if (!size)
            return size.error();
        invocation.size = *size;
    }
    return std::nullopt;
}

void readIncidentWords(const QCommandLineParser &parser, Invocation &invocation)
{
    for (const auto &[name, target] : {std::pair{"alert", &invocation.alert}, std::pair{"level", &invocation.level},
                                       std::pair{"title", &invocation.title}, std::pair{"owner", &invocation.owner},
                                       std::pair{"due", &invocation.due}, std::pair{"at", &invocation.at},
                                       std::pair{"condition", &invocation.condition},
                                       std::pair{"actions", &invocation.actionsTaken},
                                       std::pair{"needs", &invocation.needs}})
        *target = parser.value(QLatin1String(name));
    invocation.send = parser.isSet(QStringLiteral("send"));
}

std::optional<Error> checkCommand(const Invocation &invocation)
{
    if (invocation.command.isEmpty() || invocation.command == u"help" || invocation.command == u"version")
        return std::nullopt;
    for (const CommandHelp &help : commandHelp) {
        if (invocation.command == QLatin1String(help.name))
            return std::nullopt;
    }
    return usageError(QCoreApplication::translate("CommandLine", "There is no command '") + invocation.command + QStringLiteral("'."));
}

} // namespace

Result<Duration> parseDuration(const QString &text)
{
    static const QRegularExpression whole(QStringLiteral("^(\\d{1,9}(ms|s|m|h|d))+$"));
    static const QRegularExpression part(QStringLiteral("(\\d+)(ms|s|m|h|d)"));
    if (!whole.match(text).hasMatch())
        return usageError(QCoreApplication::translate("CommandLine", "A length of time looks like 90s, 15m or 2h30m, not '")
                          + text.left(40) + QStringLiteral("'."));
    Duration sum{0};
    for (const auto &match : part.globalMatch(text)) {
        const qint64 count = match.capturedView(1).toLongLong();
        const QStringView unit = match.capturedView(2);
        const qint64 ms = unit == u"ms" ? 1 : unit == u"s" ? 1000 : unit == u"m" ? 60'000 : unit == u"h" ? 3'600'000 : 86'400'000;
        sum += Duration(count * ms);
    }
    return sum;
}

QString helpText()
{
    QString text = QStringLiteral("dt-cockpit [--config FILE | --demo[=SCENARIO]]   opens the window\n"
                                  "dt-cockpit COMMAND …\n\n");
    for (const CommandHelp &help : commandHelp) {
        text += QStringLiteral("  ") + QString::fromUtf8(help.usage) + QStringLiteral("\n      ")
                + QCoreApplication::translate("CommandLine", help.text) + u'\n';
    }
    text += QStringLiteral("\nNAME of a rollout is [context/][namespace/][kind/]name; ambiguous is refused with the candidates.\n"
                           "For all: --config FILE, --demo[=SCENARIO] [--speed N] [--fault BACKEND=KIND], --json.\n"
                           "Exit codes of status: 0 calm, 1 something fires, 2 something urgent fires, 3 a source is not ok; "
                           "64 usage, 78 configuration.\n"
                           "Exit codes of actions: 0 succeeded, 1 failed, 2 refused, 3 unknown, 4 cancelled.\n");
    return text;
}

Result<Invocation> parseInvocation(const QStringList &arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(QStringList{QStringLiteral("dt-cockpit")} + withDemoValue(arguments)))
        return usageError(parser.errorText() + (parser.errorText().endsWith(u'.') ? QString() : QStringLiteral(".")));

    Invocation invocation;
    QStringList words = parser.positionalArguments();
    if (!words.isEmpty())
        invocation.command = words.takeFirst();
    invocation.arguments = words;
    if (parser.isSet(QStringLiteral("help")))
        invocation.command = QStringLiteral("help");
    else if (parser.isSet(QStringLiteral("version")))
        invocation.command = QStringLiteral("version");
    else if (parser.isSet(QStringLiteral("self-check")))
        invocation.command = QStringLiteral("self-check");
    else if (const auto error = checkCommand(invocation))
        return *error;

    invocation.configPath = parser.value(QStringLiteral("config"));
    if (parser.isSet(QStringLiteral("demo")))
        invocation.demoScenario = parser.value(QStringLiteral("demo"));
    invocation.faults = parser.values(QStringLiteral("fault"));
    invocation.json = parser.isSet(QStringLiteral("json")) || parser.value(QStringLiteral("format")) == u"json";
    invocation.reason = parser.value(QStringLiteral("reason"));
    invocation.actor = parser.value(QStringLiteral("actor"));
    invocation.cluster = parser.value(QStringLiteral("cluster"));
    invocation.format = parser.value(QStringLiteral("format"));
    invocation.rules = parser.values(QStringLiteral("rules"));
    invocation.root = parser.value(QStringLiteral("root"));
    invocation.engine = parser.value(QStringLiteral("engine"));
    invocation.service = parser.value(QStringLiteral("service"));
    invocation.yes = parser.isSet(QStringLiteral("yes"));
    invocation.dryRun = parser.isSet(QStringLiteral("dry-run"));
    invocation.accepted = parser.values(QStringLiteral("accept"));
    invocation.pods = parser.values(QStringLiteral("pod"));
    for (const char *mode : {"force-open", "force-closed", "disable", "reset"}) {
        if (parser.isSet(QLatin1String(mode)))
            invocation.mode = QLatin1String(mode);
    }
    readIncidentWords(parser, invocation);
    invocation.toRevision = parser.value(QStringLiteral("to-revision"));
    invocation.full = parser.isSet(QStringLiteral("full"));
    invocation.sectionOnly = parser.isSet(QStringLiteral("section"));
    invocation.watch = parser.isSet(QStringLiteral("watch"));
    invocation.out = parser.value(QStringLiteral("out"));
    invocation.theme = parser.value(QStringLiteral("theme"));
    if (invocation.command == u"alerts" || invocation.command == u"activity")
        invocation.filter = words.join(u' ');
    if (const auto error = readNumbers(parser, invocation))
        return *error;
    if (const auto error = readLengths(parser, invocation))
        return *error;
    return invocation;
}

} // namespace cockpit
