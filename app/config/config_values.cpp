// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/config_values.h"

#include <QRegularExpression>
#include <QUrl>

#include <charconv>
#include <cmath>

namespace cockpit {

namespace {

QString scalarText(const YAML::Node &node) { return QString::fromStdString(node.Scalar()).trimmed(); }

std::optional<double> plainNumber(const YAML::Node &node)
{
    if (!node.IsScalar())
        return std::nullopt;
    const std::string &text = node.Scalar();
    double value = 0.0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || stop != text.data() + text.size() || !std::isfinite(value) || value < 0.0)
        return std::nullopt;
    return value;
}

void wholeNumber(ConfigReader &reader, const YAML::Node &node, int least, int most, int &into)
{
    const std::optional<double> value = plainNumber(node);
    if (!value || *value != std::floor(*value) || *value < least || *value > most)
        reader.expected(node, ConfigWords::tr("a whole number from %1 to %2").arg(least).arg(most));
    else
        into = static_cast<int>(*value);
}

/// "1m30s"; nothing when it is no such thing.
std::optional<Duration> durationOfText(const QString &text)
{
    static constexpr std::pair<QLatin1StringView, qint64> units[] = {
        {QLatin1StringView("ms"), 1},       {QLatin1StringView("s"), 1000},     {QLatin1StringView("m"), 60000},
        {QLatin1StringView("h"), 3600000}, {QLatin1StringView("d"), 86400000}, {QLatin1StringView("w"), 604800000}};
    const QRegularExpression part(QStringLiteral("\\G([0-9]{1,9})(ms|s|m|h|d|w)"));
    qint64 total = 0;
    qsizetype at = 0;
    while (at < text.size()) {
        const QRegularExpressionMatch match = part.match(text, at);
        if (!match.hasMatch())
            return std::nullopt;
        for (const auto &[name, length] : units) {
            if (match.captured(2) == name)
                total += match.captured(1).toLongLong() * length;
        }
        at = match.capturedEnd();
    }
    return Duration(total);
}

} // namespace

void ConfigValue::text(ConfigReader &reader, const YAML::Node &node, QString &into)
{
    if (!node.IsScalar() || scalarText(node).isEmpty())
        reader.expected(node, ConfigWords::tr("a text"));
    else
        into = scalarText(node);
}

void ConfigValue::texts(ConfigReader &reader, const YAML::Node &node, QStringList &into)
{
    readConfigList(reader, node, into, text);
}

void ConfigValue::flag(ConfigReader &reader, const YAML::Node &node, bool &into)
{
    if (!node.IsScalar() || !YAML::convert<bool>::decode(node, into))
        reader.expected(node, ConfigWords::tr("true or false"));
}

void ConfigValue::port(ConfigReader &reader, const YAML::Node &node, int &into)
{
    wholeNumber(reader, node, 1, 65535, into);
}

void ConfigValue::tier(ConfigReader &reader, const YAML::Node &node, int &into)
{
    wholeNumber(reader, node, 0, 9, into);
}

void ConfigValue::number(ConfigReader &reader, const YAML::Node &node, double &into)
{
    const std::optional<double> value = plainNumber(node);
    if (value)
        into = *value;
    else
        reader.expected(node, ConfigWords::tr("a number that is not negative"));
}

void ConfigValue::numbersByName(ConfigReader &reader, const YAML::Node &node, QHash<QString, double> &into)
{
    if (node.IsScalar()) {
        number(reader, node, into[QStringLiteral("*")]);
        return;
    }
    if (!reader.expectMap(node))
        return;
    for (const auto &pair : node) {
        const ConfigReader::Scope scope(reader, configKeyText(pair.first));
        number(reader, pair.second, into[configKeyText(pair.first)]);
    }
}

void ConfigValue::textsByName(ConfigReader &reader, const YAML::Node &node, QHash<QString, QString> &into)
{
    if (!reader.expectMap(node))
        return;
    for (const auto &pair : node) {
        const ConfigReader::Scope scope(reader, configKeyText(pair.first));
        text(reader, pair.second, into[configKeyText(pair.first)]);
    }
}

