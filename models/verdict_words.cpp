// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/verdict_words.h"

#include <QCoreApplication>

#include <cmath>

namespace cockpit {

namespace {

QString measureWords(const char *text) { return QCoreApplication::translate("Measure", text); }

QString secondsText(double seconds)
{
    const bool isLong = seconds >= 1.0;
    return QString::number(isLong ? seconds : seconds * 1000.0, 'g', 3) +
           (isLong ? QStringLiteral(" s") : QStringLiteral(" ms"));
}

} // namespace

QString metricText(PolicyMetric metric, double value)
{
    return quantileOf(metric) ? secondsText(value) : QString::number(value * 100.0, 'g', 3) + QStringLiteral(" %");
}

QString bucketText(const QuantileMeasure &quantile)
{
    if (!std::isfinite(quantile.upper))
        return measureWords("above %1").arg(secondsText(quantile.lower));
    return measureWords("%1 to %2").arg(secondsText(quantile.lower), secondsText(quantile.upper));
}

QString splitText(TrackSplit split)
{
    switch (split) {
    case TrackSplit::PodTemplateHash:
        return measureWords("by the pods' template hash");
    case TrackSplit::VersionLabel:
        return measureWords("by the version label");
    case TrackSplit::TrackLabel:
        return measureWords("by the track label");
    case TrackSplit::AllTraffic:
        return measureWords("all traffic is on the new version");
    case TrackSplit::None:
        break;
    }
    return measureWords("not told apart");
}

QString toWireName(CriterionVerdict::Result result)
{
    switch (result) {
    case CriterionVerdict::Result::Pass:
        return QStringLiteral("pass");
    case CriterionVerdict::Result::Fail:
        return QStringLiteral("fail");
    case CriterionVerdict::Result::Inconclusive:
        break;
    }
    return QStringLiteral("inconclusive");
}

} // namespace cockpit
