// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/breaker_http_json.h"

#include "app/formats/action_codec_intents.h"
#include "app/formats/format_words.h"
#include "app/formats/wire_number.h"

#include <QUrl>

#include <nlohmann/json.hpp>

namespace cockpit {

using nlohmann::json;

namespace {

/// Nothing for an empty pointer and for one that leads nowhere here.
const json *pointedAt(const json &value, const QString &pointer)
{
    if (pointer.isEmpty())
        return nullptr;
    const json::json_pointer way(pointer.toStdString());
    return value.contains(way) ? &value.at(way) : nullptr;
}

QString pointedText(const json &value, const QString &pointer)
{
    const json *found = pointedAt(value, pointer);
    if (!found || found->is_null())
        return {};
    return found->is_string() ? textOf(*found) : QString::fromStdString(found->dump());
}

std::optional<double> pointedNumber(const json &value, const QString &pointer)
{
    const json *found = pointedAt(value, pointer);
    if (found && found->is_number())
        return finiteOnly(found->get<double>());
    QString text = found && found->is_string() ? textOf(*found) : QString();
    const bool percent = text.endsWith(u'%');
    if (percent)
        text.chop(1);
    const auto number = parseWireNumber(text.toStdString());
    return number && percent ? finiteOnly(*number / 100) : number;
}

std::optional<double> pointedRatio(const json &value, const QString &pointer)
{
    const auto number = pointedNumber(value, pointer);
    if (!number || *number < 0)
        return std::nullopt;
    return *number > 1 ? *number / 100 : *number;
}

BreakerState namedState(const QString &word, const QHash<QString, QString> &states)
{
    const QString own = states.value(word, word.toLower().replace(u'_', u'-'));
    return breakerStateFromWireName(own).value_or(BreakerState::Unknown);
}

BreakerReading httpBreaker(const QString &key, const json &item, const BreakerPointers &pointers)
{
    BreakerReading reading;
    reading.name = pointers.name.isEmpty() ? key : pointedText(item, pointers.name);
    reading.to = pointedText(item, pointers.to);
    reading.figures.state = item.is_string() && pointers.state.isEmpty()
                                ? namedState(textOf(item), pointers.states)
                                : namedState(pointedText(item, pointers.state), pointers.states);
    reading.figures.failureRatio = pointedRatio(item, pointers.failure);
    reading.figures.slowRatio = pointedRatio(item, pointers.slow);
    reading.figures.rejectedTotal = pointedNumber(item, pointers.rejected);
    if (const auto calls = pointedNumber(item, pointers.calls))
        reading.figures.bufferedCalls = static_cast<qint64>(*calls);
    return reading;
}

Error wrongShape(const QString &what)
{
    return Error{Error::Kind::Parse, what, {}, FormatWords::tr("Check `list` of this source in the configuration.")};
}

/// Calls `write(word)` for each {word} that is known, and copies all else.
template <typename Write> QString filled(const QString &text, const QHash<QString, QString> &words, Write write)
{
    QString out;
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype end = text.at(i) == u'{' ? text.indexOf(u'}', i) : -1;
        const auto word = end > i ? words.constFind(text.mid(i + 1, end - i - 1)) : words.constEnd();
        if (word == words.constEnd()) {
            out += text.at(i++);
            continue;
        }
        out += write(*word);
        i = end + 1;
    }
    return out;
}

} // namespace

Result<BreakerReadings> parseBreakerHttp(const std::string &body, const BreakerPointers &pointers)
{
    const json root = json::parse(body, nullptr, false);
    if (root.is_discarded())
        return wrongShape(FormatWords::tr("The answer is not JSON."));
    const json *items = pointers.items.isEmpty() ? &root : pointedAt(root, pointers.items);
    if (!items || !items->is_structured())
        return wrongShape(FormatWords::tr("There is no list at %1 in the answer.").arg(pointers.items));
    BreakerReadings readings;
    if (items->is_object()) {
        for (const auto &[key, item] : items->items())
            readings.push_back(httpBreaker(QString::fromStdString(key), item, pointers));
    } else {
        for (const json &item : *items)
            readings.push_back(httpBreaker({}, item, pointers));
    }
    for (const BreakerReading &one : readings) {
        if (one.name.isEmpty())
            return wrongShape(FormatWords::tr("A breaker in the answer has no name at %1.").arg(pointers.name));
    }
    return readings;
}

QByteArray fillJsonTemplate(const QString &text, const QHash<QString, QString> &words)
{
    return filled(text, words,
                  [](const QString &word) {
                      const std::string quoted =
                          json(jsonText(word)).dump(-1, ' ', false, json::error_handler_t::replace);
                      return QString::fromStdString(quoted.substr(1, quoted.size() - 2));
                  })
        .toUtf8();
}

QString fillPathTemplate(const QString &text, const QHash<QString, QString> &words)
{
    return filled(text, words, [](const QString &word) { return QString::fromLatin1(QUrl::toPercentEncoding(word)); });
}

bool isJsonPointer(const QString &text)
{
    try { // nlohmann tells a wrong pointer by an exception
        return json::json_pointer(text.toStdString()).to_string() == text.toStdString();
    } catch (const json::exception &) {
        return false;
    }
}

} // namespace cockpit
