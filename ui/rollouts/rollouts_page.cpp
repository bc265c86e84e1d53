// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/rollouts_page.h"

#include "models/items/command_registry.h"
#include "models/items/fleet_model.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "ui/rollouts/rollout_detail.h"
#include "ui/rollouts/rollout_list.h"
#include "ui/widgets/action_place.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/card.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_runs.h"

#include <QKeyEvent>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace cockpit {

namespace {

/// Changes that come in a storm are shown once in this time.
constexpr int refreshPauseMs = 33;
/// Rows that are always in sight.
constexpr int fewestRows = 4;

RolloutRows::Filter rolloutFilter(const QString &id)
{
    return id == QStringLiteral("all")    ? RolloutRows::Filter::All
           : id == QStringLiteral("week") ? RolloutRows::Filter::LastWeek
                                          : RolloutRows::Filter::Active;
}

} // namespace

RolloutsPage::RolloutsPage(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_rows(new RolloutRows(this))
    , m_head(new RolloutHead(theme))
    , m_list(new RolloutList(*m_rows, theme))
    , m_detail(new RolloutDetail(models, theme))
    , m_guard(new Banner(theme))
    , m_body(new QStackedWidget)
    , m_pause(new QTimer(this))
{
    setAccessibleName(tr("Rollouts"));
    setFocusPolicy(Qt::ClickFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(m_guard);
    m_guard->hide();
    auto *shown = new QWidget;
    auto *rows = new QVBoxLayout(shown);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_head);
    rows->addWidget(m_list);
    rows->addWidget(m_detail, 1);
    m_body->addWidget(shown);
    m_body->addWidget(makeEmpty());
    layout->addWidget(m_body, 1);
    m_pause->setSingleShot(true);
    m_pause->setInterval(refreshPauseMs);
    m_list->setRefusal([this](const Rollout &rollout, const QString &offer) {
        const QString why = clusterRefusal(rollout, m_models.fleet.fleet(), m_models.time.now());
        return why.isEmpty() && offer == QStringLiteral("rollback") ? m_detail->planRefusal(rollout.key) : why;
    });
    connectModels();
    registerCommands();
    refresh();
}

QWidget *RolloutsPage::makeHeader()
{
    auto *header = new Panel(m_theme, Role::Surface, Qt::BottomEdge);
    header->setFixedHeight(m_theme.px(48));
    auto *line = new QHBoxLayout(header);
    line->setContentsMargins(m_theme.px(16), 0, m_theme.px(16), 0);
    line->setSpacing(m_theme.px(12));
    line->addWidget(new PlainLabel(m_theme, tr("Rollouts"), FontRole::Title15));
    m_counts = new RunLabel(m_theme);
    line->addWidget(m_counts, 1);
    m_filter = new SegmentedControl(m_theme, tr("Show rollouts"),
                                    {{QStringLiteral("active"), tr("active")},
                                     {QStringLiteral("all"), tr("all")},
                                     {QStringLiteral("week"), tr("last 7 d")}});
    m_filter->setCurrent(QStringLiteral("active"));
    connect(m_filter, &SegmentedControl::selected, this, [this](const QString &id) {
        m_shown = rolloutFilter(id);
        refresh();
    });
    line->addWidget(m_filter);
    return header;
}

QWidget *RolloutsPage::makeEmpty()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(m_theme.px(16), m_theme.px(24), m_theme.px(16), 0);
    layout->setSpacing(m_theme.px(8));
    m_empty = new GlyphLabel(m_theme, FontRole::Text15);
    m_emptyNext = new RunLabel(m_theme);
    m_showAll = new Button(m_theme, tr("Show all rollouts"));
    connect(m_showAll, &Button::clicked, this, [this] {
        m_filter->setCurrent(QStringLiteral("all"));
        m_shown = RolloutRows::Filter::All;
        refresh();
    });
    layout->addWidget(m_empty);
    layout->addWidget(m_emptyNext);
    layout->addWidget(m_showAll, 0, Qt::AlignLeft);
    layout->addStretch(1);
    return page;
}

void RolloutsPage::connectModels()
{
    connect(&m_models.rollouts, &RolloutStore::changed, this, [this] {
        if (m_active && !m_pause->isActive())
            m_pause->start();
    });
    connect(m_pause, &QTimer::timeout, this, &RolloutsPage::refresh);
    connect(&m_models.fleet, &FleetModel::changed, this, [this] {
        if (m_active)
            refresh();
    });
    connect(&m_models.time, &TimeModel::ticked, this, [this] {
        if (m_active)
            refresh();
    });
    connect(m_list, &RolloutList::selectionMoved, this, &RolloutsPage::selectionMoved);
    connect(m_list, &RolloutList::offerClicked, this,
            [this](const ObjectKey &key, const QString &offer) { askOffer(key, offer, false); });
    connect(m_list, &RolloutList::opened, this, [this] {
        m_detail->setFocus();
        focusNextChild();
    });
    connect(m_detail, &RolloutDetail::armedChanged, this,
            [this] {
                m_list->setArmed(m_detail->armedObject(), m_detail->armedOffer());
                m_list->refreshRows();
            });
    connect(&m_models.requests, &Requests::rolloutRequested, this, &RolloutsPage::selectRollout);
    connect(m_guard, &Banner::actionRequested, this, [this] {
        if (m_guarded)
            Q_EMIT m_models.requests.guardDisarmRequested(*m_guarded);
    });
}

