// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/opencost_json.h"

#include "app/formats/json_node.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace cockpit {

namespace {

constexpr std::string_view costIdle = "__idle__";
constexpr std::string_view costUnallocated = "__unallocated__";
constexpr std::string_view costUnmounted = "__unmounted__";
/// Totals are rounded to five decimals, and so is each of their parts.
constexpr double leastRemainder = 0.0002;

QString costTextOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// The label names of a question, each once: those of its dimensions first, then what tells its services.
QStringList labelNamesOf(const OpenCostQuestion &question)
{
    const CostLabelNames &labels = question.labels;
    QStringList names{labels.service, labels.team, labels.environment, labels.costCenter};
    QStringList more;
    for (const Labels &set : question.services)
        for (const auto &[name, value] : set)
            more.append(name);
    more.sort();
    names.append(more);
    names.removeDuplicates();
    names.removeAll(QString());
    return names;
}

/// One allocation, told apart.
struct Allocated {
    QString nameSpace{};
    QString controller{};
    QHash<QString, QString> labels{};
    JsonNode node{};
};

/// A value of a name such as "shop/rollout:web/gc-service/__unallocated__/…"; some versions write "app=gc-service".
QString keyPart(const QString &text, const QString &label)
{
    if (text == costTextOf(costUnallocated))
        return {};
    const QString prefix = label + QLatin1Char('=');
    return !label.isEmpty() && text.startsWith(prefix) ? text.mid(prefix.size()) : text;
}

Allocated allocatedOf(std::string_view name, JsonNode node, const QStringList &labelNames)
{
    Allocated one;
    one.node = node;
    const JsonNode properties = node["properties"];
    one.nameSpace = costTextOf(properties["namespace"].text());
    one.controller = costTextOf(properties["controller"].text());
    properties["labels"].fields(
        [&](std::string_view key, JsonNode value) { one.labels.insert(costTextOf(key), costTextOf(value.text())); });
    const QStringList parts = costTextOf(name).split(QLatin1Char('/'));
    if (parts.size() != labelNames.size() + 2)
        return one;
    one.nameSpace = keyPart(parts.at(0), {});
    one.controller = keyPart(parts.at(1), {}).section(QLatin1Char(':'), -1);
    for (qsizetype i = 0; i < labelNames.size(); ++i)
        one.labels.insert(labelNames.at(i), keyPart(parts.at(i + 2), labelNames.at(i)));
    return one;
}

QString costServiceOf(const Allocated &one, const OpenCostQuestion &question)
{
    for (auto service = question.services.begin(); service != question.services.end(); ++service) {
        const Labels &wanted = service.value();
        const bool isIt = !wanted.isEmpty() && std::all_of(wanted.begin(), wanted.end(), [&](const auto &pair) {
            return one.labels.value(pair.first) == pair.second;
        });
        if (isIt)
            return service.key();
    }
    return one.labels.value(question.labels.service);
}

/// What processors and memory are spent on.
CostCategory workCategory(const Allocated &one, const QString &service)
{
    static constexpr std::array databases{"postgres",  "mysql",     "mariadb",   "mongo",
                                          "cassandra", "cockroach", "clickhouse"};
    static constexpr std::array caches{"redis", "memcached", "valkey", "dragonfly"};
    const auto isOne = [&](const char *word) {
        return one.controller.contains(QLatin1String(word), Qt::CaseInsensitive) ||
               service.contains(QLatin1String(word), Qt::CaseInsensitive);
    };
    if (std::any_of(databases.begin(), databases.end(), isOne))
        return CostCategory::Database;
    return std::any_of(caches.begin(), caches.end(), isOne) ? CostCategory::Cache : CostCategory::Compute;
}

/// Adds up what the allocations of one set cost.
class CostSetReader {
public:
    CostSetReader(const OpenCostQuestion &question, const QStringList &labelNames, Instant day)
        : m_question(question)
        , m_labelNames(labelNames)
        , m_day(day)
    {}

    void read(std::string_view name, JsonNode node);
    CostDay day() const;
    int notNumbers() const { return m_notNumbers; }

private:
    double amount(JsonNode node, std::string_view key);
    double adjusted(JsonNode node, std::string_view key);
    void addLine(const Allocated &one, const QString &service, CostCategory category, double amount);
    void addUsage(const Allocated &one, const QString &service);

