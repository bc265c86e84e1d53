// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/incident.h"

#include "models/incident_words.h"
#include "models/plain_line.h"

#include <QCoreApplication>
#include <QStringList>

#include <tuple>

namespace cockpit {

namespace {

constexpr qsizetype kEntryLine = 500;

struct IncidentText {
    Q_DECLARE_TR_FUNCTIONS(Incident)
};

QString entryLine(const QString &text) { return plainLine(text, kEntryLine); }

/// "words: more", or the words alone.
QString withMore(const QString &words, const QString &more)
{
    const QString line = entryLine(more);
    return line.isEmpty() ? words : IncidentText::tr("%1: %2").arg(words, line);
}

QString dueWords(const std::optional<Instant> &at)
{
    return at ? IncidentText::tr(", due %1").arg(utcDateTimeText(*at).left(16) + QStringLiteral(" UTC")) : QString();
}

QString ownerWords(const QString &owner)
{
    return owner.isEmpty() ? QString() : IncidentText::tr(" (%1)").arg(entryLine(owner));
}

/// The line of an entry, one overload for each kind.
struct EntryLine {
    QString operator()(const IncidentOpened &one) const
    {
        return withMore(IncidentText::tr("Opened as %1").arg(toWireName(one.level)), one.title);
    }
    QString operator()(const IncidentAlert &one) const
    {
        return (one.fired ? IncidentText::tr("%1 fired") : IncidentText::tr("%1 ended")).arg(entryLine(one.name));
    }
    QString operator()(const IncidentAction &one) const
    {
        return one.text.isEmpty()
                   ? IncidentText::tr("%1 of %2: %3").arg(one.actionName, entryLine(one.target), toWireName(one.state))
                   : entryLine(one.text);
    }
    QString operator()(const IncidentChange &one) const
    {
        return entryLine(one.text) +
               (one.who.isEmpty() ? QString() : IncidentText::tr(", by %1").arg(entryLine(one.who)));
    }
    QString operator()(const IncidentTick &one) const { return entryLine(one.text.isEmpty() ? one.runbook : one.text); }
    QString operator()(const IncidentNote &one) const { return entryLine(one.text); }
    QString operator()(const IncidentMessage &one) const
    {
        const QString channel = entryLine(one.channel);
        if (one.update > 0)
            return IncidentText::tr("Status update %1 sent to %2").arg(QString::number(one.update), channel);
        return withMore(
            (one.action.isEmpty() ? IncidentText::tr("In %1") : IncidentText::tr("Sent to %1")).arg(channel), one.text);
    }
    QString operator()(const IncidentPhaseSet &one) const
    {
        return withMore(one.phase == IncidentPhase::Closed ? IncidentText::tr("Closed")
                                                           : IncidentText::tr("Moved to %1").arg(phaseName(one.phase)),
                        one.reason);
    }
    QString operator()(const IncidentLevelSet &one) const
    {
        return withMore((one.byRule ? IncidentText::tr("Level set to %1 by rule") : IncidentText::tr("Level set to %1"))
                            .arg(toWireName(one.level)),
                        one.reason);
    }
    QString operator()(const IncidentRoleSet &one) const
    {
        return one.person.isEmpty() ? IncidentText::tr("%1: nobody now").arg(roleName(one.role))
                                    : IncidentText::tr("%1: %2").arg(roleName(one.role), entryLine(one.person));
    }
    QString operator()(const IncidentFieldSet &one) const
    {
        const QString previous =
            one.previous.isEmpty() ? QString() : IncidentText::tr(" (before: %1)").arg(plainLine(one.previous, 120));
        return one.value.isEmpty()
                   ? IncidentText::tr("%1 cleared%2").arg(fieldName(one.field), previous)
                   : IncidentText::tr("%1: %2%3").arg(fieldName(one.field), entryLine(one.value), previous);
    }
    QString operator()(const IncidentTask &one) const
    {
        if (one.state == IncidentTask::State::Open)
            return withMore(IncidentText::tr("Task"), one.text) + ownerWords(one.owner) + dueWords(one.dueAt);
        return withMore(withMore(one.state == IncidentTask::State::Done ? IncidentText::tr("Task done")
                                                                        : IncidentText::tr("Task dropped"),
                                 one.text),
                        one.outcome);
    }
    QString operator()(const IncidentCan &one) const
    {
        QStringList parts{withMore(IncidentText::tr("Conditions"), one.condition)};
        if (!one.actions.isEmpty())
            parts << withMore(IncidentText::tr("actions"), one.actions);
        if (!one.needs.isEmpty())
            parts << withMore(IncidentText::tr("needs"), one.needs);
        return entryLine(parts.join(QStringLiteral("; ")));
    }
    QString operator()(const IncidentFollowUp &one) const
    {
        if (one.done)
            return withMore(IncidentText::tr("Follow-up done"), one.text);
        return withMore(IncidentText::tr("Follow-up"), one.text) + ownerWords(one.owner) + dueWords(one.dueAt);
    }
    QString operator()(const IncidentPage &one) const
    {
        return withMore(pageWords(one, entryLine(one.person)), one.text);
    }
    QString operator()(const IncidentAttachment &one) const
    {
        const qsizetype kib = (one.bytes.size() + 1023) / 1024;
        return IncidentText::tr("Attached %1 (%2 KiB)").arg(entryLine(one.name), QString::number(kib));
    }
    QString operator()(const IncidentCorrection &one) const
    {
        if (!one.text.isEmpty())
            return withMore(IncidentText::tr("Corrected"), one.text);
        return one.at ? IncidentText::tr("Time corrected to %1").arg(utcDateTimeText(*one.at))
                      : IncidentText::tr("Corrected");
    }
    QString operator()(const IncidentMerge &one) const
    {
        return (one.into.isEmpty() ? IncidentText::tr("%1 was merged into this incident")
                                   : IncidentText::tr("Goes on as %1"))
            .arg(entryLine(one.name));
    }

private:
    static QString pageWords(const IncidentPage &one, const QString &person)
    {
        switch (one.state) {
        case IncidentPage::State::Triggered:
            return person.isEmpty() ? IncidentText::tr("Paged") : IncidentText::tr("Paged %1").arg(person);
        case IncidentPage::State::Acknowledged:
            return person.isEmpty() ? IncidentText::tr("Page acknowledged")
                                    : IncidentText::tr("Page acknowledged by %1").arg(person);
        case IncidentPage::State::Escalated:
            return person.isEmpty() ? IncidentText::tr("Page escalated")
                                    : IncidentText::tr("Page escalated to %1").arg(person);
        case IncidentPage::State::Resolved:
            return person.isEmpty() ? IncidentText::tr("Page resolved")
                                    : IncidentText::tr("Page resolved by %1").arg(person);
        }
        return {};
    }
};

/// What stands below the line of an entry, or in its place.
struct EntryDetail {
    const IncidentEntry &entry;