void RolloutsPage::registerCommands()
{
    const QString group = tr("Rollouts");
    const auto here = [this]() -> QString { return isVisible() ? QString() : tr("open Rollouts first"); };
    CommandRegistry &commands = m_models.commands;
    commands.add({QStringLiteral("rollout.next"), tr("Next rollout"), group, {QStringLiteral("J")}, {}}, here,
                 [this] { m_list->step(+1); });
    commands.add({QStringLiteral("rollout.previous"), tr("Previous rollout"), group, {QStringLiteral("K")}, {}}, here,
                 [this] { m_list->step(-1); });
    commands.add(
        {QStringLiteral("rollout.rollback"), tr("Roll the selected rollout back"), group, {QStringLiteral("R")}, {}},
        [this, here] { return isVisible() ? m_detail->rollbackRefusal() : here(); },
        [this] {
            if (const RolloutEntry *entry = m_list->selected())
                m_detail->ask(rollbackOffer(*entry), true);
        });
    commands.add({QStringLiteral("rollout.judge"), tr("Judge the selected rollout now"), group, {}, {}}, here, [this] {
        if (const RolloutEntry *entry = m_list->selected())
            Q_EMIT m_models.requests.judgeRequested(entry->rollout->key);
    });
}

void RolloutsPage::selectRollout(const ObjectKey &key)
{
    m_wanted = key;
    refresh();
}

void RolloutsPage::askOffer(const ObjectKey &key, const QString &offer, bool byKey)
{
    m_list->select(key);
    const RolloutEntry *entry = m_list->selected();
    if (!entry)
        return;
    for (const RolloutOffer &each : rolloutOffers(*entry)) {
        if (each.id == offer)
            return m_detail->ask(each, byKey);
    }
}

void RolloutsPage::refresh()
{
    m_rows->refresh(m_models.rollouts, m_shown, m_models.time.now());
    if (m_wanted) {
        const RolloutEntry *entry = m_models.rollouts.find(*m_wanted);
        if (entry && m_rows->rowOf(entry->rollout->key) < 0 && m_shown != RolloutRows::Filter::All) {
            m_shown = RolloutRows::Filter::All;
            m_filter->setCurrent(QStringLiteral("all"));
            m_rows->refresh(m_models.rollouts, m_shown, m_models.time.now());
        }
        if (entry && m_list->select(entry->rollout->key))
            m_wanted.reset();
    }
    refreshHeader();
    refreshGuardBanner();
    m_body->setCurrentIndex(m_rows->rowCount() > 0 ? 0 : 1);
    if (m_rows->rowCount() == 0)
        refreshEmpty();
    else if (!m_list->selected())
        m_list->setCurrentIndex(m_rows->index(0));
    layOutList();
    m_list->refreshRows();
    selectionMoved();
}

void RolloutsPage::selectionMoved()
{
    const RolloutEntry *entry = m_list->selected();
    if (entry)
        m_detail->setEntry(*entry);
    else
        m_detail->clear();
    m_detail->setVisible(entry != nullptr);
}

void RolloutsPage::layOutList()
{
    const int room = m_list->heightOfRows(fewestRows);
    const int most = std::max(room, height() * 2 / 5);
    m_list->setFixedHeight(
        std::min(m_list->heightOfRows(m_rows->rowCount()), most / m_list->heightOfRows(1) * m_list->heightOfRows(1)));
    m_head->setRowWidth(m_list->viewport()->width());
}

void RolloutsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_active = true;
    m_detail->setActive(true);
    refresh();
    if (!focusWidget())
        m_list->setFocus();
}

void RolloutsPage::hideEvent(QHideEvent *event)
{
    m_active = false;
    m_detail->setActive(false);
    QWidget::hideEvent(event);
}

void RolloutsPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOutList();
}

void RolloutsPage::keyPressEvent(QKeyEvent *event)
{
    // The window's shortcuts come first where there are any; these are the same commands for a page on its own.
    const bool plain = event->modifiers() == Qt::NoModifier && !event->isAutoRepeat();
    const QString id = event->key() == Qt::Key_J   ? QStringLiteral("rollout.next")
                       : event->key() == Qt::Key_K ? QStringLiteral("rollout.previous")
                       : event->key() == Qt::Key_R ? QStringLiteral("rollout.rollback")
                                                   : QString();
    if (plain && !id.isEmpty())
        m_models.commands.run(id);
    else
        QWidget::keyPressEvent(event);
}

} // namespace cockpit
