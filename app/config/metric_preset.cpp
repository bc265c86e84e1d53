// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/metric_preset.h"

#include "app/config/config_values.h"

#include <QDir>
#include <QFile>

namespace cockpit {

namespace {

QString presetFolder() { return QStringLiteral(":/cockpit/presets/"); }

void readFigureQuery(ConfigReader &reader, const YAML::Node &node, FigureQuery &into)
{
    using F = FigureQuery;
    static const ConfigFields<F> fields{configField("query", &F::query, ConfigValue::text, true),
                                        configField("versionLabel", &F::versionLabel, ConfigValue::text),
                                        configField("trackLabel", &F::trackLabel, ConfigValue::text)};
    if (node.IsScalar())
        ConfigValue::text(reader, node, into.query);
    else
        readConfigFields(reader, node, fields, into);
}

QStringList figureNames()
{
    QStringList names;
    for (int i = 0; i < static_cast<int>(Figure::Count); ++i)
        names.append(toWireName(static_cast<Figure>(i)));
    return names;
}

void readFigures(ConfigReader &reader, const YAML::Node &node, QHash<Figure, FigureQuery> &into)
{
    if (!reader.expectMap(node))
        return;
    for (const auto &pair : node) {
        const QString name = configKeyText(pair.first);
        const std::optional<Figure> figure = figureFromWireName(name);
        if (!figure) {
            reader.unknownKey(pair.first, figureNames());
            continue;
        }
        const ConfigReader::Scope scope(reader, name);
        readFigureQuery(reader, pair.second, into[*figure]);
    }
}

/// `limits:` of a preset.
struct PresetLimits {
    QHash<QString, double> errorRatio{};
    QHash<QString, double> p99Seconds{};
};

void readPresetLimits(ConfigReader &reader, const YAML::Node &node, MetricPreset &into)
{
    using L = PresetLimits;
    static const ConfigFields<L> fields{configField("errorRatio", &L::errorRatio, ConfigValue::numbersByName),
                                        configField("p99Seconds", &L::p99Seconds, ConfigValue::numbersByName)};
    L limits;
    readConfigFields(reader, node, fields, limits);
    into.errorRatioLimits = limits.errorRatio;
    into.p99Limits = limits.p99Seconds;
}

/// Each query has to say where its service goes.
void readTrackQuery(ConfigReader &reader, const YAML::Node &node, QString &into)
{
    ConfigValue::text(reader, node, into);
    if (!into.contains(QStringLiteral("\"$service\"")))
        reader.expected(node, ConfigWords::tr("a query with =\"$service\" in its selectors"));
}

void readTracks(ConfigReader &reader, const YAML::Node &node, TrackQueries &into)
{
    using T = TrackQueries;
    static const ConfigFields<T> fields{configField("requests", &T::requests, readTrackQuery, true),
                                        configField("errors", &T::errors, readTrackQuery, true),
                                        configField("latencyBuckets", &T::latencyBuckets, readTrackQuery),
                                        configField("saturation", &T::saturation, readTrackQuery),
                                        configField("sampleTime", &T::sampleTime, readTrackQuery),
                                        configField("podLabel", &T::podLabel, ConfigValue::text),
                                        configField("versionLabel", &T::versionLabel, ConfigValue::text),
                                        configField("trackLabel", &T::trackLabel, ConfigValue::text),
                                        configField("bucketSeconds", &T::bucketSeconds, ConfigValue::number)};
    readConfigFields(reader, node, fields, into);
}

void readBreakerQueries(ConfigReader &reader, const YAML::Node &node, BreakerQueries &into)
{
    using B = BreakerQueries;
    static const ConfigFields<B> fields{configField("state", &B::state, readTrackQuery, true),
                                        configField("failureRatio", &B::failureRatio, readTrackQuery),
                                        configField("slowRatio", &B::slowRatio, readTrackQuery),
                                        configField("rejectedPerSecond", &B::rejectedPerSecond, readTrackQuery),
                                        configField("nameLabel", &B::nameLabel, ConfigValue::text),
                                        configField("stateLabel", &B::stateLabel, ConfigValue::text)};
    readConfigFields(reader, node, fields, into);
}

const ConfigFields<MetricPreset> &presetFields()
{
    using M = MetricPreset;
    static const ConfigFields<M> fields{configField("name", &M::name, ConfigValue::text, true),
                                        configField("description", &M::description, ConfigValue::text),
                                        configField("serviceLabel", &M::serviceLabels, ConfigValue::texts, true),
                                        configField("figures", &M::figures, readFigures, true),
                                        configField("ranges", &M::ranges, readFigures),
                                        configOptional("tracks", &M::tracks, readTracks),
                                        configOptional("breakers", &M::breakers, readBreakerQueries),
                                        {QStringLiteral("limits"), readPresetLimits, false}};
    return fields;
}

} // namespace

QString MetricPreset::rangeQuery(Figure figure, const QString &serviceLabelValue) const
{
    return filledQuery(ranges.value(figure).query, serviceLabelValue, {});
}

QString filledQuery(QString query, const QString &serviceLabelValue, Duration window)
{
    QString escaped = serviceLabelValue;
    escaped.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    escaped.replace(u'\n', QStringLiteral("\\n"));
    query.replace(QStringLiteral("$window"), promqlDuration(window));
    return query.replace(QStringLiteral("$service"), escaped);
}

QString promqlDuration(Duration window)
{
    const qint64 seconds = std::chrono::duration_cast<std::chrono::seconds>(window).count();
    return seconds > 0 && seconds % 60 == 0 ? QString::number(seconds / 60) + u'm' : QString::number(seconds) + u's';
}

QStringList builtInPresets()
{
    QStringList names;
    for (const QString &file : QDir(presetFolder()).entryList({QStringLiteral("*.yaml")}, QDir::Files, QDir::Name))
        names.append(file.chopped(5));
    return names;
}

Result<MetricPreset> loadPreset(const QString &nameOrPath)
{
    const bool isPath = nameOrPath.contains(u'/');
    QFile file(isPath ? nameOrPath : presetFolder() + nameOrPath + QStringLiteral(".yaml"));
    if (!file.open(QIODevice::ReadOnly))
        return Error{Error::Kind::NotFound,
                     isPath ? ConfigWords::tr("The preset %1 cannot be read: %2.").arg(nameOrPath, file.errorString())
                            : ConfigWords::tr("There is no preset \"%1\".").arg(nameOrPath),
                     {}, ConfigWords::tr("Built in are: %1.").arg(builtInPresets().join(QStringLiteral(", ")))};
    QList<Finding> problems;
    MetricPreset preset = parsePreset(file.readAll(), file.fileName(), problems);
    if (!hasSeriousFinding(problems))
        return preset;
    QStringList words;
    for (const Finding &problem : problems)
        words.append(problem.text());
    return Error{Error::Kind::Invalid, ConfigWords::tr("The preset cannot be used: %1").arg(words.join(u' ')), {}, {}};
}

MetricPreset parsePreset(const QByteArray &yaml, const QString &path, QList<Finding> &problems)
{
    MetricPreset preset;
    ConfigReader reader(path, {});
    try { // yaml-cpp reports a broken text by exceptions: they end here
        readConfigFields(reader, YAML::Load(yaml.toStdString()), presetFields(), preset);
    } catch (const YAML::Exception &problem) {
        reader.addAtMark(problem.mark, QStringLiteral("config-syntax"),
                         ConfigWords::tr("This is not YAML: %1.").arg(QString::fromStdString(problem.msg)));
    }
    problems.append(reader.problems());
    return preset;
}

} // namespace cockpit
