// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/incident_words.h"

#include "models/plain_line.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace cockpit {

namespace {

struct IncidentNaming {
    Q_DECLARE_TR_FUNCTIONS(Incident)
};

/// A plural that reads well without a translation file too.
QString counted(qint64 count, const QString &one, const QString &many) { return count == 1 ? one : many.arg(count); }

QString secondsWords(qint64 s) { return counted(s, IncidentNaming::tr("1 second"), IncidentNaming::tr("%1 seconds")); }
QString minutesWords(qint64 m) { return counted(m, IncidentNaming::tr("1 minute"), IncidentNaming::tr("%1 minutes")); }
QString hoursWords(qint64 h) { return counted(h, IncidentNaming::tr("1 hour"), IncidentNaming::tr("%1 hours")); }
QString daysWords(qint64 d) { return counted(d, IncidentNaming::tr("1 day"), IncidentNaming::tr("%1 days")); }

QString twoUnits(const QString &large, qint64 small, const QString &smallWords)
{
    return small == 0 ? large : IncidentNaming::tr("%1 and %2").arg(large, smallWords);
}

} // namespace

QString phaseName(IncidentPhase phase)
{
    switch (phase) {
    case IncidentPhase::Detection:
        return IncidentNaming::tr("Detection");
    case IncidentPhase::Triage:
        return IncidentNaming::tr("Triage");
    case IncidentPhase::Mitigation:
        return IncidentNaming::tr("Mitigation");
    case IncidentPhase::Resolution:
        return IncidentNaming::tr("Resolution");
    case IncidentPhase::Postmortem:
        return IncidentNaming::tr("Postmortem");
    case IncidentPhase::Closed:
        return IncidentNaming::tr("Closed");
    case IncidentPhase::Merged:
        return IncidentNaming::tr("Merged");
    }
    return {};
}

QString roleName(IncidentRole role)
{
    switch (role) {
    case IncidentRole::Commander:
        return IncidentNaming::tr("Commander");
    case IncidentRole::Deputy:
        return IncidentNaming::tr("Deputy");
    case IncidentRole::Scribe:
        return IncidentNaming::tr("Scribe");
    case IncidentRole::Communications:
        return IncidentNaming::tr("Communications");
    case IncidentRole::OperationsLead:
        return IncidentNaming::tr("Operations lead");
    }
    return {};
}

QString fieldName(IncidentField field)
{
    static const QString names[] = {IncidentNaming::tr("Title"),
                                    IncidentNaming::tr("Service"),
                                    IncidentNaming::tr("Impact started"),
                                    IncidentNaming::tr("Impact ended"),
                                    IncidentNaming::tr("Impact"),
                                    IncidentNaming::tr("Users affected"),
                                    IncidentNaming::tr("Revenue impact"),
                                    IncidentNaming::tr("Trigger"),
                                    IncidentNaming::tr("Cause"),
                                    IncidentNaming::tr("Summary"),
                                    IncidentNaming::tr("What went well"),
                                    IncidentNaming::tr("What could be improved"),
                                    IncidentNaming::tr("Lessons learned"),
                                    IncidentNaming::tr("Tracker"),
                                    IncidentNaming::tr("Security breach suspected"),
                                    IncidentNaming::tr("Customers affected"),
                                    IncidentNaming::tr("Pages actionable")};
    static_assert(std::size(names) == static_cast<size_t>(IncidentField::PagesActionable) + 1, "a field has no name");
    return names[static_cast<size_t>(field)];
}

QString durationInWords(Duration length)
{
    const qint64 s = std::max<qint64>(0, std::chrono::duration_cast<std::chrono::seconds>(length).count());
    if (s < 60)
        return secondsWords(s);
    if (s < 3600)
        return twoUnits(minutesWords(s / 60), s % 60, secondsWords(s % 60));
    if (s < 86400)
        return twoUnits(hoursWords(s / 3600), s % 3600 / 60, minutesWords(s % 3600 / 60));
    return twoUnits(daysWords(s / 86400), s % 86400 / 3600, hoursWords(s % 86400 / 3600));
}

QString roughlyInWords(Duration length)
{
    using std::chrono::minutes;
    if (length < minutes(1))
        return IncidentNaming::tr("less than a minute");
    return durationInWords(std::chrono::floor<minutes>(length + std::chrono::seconds(30)));
}

QString timesInWords(int count)
{
    if (count == 1)
        return IncidentNaming::tr("once");
    return count == 2 ? IncidentNaming::tr("twice") : IncidentNaming::tr("%1 times").arg(count);
}

QString enumerated(const QStringList &words)
{
    if (words.size() < 2)
        return words.join(QString());
    return IncidentNaming::tr("%1 and %2").arg(words.mid(0, words.size() - 1).join(QStringLiteral(", ")), words.back());
}

std::optional<Instant> serviceRestoredAt(const Incident &incident)
{
    if (!incident.mitigatedAt || incident.alerts.empty())
        return incident.mitigatedAt;
    Instant last{};
    for (const AttachedAlert &alert : incident.alerts) {
        if (!alert.endedAt || *alert.endedAt > *incident.mitigatedAt)
            return incident.mitigatedAt;
        last = std::max(last, *alert.endedAt);
    }
    return last;
}

QString withFullStop(const QString &words)
{
    static const QString ends = QStringLiteral(".!?\u2026");
    return words.isEmpty() || ends.contains(words.back()) ? words : words + u'.';
}

QString plainBlock(const QString &text)
{
    QString mended = text;
    mended.replace(QStringLiteral("\r\n"), QStringLiteral("\n")).replace(u'\r', u'\n');
    QStringList lines;
    for (const QString &line : mended.split(u'\n')) {
        QString kept;
        kept.reserve(line.size());
        for (const QChar c : line) {
            if (c == u'\t')
                kept += u' ';
            else if (c.category() != QChar::Other_Control && (c.isSpace() || !plainLine(QString(c), 2).isEmpty()))
                kept += c;
        }
        lines.append(kept);
    }
    return lines.join(u'\n');
}

QString keptNote(const QString &text)
{
    if (text.size() <= IncidentNote::kLongestNote)
        return text;
    const QString words =
        u'\n' + IncidentNaming::tr("[cut here: the text had %1 characters, %2 of them are kept at most]")
                    .arg(text.size())
                    .arg(IncidentNote::kLongestNote);
    QString kept = text.left(IncidentNote::kLongestNote - words.size());
    if (kept.back().isHighSurrogate())
        kept.chop(1);
    return kept + words;
}

} // namespace cockpit