void ConfigValue::duration(ConfigReader &reader, const YAML::Node &node, Duration &into)
{
    const std::optional<Duration> length = node.IsScalar() ? durationOfText(scalarText(node)) : std::nullopt;
    if (!length || *length <= Duration::zero() || *length > std::chrono::hours(24 * 366))
        reader.expected(node, ConfigWords::tr("a length of time with its unit, such as \"15s\" or \"1m30s\""));
    else
        into = *length;
}

void ConfigValue::instant(ConfigReader &reader, const YAML::Node &node, Instant &into)
{
    const std::optional<Instant> time = node.IsScalar() ? parseRfc3339(node.Scalar()) : std::nullopt;
    if (time)
        into = *time;
    else
        reader.expected(node, ConfigWords::tr("a time such as \"2026-11-23T03:12:40Z\""));
}

void ConfigValue::minuteOfDay(ConfigReader &reader, const YAML::Node &node, int &into)
{
    const QRegularExpression clock(QStringLiteral("^([01][0-9]|2[0-3]):([0-5][0-9])$"));
    const QRegularExpressionMatch match = clock.match(node.IsScalar() ? scalarText(node) : QString());
    if (match.hasMatch())
        into = match.captured(1).toInt() * 60 + match.captured(2).toInt();
    else
        reader.expected(node, ConfigWords::tr("a time of day in quotes, such as \"22:30\""));
}

void ConfigValue::url(ConfigReader &reader, const YAML::Node &node, QString &into)
{
    const QUrl url(node.IsScalar() ? scalarText(node) : QString(), QUrl::StrictMode);
    const bool isWeb = url.scheme() == u"http" || url.scheme() == u"https";
    if (!url.isValid() || !isWeb || url.host().isEmpty()) {
        reader.expected(node, ConfigWords::tr("an address that starts with http:// or https:// and has a host"));
    } else if (!url.userInfo().isEmpty()) {
        reader.add(node, QStringLiteral("config-inline-secret"),
                   ConfigWords::tr("An address must not hold a user name or a password."),
                   ConfigWords::tr("Use auth: {basic: {user: …, password: {env: NAME}}}."));
    } else if (url.hasQuery() || url.hasFragment()) {
        reader.expected(node, ConfigWords::tr("an address without \"?\" and \"#\""));
    } else {
        into = url.toString(QUrl::FullyEncoded);
    }
}

void ConfigValue::path(ConfigReader &reader, const YAML::Node &node, QString &into)
{
    QString given;
    text(reader, node, given);
    if (!given.isEmpty())
        into = reader.absolutePath(given);
}

void ConfigValue::paths(ConfigReader &reader, const YAML::Node &node, QStringList &into)
{
    readConfigList(reader, node, into, path);
}

void ConfigValue::labels(ConfigReader &reader, const YAML::Node &node, Labels &into)
{
    if (!reader.expectMap(node))
        return;
    std::vector<Labels::Pair> pairs;
    for (const auto &pair : node) {
        const QString name = configKeyText(pair.first);
        const ConfigReader::Scope scope(reader, name);
        QString value;
        text(reader, pair.second, value);
        pairs.emplace_back(name, value);
    }
    into = Labels(std::move(pairs));
}

void ConfigValue::service(ConfigReader &reader, const YAML::Node &node, ServiceId &into)
{
    QString name;
    text(reader, node, name);
    into = ServiceId(name);
}

void ConfigValue::priority(ConfigReader &reader, const YAML::Node &node, Priority &into)
{
    static const auto read = configChoice<Priority>({{QStringLiteral("P1"), Priority::P1},
                                                     {QStringLiteral("P2"), Priority::P2},
                                                     {QStringLiteral("P3"), Priority::P3},
                                                     {QStringLiteral("P4"), Priority::P4}});
    read(reader, node, into);
}

} // namespace cockpit
