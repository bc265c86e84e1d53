// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/invocation.h"

#include "app/cli/command_help.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>

#include <array>

namespace cockpit {

namespace {

/// Gives the parser the option names once; values are read by name.
void addOptions(QCommandLineParser &parser)
{
    const auto add = [&parser](const char *name, const char *value = nullptr) {
        parser.addOption(value ? QCommandLineOption(QLatin1String(name), QString(), QLatin1String(value))
                               : QCommandLineOption(QLatin1String(name)));
    };
    for (const char *flag : commandLineFlags)
        add(flag);
    for (const char *option : commandLineOptions)
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
    invocation.since = parser.value(QStringLiteral("since"));
    invocation.confirmed = parser.values(QStringLiteral("confirm"));
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
    invocation.outcome = parser.value(QStringLiteral("outcome"));
    invocation.list = parser.isSet(QStringLiteral("list"));
    invocation.week = parser.isSet(QStringLiteral("week"));
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