    const OpenCostQuestion &m_question;
    const QStringList &m_labelNames;
    Instant m_day;
    using Owner = std::tuple<QString, QString, QString, QString, CostCategory>;
    QMap<Owner, double> m_amounts{};
    QMap<QString, CostUsage> m_usage{};
    std::optional<double> m_idle{};
    std::optional<double> m_unmounted{};
    int m_notNumbers = 0;
};

double CostSetReader::amount(JsonNode node, std::string_view key)
{
    const std::optional<double> value = node[key].real();
    return value && std::isfinite(*value) ? *value : 0.0;
}

double CostSetReader::adjusted(JsonNode node, std::string_view key)
{
    return amount(node, key) + amount(node, std::string(key) + "Adjustment");
}

void CostSetReader::addLine(const Allocated &one, const QString &service, CostCategory category, double amount)
{
    if (amount == 0.0)
        return;
    const CostLabelNames &labels = m_question.labels;
    m_amounts[{service, one.labels.value(labels.team), one.labels.value(labels.environment),
               one.labels.value(labels.costCenter), category}] += amount;
}

void CostSetReader::addUsage(const Allocated &one, const QString &service)
{
    CostUsage &usage = m_usage[service];
    usage.service = service;
    usage.cpuRequested += amount(one.node, "cpuCoreRequestAverage");
    usage.cpuUsed += amount(one.node, "cpuCoreUsageAverage");
    usage.cpuCost += adjusted(one.node, "cpuCost");
    usage.memoryRequested += amount(one.node, "ramByteRequestAverage");
    usage.memoryUsed += amount(one.node, "ramByteUsageAverage");
    usage.memoryCost += adjusted(one.node, "ramCost");
}

void CostSetReader::read(std::string_view name, JsonNode node)
{
    const double work = adjusted(node, "cpuCost") + adjusted(node, "gpuCost") + adjusted(node, "ramCost");
    const double network = adjusted(node, "networkCost") + adjusted(node, "loadBalancerCost");
    const double volumes = adjusted(node, "pvCost");
    const std::optional<double> told = node["totalCost"].real();
    m_notNumbers += told ? 0 : 1;
    const double parts = work + network + volumes;
    const double total = told ? *told : parts + amount(node, "externalCost") + amount(node, "sharedCost");
    if (name.find(costIdle) != std::string_view::npos) {
        m_idle = m_idle.value_or(0.0) + total;
        return;
    }
    const Allocated one = allocatedOf(name, node, m_labelNames);
    const QString service = costServiceOf(one, m_question);
    addLine(one, service, workCategory(one, service), work);
    addLine(one, service, CostCategory::Network, network);
    addLine(one, service, CostCategory::Storage, volumes);
    if (const double rest = total - parts; std::abs(rest) >= leastRemainder)
        addLine(one, service, CostCategory::Other, rest);
    if (name.find(costUnmounted) != std::string_view::npos)
        m_unmounted = m_unmounted.value_or(0.0) + total;
    else
        addUsage(one, service);
}

CostDay CostSetReader::day() const
{
    CostDay day;
    for (auto amount = m_amounts.begin(); amount != m_amounts.end(); ++amount) {
        const auto &[service, team, environment, costCenter, category] = amount.key();
        day.lines.append({.day = m_day,
                          .service = service,
                          .team = team,
                          .environment = environment,
                          .costCenter = costCenter,
                          .category = category,
                          .amount = amount.value(),
                          .currency = m_question.currency});
    }
    day.usage = m_usage.values();
    day.idle = m_idle;
    day.unmounted = m_unmounted;
    return day;
}

/// The day of a set, where it is a full one: its allocations all name its window.
std::optional<Instant> fullDayOf(JsonNode set)
{
    std::optional<Instant> from;
    std::optional<Instant> to;
    set.fields([&](std::string_view, JsonNode node) {
        if (from)
            return;
        from = node["window"]["start"].time();
        to = node["window"]["end"].time();
    });
    const bool isFull = from && to && *from == costDayOf(*from) && *to - *from == costDayLength;
    return isFull ? from : std::nullopt;
}

} // namespace

QString openCostAggregate(const OpenCostQuestion &question)
{
    QStringList list{QStringLiteral("namespace"), QStringLiteral("controller")};
    for (const QString &name : labelNamesOf(question))
        list.append(QStringLiteral("label:") + name);
    return list.join(QLatin1Char(','));
}

Result<ParsedCostDays> parseOpenCostAllocation(const std::string &text, const OpenCostQuestion &question)
{
    JsonBody body(text);
    ParsedCostDays parsed;
    bool isList = false;
    const QStringList names = labelNamesOf(question);
    const auto read = readDocument(body, [&](JsonNode root) {
        parsed = {};
        isList = bool(root["data"]);
        root["data"].elements([&](JsonNode set) {
            const std::optional<Instant> day = fullDayOf(set);
            if (!day)
                return;
            CostSetReader reader(question, names, *day);
            set.fields([&](std::string_view name, JsonNode node) { reader.read(name, node); });
            parsed.days.insert(*day, reader.day());
            parsed.notNumbers += reader.notNumbers();
        });
    });
    if (!read)
        return read.error();
    if (isList)
        return parsed;
    const QString words = parseOpenCostRefusal(text);
    if (words.isEmpty())
        return FormatWords::notTheProtocol(FormatWords::tr("there is no list of costs"));
    return Error{Error::Kind::Server, FormatWords::tr("OpenCost refused: %1").arg(words), {}, {}};
}

QString parseOpenCostRefusal(const std::string &text)
{
    const std::size_t brace = text.find('{');
    if (brace != std::string::npos) {
        const std::string json = text.substr(brace);
        JsonBody body(json);
        QString words;
        const auto read = readDocument(body, [&](JsonNode root) { words = costTextOf(root["message"].text()); });
        if (read && !words.isEmpty())
            return FormatWords::excerpt(words.toStdString());
    }
    const std::string_view first = std::string_view(text).substr(0, brace);
    return first.starts_with('<') ? QString() : FormatWords::excerpt(first);
}

} // namespace cockpit
