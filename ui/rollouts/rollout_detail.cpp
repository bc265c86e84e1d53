// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/rollout_detail.h"

#include "models/items/action_store.h"
#include "models/items/fleet_model.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/charts/export_bar.h"
#include "ui/rollouts/rollback_section.h"
#include "ui/rollouts/rollout_charts.h"
#include "ui/rollouts/verdict_section.h"
#include "ui/widgets/action_place.h"
#include "ui/widgets/card.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace cockpit {

namespace {

constexpr int previewDelayMs = 300;
/// What a plan follows from. A controller writes the status of a moving rollout every few seconds: that alone makes no
/// new plan, and asks the API server for nothing.
QString planBasis(const Rollout &rollout)
{
    const QStringList parts{QString::number(rollout.generation),
                            rollout.currentHash,
                            rollout.stableHash,
                            QString::number(rollout.stepIndex.value_or(-1)),
                            QString::number(rollout.desiredWeight.value_or(-1)),
                            toWireName(rollout.phase),
                            rollout.aborted ? QStringLiteral("aborted") : QString(),
                            rollout.userPaused ? QStringLiteral("paused") : QString()};
    return parts.join(u';');
}

QScrollArea *scrolled(QWidget *content, const QString &name)
{
    auto *area = new QScrollArea;
    area->setAccessibleName(name);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    return area;
}

} // namespace

RolloutDetail::RolloutDetail(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_charts(new RolloutCharts(models, theme))
    , m_verdict(new VerdictSection(theme))
    , m_rollback(new RollbackSection(theme))
    , m_place(new ActionPlace(models, theme))
    , m_preview(new ActionPlace(models, theme, this))
    , m_export(new ExportBar(models.requests, theme))
    , m_previewTimer(new QTimer(this))
{
    m_preview->setFixedSize(0, 0); // its plan is shown, never its strip
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_charts, 1);
    auto *line = new Panel(theme, Role::Border);
    line->setFixedWidth(1);
    layout->addWidget(line);
    layout->addWidget(makeRight());
    m_previewTimer->setObjectName(QStringLiteral("preview"));
    m_previewTimer->setSingleShot(true);
    m_previewTimer->setInterval(previewDelayMs);
    connectParts();
}

QWidget *RolloutDetail::makeRight()
{
    m_right = new QWidget;
    auto *rows = new QVBoxLayout(m_right);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_place);
    rows->addWidget(m_export);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    columns->addWidget(scrolled(m_verdict, tr("Verdict and policy")), 1);
    auto *line = new Panel(m_theme, Role::Border);
    line->setFixedWidth(1);
    columns->addWidget(line);
    m_third = scrolled(m_rollback, tr("Rollback, actions and revisions"));
    columns->addWidget(m_third);
    rows->addLayout(columns, 1);
    return m_right;
}

void RolloutDetail::connectParts()
{
    connect(m_previewTimer, &QTimer::timeout, this, &RolloutDetail::preview);
    connect(m_preview, &ActionPlace::recordChanged, this, [this](const ActionRecord &record) {
        m_rollback->setPlan(&record);
        if (record.state == ActionState::Requested)
            return;
        // What a server will not let through is no button that waits to be pressed.
        const QString why = record.state == ActionState::Refused ? plainLine(record.message, 200) : QString();
        if (std::exchange(m_planRefusal, why) != why)
            Q_EMIT armedChanged();
    });
    connect(m_place, &ActionPlace::recordChanged, this, &RolloutDetail::remember);
    connect(m_place, &ActionPlace::recordChanged, m_rollback, [this](const ActionRecord &record) {
        if (m_armedOffer == QStringLiteral("rollback") && record.state == ActionState::Planned)
            m_rollback->setPlan(&record);
    });
    connect(m_place, &ActionPlace::openChanged, this, [this] {
        if (!m_place->isOpen() && !m_switching) {
            if (m_entry)
                m_running.remove(m_entry->rollout->key);
            m_armedOffer.clear();
            m_askedOf.reset();
            schedulePreview(true);
        }
        refreshSections();
        Q_EMIT armedChanged();
    });
    connect(m_rollback, &RollbackSection::offerRequested, this,
            [this](const RolloutOffer &offer) { ask(offer, false); });
    connect(m_rollback, &RollbackSection::historyToggled, this, &RolloutDetail::refreshSections);
    connect(m_rollback, &RollbackSection::guardRequested, this, [this](bool arm) {
        if (!m_entry)
            return;
        m_rollback->setNote(QString());
        if (arm)
            Q_EMIT m_models.requests.guardArmRequested(m_entry->rollout->key);
        else
            Q_EMIT m_models.requests.guardDisarmRequested(m_entry->rollout->key);
    });
    connect(m_rollback, &RollbackSection::exportRequested, this, [this](const QString &engine) {
        if (m_entry)
            Q_EMIT m_models.requests.exportPolicyRequested(m_entry->rollout->key, engine);
    });
    Requests &requests = m_models.requests;
    connect(&requests, &Requests::guardRefused, this, [this](const ObjectKey &key, const QString &words) {
        if (m_entry && m_entry->rollout->key == key)
            m_rollback->setNote(words);
    });
    connect(&requests, &Requests::policyExported, this,
            [this](const ObjectKey &key, const QByteArray &manifests, const QString &problem) {
                if (!m_entry || !(m_entry->rollout->key == key))
                    return;
                m_rollback->setNote(problem);
                if (problem.isEmpty())
                    m_export->openText(key.name + QStringLiteral("-policy"), QStringLiteral("yaml"), manifests);
            });
}

