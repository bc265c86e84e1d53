// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/lease_codec.h"

#include "app/formats/action_codec_intents.h"

#include <QCoreApplication>

namespace cockpit {

using nlohmann::json;

namespace {

Error unreadableIntent(const QString &reason)
{
    return Error{Error::Kind::Parse,
                 QCoreApplication::translate("ActionCodec", "A stored action cannot be read: %1.").arg(reason),
                 QCoreApplication::translate("ActionCodec", "What it would take back stays as it is."),
                 QCoreApplication::translate("ActionCodec", "Use the version that wrote it, or take it back by hand.")};
}

std::optional<LeaseNote> leaseNoteOf(const json &value)
{
    if (!value.is_object())
        return std::nullopt;
    const auto text = [&value](const char *key) {
        const auto found = value.find(key);
        return found != value.end() && found->is_string() ? textOf(*found) : QString();
    };
    const auto time = [&text](const char *key) { return parseRfc3339(text(key).toStdString()); };
    const auto until = time("until");
    if (!until)
        return std::nullopt; // an override without an end is none of ours
    LeaseNote note{text("id"),    text("subject"), text("title"), text("was"),
                   text("is"),    text("by"),      text("reason"), time("since").value_or(*until),
                   *until,        {}};
    const auto revert = value.find("revert");
    if (revert != value.end() && revert->is_object())
        note.revert = QByteArray::fromStdString(revert->dump(-1, ' ', false, json::error_handler_t::replace));
    return note;
}

} // namespace

QByteArray encodeIntent(const ActionIntent &intent)
{
    return QByteArray::fromStdString(intentJson(intent).dump(-1, ' ', false, json::error_handler_t::replace));
}

Result<ActionIntent> decodeIntent(const QByteArray &bytes)
{
    try { // nlohmann reports a wrong shape by exceptions: they end here
        if (auto intent = intentOf(json::parse(bytes.begin(), bytes.end())))
            return *std::move(intent);
        return unreadableIntent(QCoreApplication::translate("ActionCodec", "its kind is not known"));
    } catch (const json::exception &problem) {
        return unreadableIntent(QString::fromUtf8(problem.what()));
    }
}

QByteArray encodeLeaseNotes(const QList<LeaseNote> &notes)
{
    json list = json::array();
    for (const LeaseNote &note : notes) {
        json one{{"id", jsonText(note.id)},         {"subject", jsonText(note.subject)},
                 {"title", jsonText(note.title)},   {"was", jsonText(note.was)},
                 {"is", jsonText(note.is)},         {"by", jsonText(note.actor)},
                 {"reason", jsonText(note.reason)}, {"since", jsonText(toRfc3339(note.startsAt))},
                 {"until", jsonText(toRfc3339(note.until))}};
        if (!note.revert.isEmpty())
            one["revert"] = json::parse(note.revert.begin(), note.revert.end(), nullptr, false);
        list.push_back(std::move(one));
    }
    return QByteArray::fromStdString(list.dump(-1, ' ', false, json::error_handler_t::replace));
}

QList<LeaseNote> decodeLeaseNotes(const QByteArray &text)
{
    const json value = json::parse(text.begin(), text.end(), nullptr, false);
    QList<LeaseNote> notes;
    const auto take = [&notes](const json &one) {
        if (auto note = leaseNoteOf(one))
            notes.append(*std::move(note));
    };
    if (value.is_array()) {
        for (const json &one : value)
            take(one);
    } else {
        take(value);
    }
    return notes;
}

} // namespace cockpit
