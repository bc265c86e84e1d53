// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/change_list.h"

#include "models/alert.h"
#include "models/items/breaker_store.h"
#include "models/items/fleet_model.h"
#include "models/items/rollout_store.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/rollouts/rollout_offers.h"
#include "ui/rollouts/rollout_timeline.h"
#include "ui/widgets/run_table.h"
#include "ui/widgets/section_header.h"

#include <QVBoxLayout>

#include <algorithm>

namespace cockpit {

namespace {

constexpr Duration changeWindow{std::chrono::hours(1)};
/// The order is a hypothesis: only the first ones are lit.
constexpr int litChanges = 2;

Icon changeIcon(Change::Kind kind)
{
    switch (kind) {
    case Change::Kind::Rollout:
        return Icon::Steps;
    case Change::Kind::Flag:
        return Icon::Flag;
    case Change::Kind::Breaker:
        return Icon::Breaker;
    case Change::Kind::Scale:
        return Icon::Scale;
    case Change::Kind::Configuration:
        return Icon::Document;
    case Change::Kind::Silence:
        break;
    }
    return Icon::BellOff;
}

QString undoWord(const ActionIntent &intent)
{
    if (std::holds_alternative<AbortRollout>(intent) || std::holds_alternative<UndoRollout>(intent))
        return ChangeList::tr("Roll back");
    if (const auto *scale = std::get_if<ScaleRollout>(&intent))
        return ChangeList::tr("Back to %1").arg(scale->replicas);
    if (const auto *flag = std::get_if<SetFlag>(&intent))
        return flag->enabled ? ChangeList::tr("Turn on") : ChangeList::tr("Turn off");
    return ChangeList::tr("Undo");
}

/// Why its undo cannot be asked for now; empty when it can.
QString undoRefusal(const ActionIntent &intent, const CockpitModels &models)
{
    const ObjectKey *object = objectOf(intent);
    const RolloutEntry *entry = object ? models.rollouts.find(*object) : nullptr;
    return entry ? clusterRefusal(*entry->rollout, models.fleet.fleet(), models.time.now()) : QString();
}

/// The update that this step belongs to was taken back since.
bool isUndone(const RankedChange &one, const RolloutStore &rollouts)
{
    const RolloutEntry *entry = one.change.kind == Change::Kind::Rollout ? rollouts.find(one.object) : nullptr;
    return entry && entry->rollout->aborted &&
           (!entry->rollout->startedAt || one.change.at >= *entry->rollout->startedAt);
}

} // namespace

QList<RankedChange> changesBefore(const Alert &alert, const CockpitModels &models)
{
    const ServiceMap &services = models.fleet.fleet().serviceMap;
    return mergedChanges(
        distinctChanges(changesBefore(alert.startsAt, changeWindow, alert.service, models.rollouts.entries(),
                                      models.rollouts.events(), services)),
        flagChangesBefore(alert.startsAt, changeWindow, alert.service, models.breakers.flags(),
                          models.breakers.flagEvents(), services));
}

QList<RankedChange> distinctChanges(const QList<RankedChange> &changes)
{
    QList<RankedChange> kept;
    for (const RankedChange &one : changes) {
        const QString end = changeWords(one.change).section(u' ', -2);
        const auto told = std::find_if(kept.begin(), kept.end(), [&](const RankedChange &other) {
            const Duration apart =
                other.change.at > one.change.at ? other.change.at - one.change.at : one.change.at - other.change.at;
            return other.object == one.object && other.change.kind == one.change.kind &&
                   apart < std::chrono::seconds(30) && changeWords(other.change).endsWith(end);
        });
        if (told == kept.end())
            kept.append(one);
        else if (changeWords(one.change).size() > changeWords(told->change).size())
            *told = one; // "15 % to 25 %" says more than "to 25 %"
    }
    return kept;
}

ChangeList::ChangeList(CockpitModels &models, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_head(new SectionHeader(theme, tr("What changed")))
    , m_rows(new RunTable(theme, tr("What changed"),
                          {{QString(), 44, Qt::AlignRight},
                           {QString(), 0},
                           {QString(), 120},
                           {QString(), 44},
                           {QString(), 96, Qt::AlignRight}}))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    auto *inner = new QVBoxLayout;
    // As far in as the head of the alert above.
    m_head->setInset(16);
    inner->setContentsMargins(theme.px(16), 0, theme.px(16), 0);
    inner->addWidget(m_rows);
    layout->addLayout(inner);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_rows, &RunTable::buttonClicked, this, [this](const QString &id) {
        if (m_undos.contains(id))
            Q_EMIT undoRequested(m_undos.value(id));
    });
    hide();
}

