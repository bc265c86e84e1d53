// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/delivery_json.h"

#include <nlohmann/json.hpp>

namespace cockpit {

namespace {

using DeliveryJson = nlohmann::ordered_json;

DeliveryJson deliveryMoment(std::optional<Instant> at)
{
    return at ? DeliveryJson(toRfc3339(*at).toStdString()) : DeliveryJson();
}

DeliveryJson deliveryValue(std::optional<double> value) { return value ? DeliveryJson(*value) : DeliveryJson(); }

const char *deliveryUnit(DeliveryFigure::What what)
{
    switch (what) {
    case DeliveryFigure::What::Frequency:
        return "per day";
    case DeliveryFigure::What::SuccessRate:
    case DeliveryFigure::What::ChangeFailureRate:
        return "share";
    case DeliveryFigure::What::TimeToRestore:
    case DeliveryFigure::What::LeadTime:
        break;
    }
    return "seconds";
}

DeliveryJson deliveryWindow(const DeliveryReport &report)
{
    return {{"days", report.days}, {"from", deliveryMoment(report.from)}, {"to", deliveryMoment(report.to)}};
}

DeliveryJson deliveryFiguresJson(const QList<DeliveryFigure> &figures)
{
    DeliveryJson all = DeliveryJson::array();
    for (const DeliveryFigure &figure : figures)
        all.push_back({{"figure", deliveryFigureName(figure.what)},
                       {"value", deliveryValue(figure.value)},
                       {"before", deliveryValue(figure.before)},
                       {"unit", deliveryUnit(figure.what)},
                       {"samples", figure.samples},
                       {"definition", figure.definition.toStdString()},
                       {"missing", figure.missing.toStdString()}});
    return all;
}

DeliveryJson deploymentJson(const DeploymentRecord &record)
{
    return {{"id", record.id.toStdString()},
            {"service", record.service.toStdString()},
            {"revision", record.revision.toStdString()},
            {"at", deliveryMoment(record.at)},
            {"committed", deliveryMoment(record.committed)},
            {"failedAt", deliveryMoment(record.failedAt)},
            {"restoredAt", deliveryMoment(record.restoredAt)},
            {"outcome", deploymentOutcomeName(record.outcome)},
            {"because", record.because.toStdString()},
            {"evidence", record.evidence.toStdString()},
            {"excluded", record.excluded},
            {"correctedBy", record.correctedBy.toStdString()},
            {"correction", record.correction.toStdString()}};
}

QByteArray deliveryBytes(const DeliveryJson &document)
{
    return QByteArray::fromStdString(document.dump(2, ' ', false, DeliveryJson::error_handler_t::replace));
}

} // namespace

const char *deliveryFigureName(DeliveryFigure::What what)
{
    switch (what) {
    case DeliveryFigure::What::Frequency:
        return "frequency";
    case DeliveryFigure::What::SuccessRate:
        return "successRate";
    case DeliveryFigure::What::ChangeFailureRate:
        return "changeFailureRate";
    case DeliveryFigure::What::TimeToRestore:
        return "timeToRestore";
    case DeliveryFigure::What::LeadTime:
        break;
    }
    return "leadTime";
}

const char *deploymentOutcomeName(DeploymentRecord::Outcome outcome)
{
    switch (outcome) {
    case DeploymentRecord::Outcome::Succeeded:
        return "succeeded";
    case DeploymentRecord::Outcome::RolledBack:
        return "rolled-back";
    case DeploymentRecord::Outcome::CausedIncident:
        return "caused-incident";
    case DeploymentRecord::Outcome::Running:
        return "running";
    case DeploymentRecord::Outcome::Unknown:
        break;
    }
    return "unknown";
}

QByteArray deliveryJson(const DeliveryReport &report)
{
    DeliveryJson document = deliveryWindow(report);
    document["figures"] = deliveryFiguresJson(report.figures);
    document["perDay"] = DeliveryJson::array();
    for (const DeliveryDay &day : report.perDay)
        document["perDay"].push_back(
            {{"day", deliveryMoment(day.day)}, {"deployments", day.deployments}, {"failures", day.failures}});
    document["restoreSeconds"] = DeliveryJson::array();
    for (const Duration length : report.restoreTimes)
        document["restoreSeconds"].push_back(std::chrono::duration<double>(length).count());
    document["deployments"] = DeliveryJson::array();
    for (const DeploymentRecord &record : report.deployments)
        document["deployments"].push_back(deploymentJson(record));
    document["source"] = report.source.toStdString();
    document["missing"] = report.missing.toStdString();
    return deliveryBytes(document);
}

QByteArray loadJson(const DeliveryReport &report)
{
    DeliveryJson document = deliveryWindow(report);
    document["alerts"] = DeliveryJson::array();
    for (const AlertLoad &load : report.noisiest)
        document["alerts"].push_back({{"alert", load.alert.toStdString()},
                                      {"service", load.service.toStdString()},
                                      {"pages", load.pages},
                                      {"atNight", load.atNight},
                                      {"actionable", load.actionable},
                                      {"notActionable", load.notActionable},
                                      {"unmarked", load.unmarked},
                                      {"proposal", load.proposal.toStdString()}});
    document["shifts"] = DeliveryJson::array();
    for (const ShiftLoad &shift : report.shifts)
        document["shifts"].push_back({{"from", deliveryMoment(shift.from)},
                                      {"to", deliveryMoment(shift.to)},
                                      {"person", shift.person.toStdString()},
                                      {"pages", shift.pages},
                                      {"atNight", shift.atNight}});
    document["missing"] = report.missing.toStdString();
    return deliveryBytes(document);
}

} // namespace cockpit
