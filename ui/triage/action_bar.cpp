// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/action_bar.h"

#include "models/alert.h"
#include "models/breaker_suspect.h"
#include "models/items/breaker_store.h"
#include "models/items/breaker_store.h"
#include "models/items/fleet_model.h"
#include "models/items/requests.h"
#include "models/items/rollout_store.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/rollouts/policy_words.h"
#include "ui/rollouts/rollout_offers.h"
#include "ui/triage/change_list.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/text_runs.h"

#include <QHBoxLayout>
#include <QPainter>

namespace cockpit {

namespace {

constexpr Duration breakerFor{std::chrono::minutes(15)};

/// "gc" of "gc-service": two names have to fit a button.
QString shortService(const QString &name)
{
    const QString line = plainLine(name, 30);
    return line.endsWith(QStringLiteral("-service")) && line.size() > 8 ? line.chopped(8) : line;
}

/// What serves now, of a rollout that no longer moves.
QString servingWords(const Rollout &rollout)
{
    const QString name = plainLine(rollout.key.name, 60);
    const RolloutRevision *stable = rollout.stable();
    const RolloutRevision *current = rollout.current();
    if (!stable || stable->version.isEmpty())
        return ActionBar::tr("What %1 runs is not known.").arg(name);
    if (rollout.aborted && current && current != stable)
        return ActionBar::tr("%1 runs %2 on all traffic; %3 was rolled back.")
            .arg(name, plainLine(stable->version, 60), plainLine(current->version, 60));
    return ActionBar::tr("%1 runs %2; nothing of it rolls out now.").arg(name, plainLine(stable->version, 60));
}

} // namespace

ActionBar::ActionBar(CockpitModels &models, const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
    , m_models(models)
    , m_why(new RunLabel(theme))
    , m_rollBack(new Button(theme, QString(), Button::Kind::Big))
    , m_flag(new Button(theme, QString(), Button::Kind::Big))
    , m_breaker(new Button(theme, QString(), Button::Kind::Big))
    , m_open(new Button(theme, tr("Open in Rollouts"), Button::Kind::Big))
    , m_reason(new ElidedLabel(theme, FontRole::Chip11, Role::StaleText))
{
    setFixedHeight(theme.px(80));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8));
    layout->setSpacing(theme.px(8));
    // Beside the words, not beside the buttons: three buttons fill the column of a laptop.
    auto *words = new QHBoxLayout;
    words->setSpacing(theme.px(12));
    words->addWidget(m_why, 1);
    words->addWidget(m_reason);
    layout->addLayout(words);
    auto *row = new QHBoxLayout;
    row->setSpacing(theme.px(8));
    m_rollBack->setKeyHint(QStringLiteral("R"));
    row->addWidget(m_rollBack);
    m_flag->setKeyHint(QStringLiteral("F"));
    row->addWidget(m_flag);
    m_breaker->setKeyHint(QStringLiteral("B"));
    row->addWidget(m_breaker);
    row->addStretch(1);
    row->addWidget(m_open);
    layout->addLayout(row);
    connect(m_rollBack, &Button::clicked, this, &ActionBar::rollBackRequested);
    connect(m_flag, &Button::clicked, this, &ActionBar::flagRequested);
    connect(m_breaker, &Button::clicked, this, &ActionBar::breakerRequested);
    connect(m_open, &Button::clicked, this, [this] { Q_EMIT m_models.requests.rolloutRequested(m_object); });
    hide();
}

void ActionBar::showFlag(const Alert &alert, const QString &busy, bool armed)
{
    const auto suspect = suspectedFlag(changesBefore(alert, m_models));
    m_flag->setVisible(suspect.has_value());
    m_flagRefusal = suspect ? busy : tr("no feature flag was switched before it");
    m_flagRequest.reset();
    if (!suspect)
        return;
    m_flagRequest = suspect->change.undo;
    m_flagRequest->reason = tr("%1 fires").arg(alert.name);
    const auto &wish = std::get<SetFlag>(m_flagRequest->intent);
    const QString name = plainLine(wish.flag.name, 30);
    m_flag->setText(wish.enabled ? tr("Turn %1 on").arg(name) : tr("Turn %1 off").arg(name));
    m_flag->setKind(armed ? Button::Kind::Armed : Button::Kind::Big);
    m_flag->setDisabledReason(m_flagRefusal);
}

void ActionBar::showBreaker(const Alert &alert, const QString &busy, bool armed)
{
    const BreakerPtr suspect = suspectedBreaker(alert.service, m_models.breakers.breakers());
    m_breaker->setVisible(suspect != nullptr);
    m_breakerRefusal = suspect ? busy : tr("no breaker of its service fails");
    m_breakerRequest.reset();
    if (!suspect)
        return;
    ActionRequest request;
    request.target = plainLine(suspect->key.from.toString(), 60) + QStringLiteral(" → ") + plainLine(suspect->to, 60);
    request.service = suspect->key.from;
    request.intent = OverrideBreaker{suspect->key, BreakerMode::ForceOpen, m_models.time.now() + breakerFor, {}};
    request.reason = tr("%1 fires").arg(alert.name);
    m_breakerRequest = request;
    m_breaker->setText(tr("Open breaker %1 → %2").arg(shortService(suspect->key.from.toString()), shortService(suspect->to)));
    m_breaker->setKind(armed ? Button::Kind::Armed : Button::Kind::Big);
    m_breaker->setDisabledReason(m_breakerRefusal);
}

void ActionBar::setAlert(const Alert &alert, const QString &busy, bool armed, bool flagArmed, bool breakerArmed)
{
    showFlag(alert, busy, flagArmed);
    showBreaker(alert, busy, breakerArmed);
    const RolloutEntry *entry = m_models.rollouts.ofService(alert.service);
    setVisible(entry != nullptr || m_flagRequest || m_breakerRequest);
    m_rollBack->setVisible(entry != nullptr);
    m_open->setVisible(entry != nullptr && !m_breakerRequest);
    if (!entry) {
        m_refusal = tr("no rollout of its service is known");
        return;
    }
    const Rollout &rollout = *entry->rollout;
    m_object = rollout.key;
    const RolloutOffer offer = rollbackOffer(*entry);
    const bool platform = rollout.isUpdating() && entry->verdict && entry->verdict->notTheCanary;
    m_refusal = !busy.isEmpty() ? busy
                : platform      ? tr("not offered: stable fails too, so it would help nobody")
                : !offer.disabledReason.isEmpty()
                    ? offer.disabledReason
                    : clusterRefusal(rollout, m_models.fleet.fleet(), m_models.time.now());
    QList<TextRun> why = rollout.isUpdating() ? verdictRuns(*entry) : QList<TextRun>();
    if (why.isEmpty())
        why = numberRuns(servingWords(rollout), FontRole::Row12, FontRole::Mono12, Role::Muted);
    m_why->setRuns(why);
    m_why->setToolTip(m_why->accessibleName());
    // The same width whatever its look: the button does not move when its strip opens.
    m_rollBack->setText(offer.text);
    m_rollBack->setKind(Button::Kind::Primary);
    m_rollBack->setFixedSize(m_rollBack->sizeHint());
    m_rollBack->setKind(armed ? Button::Kind::Armed : offer.supported ? Button::Kind::Primary : Button::Kind::Big);
    m_rollBack->setDisabledReason(m_refusal);
    m_reason->setText(m_refusal);
    m_reason->setVisible(!m_refusal.isEmpty());
}

void ActionBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Role::Raised));
    painter.fillRect(QRect(0, 0, width(), 1), theme().color(Role::Border));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme().color(Role::Border));
}

} // namespace cockpit