void ChangeList::setAlert(const Alert &alert, int rows, const QString &refusal)
{
    const bool known = m_models.rollouts.isKnown() || m_models.breakers.flagsKnown();
    setVisible(known);
    if (!known)
        return;
    const QList<RankedChange> changes = changesBefore(alert, m_models);
    QList<RunRow> shown;
    m_undos.clear();
    QStringList undone; // one undo takes a whole update back: only its newest step has the button
    for (const RankedChange &one : changes.mid(0, rows)) {
        const bool lit = shown.size() < litChanges && one.relation != RankedChange::Relation::Elsewhere;
        const Role ink = lit ? Role::Text : Role::Muted;
        RunRow row;
        row.id =
            QStringLiteral("%1-%2-%3").arg(toEpochMs(one.change.at)).arg(one.object.path(), one.change.what).left(300);
        const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(one.gap).count();
        RunCell what{changeRuns(one.change, Role::Text), {}};
        what.icon = changeIcon(one.change.kind);
        what.iconColor = lit ? (one.change.kind == Change::Kind::Flag ? Role::Info : Role::Canary) : Role::Muted;
        row.cells = {
            {{{QStringLiteral("-%1 m").arg(minutes), lit ? FontRole::MonoStrong12 : FontRole::Mono12, ink}}, {}},
            what,
            {{{changedByWords(one.change.who), FontRole::Row12, Role::Muted}}, {}},
            {{{utcShortTimeText(one.change.at), FontRole::Mono12, Role::Muted}}, {}},
            {}};
        const QString subject = one.object.path();
        if (isUndone(one, m_models.rollouts)) {
            row.cells[4] = {{{tr("undone"), FontRole::Row12, Role::Ok}}, StateGlyph::Ok};
        } else if (one.change.undo && !undone.contains(subject)) {
            undone.append(subject);
            row.button = undoWord(one.change.undo->intent);
            row.lit = lit;
            row.disabledReason = refusal.isEmpty() ? undoRefusal(one.change.undo->intent, m_models) : refusal;
            ActionRequest undo = *one.change.undo;
            if (undo.reason.isEmpty())
                undo.reason = tr("%1 fires").arg(alert.name);
            m_undos.insert(row.id, undo);
        }
        row.tip = plainLine(one.change.what, 300) + u'\n' + toWireName(one.relation) + QStringLiteral(", ") +
                  utcDateTimeText(one.change.at);
        shown.append(row);
    }
    m_rows->setRows(shown);
    m_rows->setVisible(!shown.isEmpty());
    m_head->setBeside(
        {{shown.isEmpty() ? tr("nothing that the clusters tell of in the hour before ") : tr("in the hour before "),
          FontRole::Row12, Role::Muted},
         {utcShortTimeText(alert.startsAt), FontRole::Mono12, Role::Muted}});
    QList<TextRun> trailing{{shown.isEmpty() ? QString() : tr("likely effect first"), FontRole::Row12, Role::Muted}};
    if (changes.size() > shown.size())
        trailing.append({tr("   %1 more").arg(changes.size() - shown.size()), FontRole::Row12, Role::Accent});
    m_head->setTrailing(trailing);
}

} // namespace cockpit