    QString operator()(const IncidentNote &one) const { return plainBlock(one.text); }
    QString operator()(const IncidentMessage &one) const
    {
        return one.update > 0 ? below(one.text) : withMoreLines(one.text);
    }
    QString operator()(const IncidentOpened &one) const { return below(one.because); }
    QString operator()(const IncidentAlert &one) const { return below(one.summary); }
    QString operator()(const IncidentAction &one) const { return below(one.reason); }
    QString operator()(const IncidentRoleSet &one) const { return below(one.handOver); }
    QString operator()(const IncidentFieldSet &one) const { return withMoreLines(one.value); }
    QString operator()(const IncidentCorrection &one) const { return withMoreLines(one.text); }
    QString operator()(const IncidentPage &one) const { return below(one.url); }
    QString operator()(const IncidentTick &one) const { return below(one.runbook); }
    QString operator()(const IncidentCan &one) const
    {
        QStringList lines;
        const auto add = [&](const QString &name, const QString &text) {
            if (!text.isEmpty())
                lines << IncidentText::tr("%1: %2").arg(name, plainBlock(text));
        };
        add(IncidentText::tr("Conditions"), one.condition);
        add(IncidentText::tr("Actions"), one.actions);
        add(IncidentText::tr("Needs"), one.needs);
        return lines.join(u'\n');
    }
    QString operator()(const IncidentAttachment &one) const
    {
        return one.mediaType.startsWith(QStringLiteral("text/")) ? below(QString::fromUtf8(one.bytes))
                                                                 : entryText(entry);
    }
    template <typename Body> QString operator()(const Body &) const { return entryText(entry); }

private:
    QString below(const QString &more) const
    {
        return more.isEmpty() ? entryText(entry) : entryText(entry) + u'\n' + plainBlock(more);
    }
    /// The line says it already, unless the text has several lines or was cut.
    QString withMoreLines(const QString &text) const
    {
        const QString block = plainBlock(text);
        return block.contains(u'\n') || block.size() > kEntryLine ? entryText(entry) + u'\n' + block : entryText(entry);
    }
};

} // namespace

QString entryText(const IncidentEntry &entry) { return std::visit(EntryLine{}, entry.body); }

QString entryDetail(const Incident &incident, const IncidentEntry &entry)
{
    if (incident.correctedBy.contains(entry.id)) {
        const IncidentEntry *newest = nullptr;
        for (const IncidentEntry &one : incident.timeline) {
            const auto *correction = std::get_if<IncidentCorrection>(&one.body);
            const bool saysWords = correction && correction->corrects == entry.id && !correction->text.isEmpty();
            if (saysWords && (!newest || std::tie(newest->recordedAt, newest->id) < std::tie(one.recordedAt, one.id)))
                newest = &one;
        }
        if (newest)
            return plainBlock(std::get<IncidentCorrection>(newest->body).text);
    }
    return std::visit(EntryDetail{entry}, entry.body);
}

} // namespace cockpit
