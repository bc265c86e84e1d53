// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/delivery_words.h"

#include <QCoreApplication>

#include <cmath>

namespace cockpit {

namespace {

using WordsWhat = DeliveryFigure::What;

struct DeliveryWords {
    Q_DECLARE_TR_FUNCTIONS(Delivery)
};

bool isMoreBetter(WordsWhat what) { return what == WordsWhat::Frequency || what == WordsWhat::SuccessRate; }

} // namespace

QString deliveryFigureTitle(WordsWhat what)
{
    switch (what) {
    case WordsWhat::Frequency:
        return DeliveryWords::tr("Deployment frequency");
    case WordsWhat::SuccessRate:
        return DeliveryWords::tr("Success rate");
    case WordsWhat::ChangeFailureRate:
        return DeliveryWords::tr("Change failure rate");
    case WordsWhat::TimeToRestore:
        return DeliveryWords::tr("Time to restore");
    case WordsWhat::LeadTime:
        return DeliveryWords::tr("Lead time");
    }
    return {};
}

QString deliveryValueText(WordsWhat what, std::optional<double> value)
{
    if (!value || !std::isfinite(*value))
        return DeliveryWords::tr("no data");
    switch (what) {
    case WordsWhat::Frequency:
        return DeliveryWords::tr("%1 per day").arg(*value, 0, 'f', 2);
    case WordsWhat::SuccessRate:
    case WordsWhat::ChangeFailureRate:
        return QString::number(*value * 100, 'f', 1) + QStringLiteral(" %");
    case WordsWhat::TimeToRestore:
    case WordsWhat::LeadTime:
        return durationText(Duration(std::llround(*value * 1000.0)));
    }
    return {};
}

QString deliveryTrendText(const DeliveryFigure &figure)
{
    if (!figure.value || !figure.before)
        return {};
    const QString before = deliveryValueText(figure.what, figure.before);
    if (deliveryValueText(figure.what, figure.value) == before)
        return DeliveryWords::tr("the same as before");
    const bool isBetter = (*figure.value > *figure.before) == isMoreBetter(figure.what);
    return isBetter ? DeliveryWords::tr("%1 before, better").arg(before)
                    : DeliveryWords::tr("%1 before, worse").arg(before);
}

QString deploymentOutcomeText(const DeploymentRecord &record)
{
    if (record.excluded)
        return DeliveryWords::tr("not counted");
    switch (record.outcome) {
    case DeploymentRecord::Outcome::Succeeded:
        return DeliveryWords::tr("succeeded");
    case DeploymentRecord::Outcome::RolledBack:
        return DeliveryWords::tr("rolled back");
    case DeploymentRecord::Outcome::CausedIncident:
        return DeliveryWords::tr("caused an incident");
    case DeploymentRecord::Outcome::Running:
        return DeliveryWords::tr("on its way");
    case DeploymentRecord::Outcome::Unknown:
        break;
    }
    return DeliveryWords::tr("not known");
}

} // namespace cockpit
