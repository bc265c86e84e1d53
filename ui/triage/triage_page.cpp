// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/triage_page.h"

#include "models/items/alert_list_model.h"
#include "models/items/breaker_store.h"
#include "models/items/chart_store.h"
#include "models/items/command_registry.h"
#include "models/items/fleet_model.h"
#include "models/items/incident_store.h"
#include "models/items/requests.h"
#include "models/items/rollout_store.h"
#include "models/items/time_model.h"
#include "ui/triage/action_panel.h"
#include "ui/triage/alert_center.h"
#include "ui/triage/alert_column.h"
#include "ui/triage/alert_list_view.h"
#include "ui/triage/alert_side.h"
#include "ui/triage/calm_view.h"
#include "ui/widgets/card.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>

namespace cockpit {

TriagePage::TriagePage(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_column(new AlertColumn(models, theme))
    , m_center(new AlertCenter(models, theme))
    , m_side(new AlertSide(models, theme))
    , m_calm(new CalmView(models, theme))
    , m_middle(new QStackedWidget)
    , m_rolloutPause(new QTimer(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_column);
    auto *line = new Panel(theme, Role::Border);
    line->setFixedWidth(1);
    layout->addWidget(line);
    m_middle->addWidget(m_center);
    m_middle->addWidget(m_calm);
    layout->addWidget(m_middle, 1);
    layout->addWidget(m_side);
    connectModels();
    registerCommands();
    refresh();
}

void TriagePage::connectModels()
{
    connect(&m_models.fleet, &FleetModel::changed, this, &TriagePage::refresh);
    connect(&m_models.time, &TimeModel::ticked, this, [this] {
        if (m_active)
            refresh();
    });
    connect(&m_models.charts, &ChartStore::changed, this, [this](const ChartKey &key) {
        if (m_active && !key.service.isEmpty())
            selectionChanged();
    });
    m_rolloutPause->setSingleShot(true);
    m_rolloutPause->setInterval(33); // what comes in a storm is shown once
    connect(&m_models.rollouts, &RolloutStore::changed, this, [this] {
        if (m_active && !m_rolloutPause->isActive())
            m_rolloutPause->start();
    });
    connect(&m_models.breakers, &BreakerStore::flagsChanged, this, [this] {
        if (m_active && !m_rolloutPause->isActive())
            m_rolloutPause->start();
    });
    connect(&m_models.breakers, &BreakerStore::breakersChanged, this, [this] {
        if (m_active && !m_rolloutPause->isActive())
            m_rolloutPause->start();
    });
    connect(m_rolloutPause, &QTimer::timeout, this, &TriagePage::refresh);
    connect(m_column->list(), &AlertListView::alertSelected, this, [this] {
        if (!m_refreshing)
            refresh();
    });
    connect(&m_models.requests, &Requests::alertRequested, this, &TriagePage::selectAlert);
    connect(&m_models.incidents, &IncidentStore::currentChanged, this, [this] {
        if (m_active && !m_rolloutPause->isActive())
            m_rolloutPause->start();
    });
    connect(m_center->panel(), &ActionPanel::openChanged, this, &TriagePage::layOutColumns);
}

void TriagePage::registerCommands()
{
    const QString group = tr("Alerts");
    const auto here = [this]() -> QString { return isVisible() ? QString() : tr("open Triage first"); };
    CommandRegistry &commands = m_models.commands;
    commands.add({QStringLiteral("alert.next"), tr("Next alert"), group, {QStringLiteral("J")}}, here,
                 [this] { m_column->list()->step(+1); });
    commands.add({QStringLiteral("alert.previous"), tr("Previous alert"), group, {QStringLiteral("K")}}, here,
                 [this] { m_column->list()->step(-1); });
    commands.add(
        {QStringLiteral("alert.acknowledge"),
         tr("Acknowledge the alert, or take it back"),
         group,
         {QStringLiteral("A")}},
        [this, here] { return isVisible() ? m_center->acknowledgeRefusal() : here(); },
        [this] { m_center->acknowledge(true); });
    commands.add(
        {QStringLiteral("alert.silence"), tr("Silence the alert, or end its silence"), group, {QStringLiteral("S")}},
        [this, here] { return isVisible() ? m_center->silenceRefusal() : here(); },
        [this] { m_center->silence(true); });
    commands.add({QStringLiteral("alert.rollback"), tr("Roll back what changed"), group, {QStringLiteral("R")}, {}},
                 [this, here] { return isVisible() ? m_center->rollBackRefusal() : here(); },
                 [this] { m_center->rollBack(true); });
    commands.add({QStringLiteral("alert.flag"), tr("Switch back the feature flag that changed"), group, {QStringLiteral("F")}, {}},
                 [this, here] { return isVisible() ? m_center->flagRefusal() : here(); },
                 [this] { m_center->switchFlag(true); });
    commands.add({QStringLiteral("alert.breaker"), tr("Force the failing breaker open"), group, {QStringLiteral("B")}, {}},
                 [this, here] { return isVisible() ? m_center->breakerRefusal() : here(); },
                 [this] { m_center->openBreaker(true); });
    commands.add({QStringLiteral("alert.incident"), tr("Declare an incident of the alert, or open the one it belongs to"),
                  group, {QStringLiteral("I")}, {}},
                 [this, here]() -> QString {
                     if (!isVisible())
                         return here();
                     return m_column->list()->selectedAlert() ? QString() : tr("no alert is selected");
                 },
                 [this] { m_center->declareIncident(); });
    commands.add({QStringLiteral("alert.filter"), tr("Filter the alerts"), group, {QStringLiteral("Ctrl+F")}}, here,
                 [this] { m_column->focusFilter(); });
}

void TriagePage::selectAlert(const AlertKey &key)
{
    m_wanted = key;
    m_column->list()->selectAlert(key);
    refresh();
}

void TriagePage::refresh()
{
    // Selecting emits, and must not come back here.
    m_refreshing = true;
    m_column->refresh();
    if (m_wanted && m_models.alerts.rowOf(*m_wanted) >= 0) {
        m_column->list()->selectAlert(*m_wanted);
        m_wanted.reset();
    }
    const AlertCounts &counts = m_models.fleet.fleet().counts;
    // A form that is being typed in keeps its alert, also when that went away meanwhile.
    if (!m_column->list()->selectedAlert() && !m_center->panel()->isOpen() && counts.firing + counts.acknowledged > 0)
        m_column->list()->selectFirst();
    m_refreshing = false;
    selectionChanged();
}

void TriagePage::selectionChanged()
{
    const Alert *alert = m_column->list()->selectedAlert();
    m_center->setAlert(alert);
    if (alert)
        m_side->setAlert(*alert);
    showDetail(alert != nullptr || m_center->panel()->isOpen());
}

void TriagePage::showDetail(bool detail)
{
    m_middle->setCurrentIndex(detail ? 0 : 1);
    m_side->setVisible(detail);
    m_calm->setActive(m_active && !detail);
    m_center->setActive(m_active && detail);
    if (!detail)
        m_calm->refresh();
}

void TriagePage::layOutColumns()
{
    // 1302 px is the page on a 1366 px screen, 1856 on 1920.
    const double part =
        std::clamp((width() - m_theme.px(1302)) / double(m_theme.px(1856) - m_theme.px(1302)), 0.0, 1.0);
    m_column->setFixedWidth(m_theme.px(339 + int(40 * part)));
    // On less than 1366 px the details give way first: the name of the alert must stand whole.
    const int missing = std::clamp(m_theme.px(1302) - width(), 0, m_theme.px(80));
    m_side->setFixedWidth(m_theme.px(400 + int(80 * part)) - missing);
    m_center->setWide(part > 0.7);
}

void TriagePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_active = true;
    layOutColumns();
    refresh();
    if (!focusWidget())
        m_column->list()->setFocus();
}

void TriagePage::hideEvent(QHideEvent *event)
{
    m_active = false;
    m_calm->setActive(false);
    m_center->setActive(false);
    QWidget::hideEvent(event);
}

void TriagePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOutColumns();
}

void TriagePage::keyPressEvent(QKeyEvent *event)
{
    // The window's shortcuts come first where there are any; these are the same commands for a page on its own.
    const bool plain = event->modifiers() == Qt::NoModifier && !event->isAutoRepeat();
    const QString id = event->key() == Qt::Key_J   ? QStringLiteral("alert.next")
                       : event->key() == Qt::Key_K ? QStringLiteral("alert.previous")
                       : event->key() == Qt::Key_A ? QStringLiteral("alert.acknowledge")
                       : event->key() == Qt::Key_S ? QStringLiteral("alert.silence")
                       : event->key() == Qt::Key_R ? QStringLiteral("alert.rollback")
                       : event->key() == Qt::Key_F ? QStringLiteral("alert.flag")
                       : event->key() == Qt::Key_B ? QStringLiteral("alert.breaker")
                       : event->key() == Qt::Key_I ? QStringLiteral("alert.incident")
                                                   : QString();
    if (plain && !id.isEmpty())
        m_models.commands.run(id);
    else
        QWidget::keyPressEvent(event);
}

} // namespace cockpit
