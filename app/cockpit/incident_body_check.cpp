// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/incident_service.h"

#include "app/actions/uuid7.h"
#include "models/link_target.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct BodyWords {
    Q_DECLARE_TR_FUNCTIONS(IncidentService)
};

Error bodyRefused(const QString &what, const QString &next)
{
    return Error{
        .kind = Error::Kind::Invalid, .what = what, .meaning = BodyWords::tr("Nothing was written."), .next = next};
}

Result<IncidentBody> checkedField(const Incident &incident, IncidentFieldSet field, Instant now)
{
    field.previous = incident.fields.value(field.field);
    field.value = field.value.trimmed().left(IncidentNote::kLongestNote);
    const bool isTime = field.field == IncidentField::ImpactStarted || field.field == IncidentField::ImpactEnded;
    if (isTime && !field.value.isEmpty()) {
        const auto at = parseRfc3339(field.value.toStdString());
        if (!at)
            return bodyRefused(BodyWords::tr("'%1' is no time.").arg(field.value.left(60)),
                               BodyWords::tr("Write it as 2026-11-23T03:12:40Z."));
        if (*at > now)
            return bodyRefused(BodyWords::tr("That time is still to come."),
                               BodyWords::tr("Give the time when it happened."));
        field.value = toRfc3339(*at);
    }
    if (field.field == IncidentField::Tracker && !field.value.isEmpty() &&
        readLinkTarget(field.value, {}).kind != LinkTarget::Kind::Web)
        return bodyRefused(BodyWords::tr("A link to a ticket begins with http:// or https://."),
                           BodyWords::tr("Paste its whole address."));
    return IncidentBody(field);
}

Result<IncidentBody> checkedText(const QString &text, IncidentBody body)
{
    if (text.trimmed().isEmpty())
        return bodyRefused(BodyWords::tr("There are no words in it."), BodyWords::tr("Write what was seen or done."));
    return body;
}

} // namespace

Result<IncidentBody> checkedBody(const Incident &incident, IncidentBody body, Instant now)
{
    if (const auto *field = std::get_if<IncidentFieldSet>(&body))
        return checkedField(incident, *field, now);
    if (auto *note = std::get_if<IncidentNote>(&body)) {
        if (note->text.size() > IncidentNote::kLongestNote) {
            const QString told = BodyWords::tr("\n… cut: a note holds %1 KiB.").arg(IncidentNote::kLongestNote / 1024);
            note->text = note->text.left(IncidentNote::kLongestNote - told.size()) + told;
        }
        return checkedText(note->text, body);
    }
    if (auto *task = std::get_if<IncidentTask>(&body)) {
        if (task->task.isEmpty())
            task->task = newActionId(now).toString();
        return checkedText(task->text, body);
    }
    if (auto *item = std::get_if<IncidentFollowUp>(&body)) {
        if (item->item.isEmpty())
            item->item = newActionId(now).toString();
        return checkedText(item->text, body);
    }
    if (const auto *can = std::get_if<IncidentCan>(&body))
        return checkedText(can->condition + can->actions + can->needs, body);
    if (const auto *attachment = std::get_if<IncidentAttachment>(&body);
        attachment && attachment->bytes.size() > IncidentAttachment::kLargest)
        return bodyRefused(BodyWords::tr("An attachment may have at most 2 MiB."),
                           BodyWords::tr("Attach an excerpt, or link to the whole."));
    if (const auto *correction = std::get_if<IncidentCorrection>(&body);
        correction && correction->text.trimmed().isEmpty() && !correction->at)
        return bodyRefused(BodyWords::tr("A correction says other words or another time."),
                           BodyWords::tr("Write what is right; the original is kept."));
    return body;
}

} // namespace cockpit
