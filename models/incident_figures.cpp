// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/incident_figures.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <map>
#include <vector>

namespace cockpit {

namespace {

using FigureWhat = IncidentFigure::What;

struct FigureText {
    Q_DECLARE_TR_FUNCTIONS(Incident)
};

QString figureDefinition(FigureWhat what)
{
    switch (what) {
    case FigureWhat::Detect:
        return FigureText::tr("from the start of impact to the first alert");
    case FigureWhat::Acknowledge:
        return FigureText::tr("from the first alert, else from when it was declared, to the acknowledgement");
    case FigureWhat::Mitigate:
        return FigureText::tr("from the first alert, else from when it was declared, to the end of Mitigation");
    case FigureWhat::Resolve:
        return FigureText::tr("from the first alert, else from when it was declared, to the end of Resolution");
    }
    return {};
}

/// An end that is not there: what it is so far, or why there is nothing.
void withoutEnd(IncidentFigure &figure, const Incident &incident, Instant start, Instant now, const QString &missing)
{
    figure.missing = missing;
    figure.running = incident.isOpen();
    if (figure.running)
        figure.value = std::max(Duration::zero(), now - start);
}

IncidentFigure detectFigure(const Incident &incident)
{
    IncidentFigure figure;
    figure.definition = figureDefinition(FigureWhat::Detect);
    if (!incident.firstAlertAt)
        figure.missing = FigureText::tr("without an alert");
    else if (!incident.isImpactStartSet || !incident.impactStarted)
        figure.missing = FigureText::tr("without a start of impact of its own");
    else if (*incident.firstAlertAt < *incident.impactStarted)
        figure.missing = FigureText::tr("with an alert before the start of impact");
    else
        figure.value = *incident.firstAlertAt - *incident.impactStarted;
    return figure;
}

IncidentFigure figureUntil(const Incident &incident, FigureWhat what, const std::optional<Instant> &end,
                           const QString &missing, Instant now)
{
    const Instant start = incident.firstAlertAt.value_or(incident.openedAt);
    IncidentFigure figure;
    figure.what = what;
    figure.definition = figureDefinition(what);
    if (!end)
        withoutEnd(figure, incident, start, now, missing);
    else if (*end < start)
        figure.missing = FigureText::tr("with an end before its beginning");
    else
        figure.value = *end - start;
    return figure;
}

QString meanName(FigureWhat what)
{
    static const char *const names[] = {"MTTD", "MTTA", "MTTM", "MTTR"};
    return QString::fromLatin1(names[static_cast<size_t>(what)]);
}

Duration medianOf(std::vector<Duration> sorted)
{
    std::sort(sorted.begin(), sorted.end());
    const size_t half = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

MeanFigure meanOf(FigureWhat what, const std::vector<IncidentFigure> &figures)
{
    MeanFigure mean;
    mean.what = what;
    mean.name = meanName(what);
    mean.definition = figureDefinition(what);
    std::vector<Duration> values;
    std::map<QString, int> reasons;
    for (const IncidentFigure &figure : figures) {
        if (figure.value && !figure.running)
            values.push_back(*figure.value);
        else
            ++reasons[figure.running ? FigureText::tr("still open, %1").arg(figure.missing) : figure.missing];
    }
    mean.counted = static_cast<int>(values.size());
    mean.excluded = static_cast<int>(figures.size() - values.size());
    QStringList words;
    for (const auto &[reason, count] : reasons)
        words << FigureText::tr("%1 %2").arg(QString::number(count), reason);
    mean.exclusion = words.join(QStringLiteral("; "));
    if (values.empty())
        return mean;
    Duration sum{0};
    for (const Duration one : values)
        sum += one;
    mean.mean = sum / static_cast<Duration::rep>(values.size());
    mean.median = medianOf(std::move(values));
    return mean;
}

} // namespace

QList<IncidentFigure> figuresOf(const Incident &incident, Instant now, const ResponseTargets &targets)
{
    QList<IncidentFigure> figures{
        detectFigure(incident),
        figureUntil(incident, FigureWhat::Acknowledge, incident.acknowledgedAt, FigureText::tr("not acknowledged"),
                    now),
        figureUntil(incident, FigureWhat::Mitigate, incident.mitigatedAt, FigureText::tr("not mitigated"), now),
        figureUntil(incident, FigureWhat::Resolve, incident.resolvedAt, FigureText::tr("not resolved"), now)};
    const QList<ResponseClock> clocks = responseClocks(incident, targets, std::nullopt, now);
    figures[1].goal = clocks.at(0).goal;
    figures[2].goal = targets.mitigate;
    return figures;
}

QList<MeanFigure> meanFigures(const QList<IncidentPtr> &incidents, Instant from, Instant to, Instant now)
{
    std::vector<IncidentFigure> byFigure[4];
    for (const IncidentPtr &incident : incidents) {
        const bool isMerged = incident->phase == IncidentPhase::Merged;
        if (isMerged || incident->openedAt < from || incident->openedAt >= to)
            continue;
        for (const IncidentFigure &figure : figuresOf(*incident, now, {})) // a mean has no goal
            byFigure[static_cast<size_t>(figure.what)].push_back(figure);
    }
    QList<MeanFigure> means;
    for (const FigureWhat what :
         {FigureWhat::Detect, FigureWhat::Acknowledge, FigureWhat::Mitigate, FigureWhat::Resolve})
        means.append(meanOf(what, byFigure[static_cast<size_t>(what)]));
    return means;
}

} // namespace cockpit
