// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/sim_options.h"

#include "app/demo/scenario.h"

#include <QCommandLineParser>

#include <algorithm>

namespace cockpit::demo {

namespace {

void addSimOptions(QCommandLineParser &parser)
{
    const auto add = [&](const char *name, const char *words, const char *value = "") {
        parser.addOption(QCommandLineOption(QString::fromLatin1(name), QString::fromLatin1(words),
                                            QString::fromLatin1(value)));
    };
    parser.setApplicationDescription(QStringLiteral("A small world that speaks the protocols of real backends."));
    add("scenario", "What happens in it.", "name");
    add("seed", "Where its noise comes from.", "number");
    add("speed", "Seconds of the world per second.", "factor");
    add("start", "Its first moment: RFC 3339, or now.", "time");
    add("write-config", "Writes a configuration for the cockpit.", "file");
    add("fault", "Breaks a backend, as prometheus=latency:3s or kubernetes=forbidden; may repeat.", "backend=fault");
    add("metrics", "Names of the raw metrics: demo or dark-tower.", "names");
    add("serve-metrics-only", "Serves /metrics and nothing else.");
    add("exit-with-parent", "Ends when standard input is closed.");
    add("dump-series", "Writes a rule test for promtool and ends.", "file");
    add("help", "Shows this.");
}

std::vector<SimOptions::Fault> faultsOf(const QStringList &texts)
{
    std::vector<SimOptions::Fault> faults;
    for (const QString &text : texts) {
        const qsizetype at = text.indexOf(u'=');
        faults.push_back({text.left(std::max<qsizetype>(at, 0)).toStdString(), text.mid(at + 1).toStdString()});
    }
    return faults;
}

} // namespace

QString simHelp()
{
    QCommandLineParser parser;
    addSimOptions(parser);
    QStringList names;
    for (const std::string &name : scenarioNames())
        names << QString::fromStdString(name);
    return parser.helpText() + QStringLiteral("\nScenarios: ") + names.join(QStringLiteral(", ")) + u'\n';
}

Result<SimOptions> parseSimOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    addSimOptions(parser);
    QStringList problems;
    if (!parser.parse(arguments))
        problems << parser.errorText();
    const auto text = [&](const char *name) { return parser.value(QString::fromLatin1(name)); };
    const auto given = [&](const char *name) { return parser.isSet(QString::fromLatin1(name)); };
    SimOptions options;
    bool ok = true;
    if (given("scenario"))
        options.scenario = text("scenario").toStdString();
    const std::vector<std::string> names = scenarioNames();
    if (std::find(names.begin(), names.end(), options.scenario) == names.end())
        problems << QStringLiteral("There is no scenario %1.").arg(QString::fromStdString(options.scenario));
    if (given("seed"))
        options.seed = text("seed").toULongLong(&ok);
    if (!ok)
        problems << QStringLiteral("--seed must be a whole number.");
    ok = true;
    if (given("speed"))
        options.speed = text("speed").toDouble(&ok);
    if (!ok || !(options.speed > 0.0 && options.speed <= 100000.0))
        problems << QStringLiteral("--speed must be above 0 and at most 100000.");
    options.start = text("start").toStdString();
    options.configFile = text("write-config").toStdString();
    options.dumpSeries = text("dump-series").toStdString();
    options.exitWithParent = given("exit-with-parent");
    options.metricsOnly = given("serve-metrics-only");
    options.darkTowerNames = text("metrics") == QLatin1String("dark-tower");
    if (given("metrics") && !options.darkTowerNames && text("metrics") != QLatin1String("demo"))
        problems << QStringLiteral("--metrics must be demo or dark-tower.");
    if (!parser.positionalArguments().isEmpty())
        problems << QStringLiteral("Unknown argument %1.").arg(parser.positionalArguments().constFirst());
    options.faults = faultsOf(parser.values(QStringLiteral("fault")));
    if (!problems.isEmpty())
        return Error{.kind = Error::Kind::Invalid, .what = problems.join(u' ')};
    return options;
}

} // namespace cockpit::demo
