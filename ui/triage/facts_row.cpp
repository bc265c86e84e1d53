// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/facts_row.h"

#include "models/items/fleet_model.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/services/figure_words.h"

#include <QPainter>

namespace cockpit {

FactsRow::FactsRow(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
{
    setFixedHeight(theme.px(52));
    hide(); // until there is something to say
}

void FactsRow::setAlert(const CockpitModels &models, const Alert &alert)
{
    QList<Cell> cells;
    QStringList words;
    const auto addFigure = [&](const QString &title, const FigureText &text, Role ink) {
        cells.append(
            {title, {{text.number, FontRole::MonoMedium12, ink}, {u' ' + text.unit, FontRole::Row12, Role::Muted}}});
        words.append(title + u' ' + text.joined());
    };
    const ServiceHealth *service = models.fleet.service(alert.service);
    QString old;
    if (service) {
        old = oldDataText(*service, models.fleet.fleet(), models.time.now());
        const Role ink = old.isEmpty() ? Role::Text : Role::StaleText;
        const auto &requests = service->figure(Figure::RequestsPerSecond);
        const auto &errors = service->figure(Figure::ErrorRatio);
        if (requests)
            addFigure(tr("Traffic"), figureText(Figure::RequestsPerSecond, requests->value), ink);
        if (requests && errors)
            addFigure(tr("Failures"), figureText(Figure::RequestsPerSecond, requests->value * errors->value), ink);
    }
    QStringList places;
    for (const QString &label : {QStringLiteral("region"), QStringLiteral("cluster"), QStringLiteral("namespace")}) {
        if (const QString *value = alert.labels.find(label))
            places.append(plainLine(*value, 40));
    }
    if (places.isEmpty() && !alert.key.cluster.isEmpty())
        places.append(plainLine(alert.key.cluster, 40));
    if (!places.isEmpty()) {
        cells.append({tr("Where"), {{places.join(QStringLiteral(", ")), FontRole::Mono12, Role::Text}}});
        words.append(tr("Where") + u' ' + places.join(QStringLiteral(", ")));
    }
    QStringList dependants;
    for (const ServiceId &id : models.fleet.fleet().serviceMap.dependantsOf(alert.service))
        dependants.append(plainLine(id.toString(), 40));
    if (!dependants.isEmpty()) {
        cells.append({tr("Depend on it"), {{dependants.join(QStringLiteral(", ")), FontRole::Row12, Role::Text}}});
        words.append(tr("Depend on it") + u' ' + dependants.join(QStringLiteral(", ")));
    }
    if (service && service->sampledAt)
        cells.append(
            {old.isEmpty() ? tr("Sampled") : old,
             {{utcTimeText(*service->sampledAt), FontRole::Mono12, old.isEmpty() ? Role::Text : Role::StaleText}}});
    if (cells == m_cells)
        return;
    m_cells = cells;
    setVisible(!m_cells.isEmpty());
    setAccessibleName(words.join(QStringLiteral("; ")));
    update();
}

void FactsRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &t = theme();
    painter.fillRect(rect(), t.color(Role::Surface));
    painter.fillRect(QRect(0, 0, width(), 1), t.color(Role::Border));
    double x = t.px(16);
    const double column = (width() - t.px(32)) / std::max<double>(5.0, double(m_cells.size()));
    for (const Cell &cell : m_cells) {
        const double room = std::min(std::max(column, runsWidth(cell.value, t) + t.px(24)), width() - x);
        paintRuns(painter, QRectF(x, t.px(8), room - t.px(8), t.px(16)), {{cell.title, FontRole::Chip11, Role::Muted}},
                  t);
        paintRuns(painter, QRectF(x, t.px(25), room - t.px(8), t.px(18)), cell.value, t);
        x += room;
    }
}

} // namespace cockpit
