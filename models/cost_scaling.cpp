// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cost_scaling.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <vector>

namespace cockpit {

namespace {

constexpr double perThousandRequests = 1000.0;
constexpr double leastLoadScatter = 0.03;
constexpr double worthATerm = 2.0;

struct ScalingDay {
    double load = 0; ///< 1000 requests
    double cost = 0;
};

struct Polynomial {
    std::array<double, 3> terms{}; ///< of (load - mean) / scatter
    double squares = 0;            ///< of the residuals
};

/// Least squares of degree `degree` on a load that is centred and scaled, by Gauss's elimination with pivots.
std::optional<Polynomial> fitPolynomial(const std::vector<ScalingDay> &days, std::size_t degree)
{
    const std::size_t size = degree + 1;
    std::array<std::array<double, 4>, 3> rows{};
    for (const ScalingDay &day : days) {
        const std::array<double, 3> powers{1.0, day.load, day.load * day.load};
        for (std::size_t i = 0; i < size; ++i) {
            for (std::size_t j = 0; j < size; ++j)
                rows[i][j] += powers[i] * powers[j];
            rows[i][3] += powers[i] * day.cost;
        }
    }
    for (std::size_t column = 0; column < size; ++column) {
        std::size_t pivot = column;
        for (std::size_t row = column + 1; row < size; ++row)
            pivot = std::abs(rows[row][column]) > std::abs(rows[pivot][column]) ? row : pivot;
        if (std::abs(rows[pivot][column]) < 1e-9)
            return std::nullopt;
        std::swap(rows[pivot], rows[column]);
        for (std::size_t row = 0; row < size; ++row) {
            if (row == column)
                continue;
            const double factor = rows[row][column] / rows[column][column];
            for (std::size_t j = column; j < 4; ++j)
                rows[row][j] -= factor * rows[column][j];
        }
    }
    Polynomial fit;
    for (std::size_t i = 0; i < size; ++i)
        fit.terms[i] = rows[i][3] / rows[i][i];
    for (const ScalingDay &day : days)
        fit.squares += std::pow(day.cost - fit.terms[0] - fit.terms[1] * day.load - fit.terms[2] * day.load * day.load, 2);
    return fit;
}

/// Lower is better.
double akaike(double squares, double count, double terms, double sizeOfCost)
{
    const double least = std::pow(sizeOfCost * 1e-9, 2) + 1e-18;
    const double parameters = terms + 1.0; // and the scatter
    return count * std::log(std::max(squares / count, least)) + 2.0 * parameters +
           2.0 * parameters * (parameters + 1.0) / (count - parameters - 1.0);
}

/// Terms of the load itself, from those of the centred and scaled one.
std::array<double, 3> unscaled(const std::array<double, 3> &terms, double mean, double scatter)
{
    const double second = terms[2] / (scatter * scatter);
    const double first = terms[1] / scatter - 2.0 * second * mean;
    return {terms[0] - terms[1] * mean / scatter + second * mean * mean, first, second};
}

QString scalingWords(const CostScaling &scaling, double mean, const QString &currency)
{
    const QString error = QCoreApplication::translate("Cost", "± %1 a day over %2 days")
                              .arg(moneyText(scaling.error, currency), QString::number(scaling.samples));
    const double slope = scaling.coefficients[1] + 2.0 * scaling.coefficients[2] * mean;
    switch (scaling.shape) {
    case CostScaling::Shape::Flat:
        return QCoreApplication::translate("Cost", "does not follow load: %1 a day, %2")
            .arg(moneyText(scaling.coefficients[0], currency), error);
    case CostScaling::Shape::Linear:
        return QCoreApplication::translate("Cost", "linear: %1 for each further 1000 requests, %2")
            .arg(moneyText(slope, currency), error);
    case CostScaling::Shape::Quadratic:
        return QCoreApplication::translate("Cost", "quadratic: %1 for each further 1000 requests at the mean load, %2")
            .arg(moneyText(slope, currency), error);
    case CostScaling::Shape::Unknown:
        break;
    }
    return {};
}

void takeBestShape(CostScaling &scaling, std::vector<ScalingDay> days, double mean, double scatter)
{
    double sizeOfCost = 0;
    for (ScalingDay &day : days) {
        day.load = (day.load - mean) / scatter;
        sizeOfCost = std::max(sizeOfCost, std::abs(day.cost));
    }
    std::optional<double> best;
    for (std::size_t degree = 0; degree < 3; ++degree) {
        const std::optional<Polynomial> fit = fitPolynomial(days, degree);
        if (!fit)
            break;
        const double count = static_cast<double>(days.size());
        const double score = akaike(fit->squares, count, static_cast<double>(degree) + 1.0, sizeOfCost);
        if (best && score > *best - worthATerm)
            continue;
        best = score;
        scaling.shape = degree == 0   ? CostScaling::Shape::Flat
                        : degree == 1 ? CostScaling::Shape::Linear
                                      : CostScaling::Shape::Quadratic;
        scaling.coefficients = unscaled(fit->terms, mean, scatter);
        scaling.error = std::sqrt(fit->squares / count);
    }
}

} // namespace

CostScaling fitCostScaling(const QString &service, const DailyAmounts &cost, const DailyAmounts &requests,
                           const QString &currency)
{
    CostScaling scaling{.service = service};
    std::vector<ScalingDay> days;
    double mean = 0, squares = 0;
    for (auto day = cost.begin(); day != cost.end(); ++day) {
        const auto load = requests.constFind(day.key());
        if (load == requests.constEnd())
            continue;
        days.push_back({load.value() / perThousandRequests, day.value()});
        mean += days.back().load;
    }
    scaling.samples = static_cast<int>(days.size());
    if (scaling.samples < leastScalingDays) {
        scaling.words = QCoreApplication::translate("Cost", "not known: %1 days with both cost and load, 10 are needed")
                            .arg(scaling.samples);
        return scaling;
    }
    mean /= scaling.samples;
    for (const ScalingDay &day : days)
        squares += std::pow(day.load - mean, 2);
    const double scatter = std::sqrt(squares / scaling.samples);
    if (!(mean > 0.0) || scatter < leastLoadScatter * mean) {
        scaling.words = QCoreApplication::translate("Cost", "not known: the load was about the same on all %1 days")
                            .arg(scaling.samples);
        return scaling;
    }
    takeBestShape(scaling, std::move(days), mean, scatter);
    scaling.words = scalingWords(scaling, mean, currency);
    return scaling;
}

std::optional<double> marginalReplicaCost(std::optional<double> computeOfDay, std::optional<double> replicas,
                                          int daysInMonth)
{
    if (!computeOfDay || !replicas || !(*replicas >= 1.0))
        return std::nullopt;
    return *computeOfDay / *replicas * daysInMonth;
}

} // namespace cockpit