void RolloutDetail::setEntry(const RolloutEntry &entry)
{
    const bool other = !m_entry || !(m_entry->rollout->key == entry.rollout->key);
    if (other) {
        m_switching = true;
        m_place->close();
        m_preview->close();
        m_export->close();
        m_armedOffer.clear();
        m_askedOf.reset();
        m_switching = false;
    }
    if (other)
        m_planRefusal.clear();
    m_entry = entry;
    if (other && m_running.contains(entry.rollout->key))
        m_place->follow(m_running.value(entry.rollout->key));
    watchStrip();
    refreshSections();
    if (other && !m_place->isOpen())
        m_rollback->setPlan(nullptr);
    schedulePreview(other);
    if (other)
        Q_EMIT armedChanged();
}

void RolloutDetail::clear()
{
    m_entry.reset();
    m_previewTimer->stop();
    m_preview->close();
    m_charts->release();
}

QString RolloutDetail::refusal() const
{
    if (!m_entry)
        return tr("no rollout is selected");
    if (m_place->isBusy())
        return tr("an action of it runs");
    return clusterRefusal(*m_entry->rollout, m_models.fleet.fleet(), m_models.time.now());
}

QString RolloutDetail::rollbackRefusal() const
{
    const QString why = refusal();
    if (!why.isEmpty())
        return why;
    const QString none = rollbackOffer(*m_entry).disabledReason;
    return none.isEmpty() ? m_planRefusal : none;
}

QString RolloutDetail::planRefusal(const ObjectKey &key) const
{
    return m_entry && m_entry->rollout->key == key ? m_planRefusal : QString();
}

void RolloutDetail::refreshSections()
{
    if (!m_entry || !m_active)
        return;
    const Instant now = m_models.time.now();
    m_charts->setEntry(*m_entry);
    m_verdict->setEntry(*m_entry, now);
    m_rollback->setEntry(*m_entry, m_models.rollouts.events(), refusal(), now);
}

/// Nothing runs by itself on an object that is no longer the one that was read.
void RolloutDetail::watchStrip()
{
    if (!m_askedOf || !m_place->isOpen())
        return;
    const Rollout &now = *m_entry->rollout;
    if (now.generation != m_askedOf->generation || now.currentHash != m_askedOf->currentHash ||
        now.stableHash != m_askedOf->stableHash)
        m_place->dataBecameOld(tr("Stopped: somebody changed it, read it again"));
    else if (const QString why = clusterRefusal(now, m_models.fleet.fleet(), m_models.time.now()); !why.isEmpty())
        m_place->dataBecameOld(tr("Stopped: %1").arg(why));
}

void RolloutDetail::ask(const RolloutOffer &offer, bool byKey)
{
    if (!m_entry || !offer.intent || !offer.disabledReason.isEmpty() || !refusal().isEmpty())
        return;
    m_previewTimer->stop();
    m_switching = true;
    m_preview->close(); // its plan is not this one
    m_switching = false;
    m_armedOffer = offer.id;
    m_askedOf = *m_entry->rollout;
    m_place->ask(requestFor(*m_entry->rollout, offer), byKey);
    Q_EMIT armedChanged();
}

std::optional<ObjectKey> RolloutDetail::armedObject() const
{
    return m_entry && m_place->isOpen() ? std::optional(m_entry->rollout->key) : std::nullopt;
}

void RolloutDetail::remember(const ActionRecord &record)
{
    const ObjectKey *object = objectOf(record.request.intent);
    if (object && record.state != ActionState::Requested && record.state != ActionState::Planned)
        m_running.insert(*object, record.request.id);
    refreshSections();
}

void RolloutDetail::schedulePreview(bool atOnce)
{
    if (!m_active || !m_entry || m_place->isOpen())
        return;
    if (atOnce || planBasis(*m_entry->rollout) != m_previewedBasis)
        m_previewTimer->start();
}

void RolloutDetail::preview()
{
    if (!m_active || !m_entry || m_place->isOpen() || !refusal().isEmpty())
        return;
    const RolloutOffer offer = rollbackOffer(*m_entry);
    m_previewedBasis = planBasis(*m_entry->rollout);
    if (!offer.intent)
        return m_rollback->setPlan(nullptr);
    ActionRequest look = requestFor(*m_entry->rollout, offer);
    look.preview = true;
    m_preview->ask(look, true, false);
}

void RolloutDetail::setActive(bool active)
{
    m_active = active;
    if (active) {
        refreshSections();
        schedulePreview(true);
        return;
    }
    m_previewTimer->stop();
    m_switching = true;
    m_preview->close();
    m_switching = false;
    m_charts->release();
}

void RolloutDetail::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // 502 | 424 | 376 on a laptop; the charts take most of what a wider screen has.
    const int more = std::max(0, width() - m_theme.px(1302));
    const int right = std::min(m_theme.px(800) + more * 2 / 5, width() * 66 / 100);
    m_right->setFixedWidth(right);
    m_third->setFixedWidth(right * 47 / 100);
}

} // namespace cockpit
