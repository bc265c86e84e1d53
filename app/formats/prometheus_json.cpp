// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/prometheus_json.h"

#include "app/formats/label_reader.h"
#include "app/formats/prometheus_envelope.h"
#include "app/formats/wire_number.h"

#include <cmath>

namespace cockpit {

namespace {

/// One `[seconds, "number"]`.
struct WireSample {
    Instant at{};
    double number = 0.0;
};

JsonCode readSample(JsonValue from, WireSample &into)
{
    int index = 0;
    const JsonCode error = readArray(from, [&](JsonValue part) -> JsonCode {
        if (index++ == 0) {
            double seconds = 0.0;
            if (const JsonCode wrong = part.get_double().get(seconds))
                return wrong;
            const std::optional<Instant> at = instantOfSeconds(seconds);
            into.at = at.value_or(Instant());
            return at ? simdjson::SUCCESS : simdjson::NUMBER_ERROR;
        }
        std::string_view text;
        if (const JsonCode wrong = part.get_string().get(text))
            return wrong;
        const std::optional<double> number = parseWireNumber(text);
        into.number = number.value_or(0.0);
        return number ? simdjson::SUCCESS : simdjson::NUMBER_ERROR;
    });
    return !error && index != 2 ? simdjson::INCORRECT_TYPE : error;
}

/// Reads the elements of a `result`, sharing equal texts.
class SeriesReader {
public:
    bool sawHistogram = false;

    JsonCode readVectorItem(JsonValue from, std::vector<FigureUpdate::Value> &into)
    {
        FigureUpdate::Value item;
        bool hasValue = false;
        const JsonCode error = readObject(from, [&](std::string_view key, JsonValue field) {
            if (key == "metric")
                return m_texts.read(field, item.labels);
            if (key == "histogram")
                sawHistogram = true;
            if (key != "value")
                return simdjson::SUCCESS;
            WireSample sample;
            const JsonCode wrong = readSample(field, sample);
            item.value = finiteOnly(sample.number);
            item.at = sample.at;
            hasValue = true;
            return wrong;
        });
        if (hasValue)
            into.push_back(std::move(item));
        return error;
    }

    JsonCode readMatrixItem(JsonValue from, Duration step, std::vector<Series> &into)
    {
        Series series;
        const JsonCode error = readObject(from, [&](std::string_view key, JsonValue field) {
            if (key == "metric")
                return m_texts.read(field, series.labels);
            if (key == "histograms")
                sawHistogram = true;
            if (key != "values")
                return simdjson::SUCCESS;
            return readArray(field, [&](JsonValue item) {
                WireSample sample;
                const JsonCode wrong = readSample(item, sample);
                series.points.push_back({sample.at, std::isfinite(sample.number) ? sample.number : std::nan("")});
                return wrong;
            });
        });
        if (series.points.empty())
            return error;
        series.points = withGaps(std::move(series.points), step);
        into.push_back(std::move(series));
        return error;
    }

private:
    LabelReader m_texts{nullptr};
};

void addWarnings(QStringList &warnings, bool sawHistogram, const JsonBody &body)
{
    if (sawHistogram)
        warnings.append(FormatWords::tr("Native histograms in the answer are left out."));
    if (body.isMended())
        warnings.append(FormatWords::tr("Broken text in the answer was mended."));
}

JsonCode readScalar(JsonValue from, std::vector<FigureUpdate::Value> &into)
{
    WireSample sample;
    const JsonCode error = readSample(from, sample);
    into.push_back({{}, finiteOnly(sample.number), sample.at});
    return error;
}

/// Finds type and result in whichever order a server writes them: JSON gives no order.
JsonCode readTypeAndResult(JsonValue data, std::string_view &type, JsonValue &result)
{
    simdjson::ondemand::object object;
    if (const JsonCode error = data.get_object().get(object))
        return error;
    if (const JsonCode error = object.find_field_unordered("resultType").get_string().get(type))
        return error;
    return object.find_field_unordered("result").get(result);
}

} // namespace

Result<QueryAnswer> parseInstantQuery(const std::string &body)
{
    JsonBody text(body);
    QueryAnswer answer;
    bool sawHistogram = false;
    const Result<Done> read = readEnvelope(text, answer.warnings, [&](JsonValue data) {
        SeriesReader reader;
        answer.values.clear();
        std::string_view type;
        JsonValue result;
        if (const JsonCode error = readTypeAndResult(data, type, result))
            return error;
        if (type == "scalar")
            return readScalar(result, answer.values);
        if (type != "vector")
            return simdjson::INCORRECT_TYPE;
        const JsonCode error =
            readArray(result, [&](JsonValue item) { return reader.readVectorItem(item, answer.values); });
        sawHistogram = reader.sawHistogram;
        return error;
    });
    if (!read)
        return read.error();
    addWarnings(answer.warnings, sawHistogram, text);
    return answer;
}

Result<RangeAnswer> parseRangeQuery(const std::string &body, Duration step)
{
    JsonBody text(body);
    RangeAnswer answer;
    bool sawHistogram = false;
    const Result<Done> read = readEnvelope(text, answer.warnings, [&](JsonValue data) {
        SeriesReader reader;
        answer.series.clear();
        std::string_view type;
        JsonValue result;
        if (const JsonCode error = readTypeAndResult(data, type, result))
            return error;
        if (type != "matrix")
            return simdjson::INCORRECT_TYPE;
        const JsonCode error =
            readArray(result, [&](JsonValue item) { return reader.readMatrixItem(item, step, answer.series); });
        sawHistogram = reader.sawHistogram;
        return error;
    });
    if (!read)
        return read.error();
    addWarnings(answer.warnings, sawHistogram, text);
    return answer;
}

} // namespace cockpit
