// SPDX-License-Identifier: GPL-3.0-or-later
// What the page says around the list: the counts of its header, the countdown of a guard, why the list is empty.
#include "models/items/fleet_model.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/rollouts/rollout_row.h"
#include "ui/rollouts/rollouts_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/text_runs.h"

#include <algorithm>

namespace cockpit {

void RolloutsPage::refreshHeader()
{
    int hand = 0;
    int waits = 0;
    int moving = 0;
    for (const RolloutEntry &entry : m_models.rollouts.entries()) {
        hand += needsHand(entry) ? 1 : 0;
        waits += waitsForPerson(entry) ? 1 : 0;
        moving += entry.rollout->isUpdating() ? 1 : 0;
    }
    QList<TextRun> runs;
    const auto add = [&runs](const QString &text, Role role) {
        if (!runs.isEmpty())
            runs.append({QStringLiteral(", "), FontRole::Row12, Role::Muted});
        runs.append({text, FontRole::Row12, role});
    };
    if (hand > 0)
        add(hand == 1 ? tr("1 needs a hand") : tr("%1 need a hand").arg(hand), Role::Critical);
    if (waits > 0)
        add(waits == 1 ? tr("1 waits for a person") : tr("%1 wait for a person").arg(waits), Role::Muted);
    if (moving - hand - waits > 0)
        add(tr("%1 on the way").arg(moving - hand - waits), Role::Muted);
    if (runs.isEmpty() && m_models.rollouts.isKnown())
        add(tr("nothing rolls out"), Role::Muted);
    m_counts->setRuns(runs);
}

void RolloutsPage::refreshGuardBanner()
{
    m_guarded.reset();
    BannerView view;
    for (const RolloutEntry &entry : m_models.rollouts.entries()) {
        if (!entry.guard || entry.guard->state != RolloutGuard::State::Counting || !entry.guard->actsAt)
            continue;
        m_guarded = entry.rollout->key;
        const Duration left = std::max(*entry.guard->actsAt - m_models.time.now(), Duration(0));
        view.title =
            tr("%1 rolls back by itself in %2: %3")
                .arg(plainLine(entry.rollout->key.name, 60), durationText(left), plainLine(entry.guard->words, 120));
        view.action = tr("Stop it");
        break;
    }
    m_guard->setView(view);
    m_guard->setVisible(m_guarded.has_value());
}

void RolloutsPage::refreshEmpty()
{
    const Fleet &fleet = m_models.fleet.fleet();
    QStringList troubles;
    bool configured = false;
    bool connecting = false;
    for (const SourceStatus &source : fleet.sources) {
        if (source.kind != SourceStatus::Kind::Kubernetes)
            continue;
        configured = true;
        connecting = connecting || source.state == SourceStatus::State::Connecting;
        if (!source.message.isEmpty() && source.state != SourceStatus::State::Ok)
            troubles.append(plainLine(source.name, 40) + QStringLiteral(": ") + plainLine(source.message, 200));
    }
    const bool hidden = !m_models.rollouts.entries().empty();
    QString title;
    QString next = troubles.join(QStringLiteral("  "));
    if (hidden) {
        title = tr("Nothing rolls out now.");
        next = tr("%1 rollouts stand still.").arg(m_models.rollouts.entries().size());
    } else if (m_models.rollouts.isKnown() && troubles.isEmpty()) {
        title = tr("No cluster has a rollout in the namespaces that are watched.");
    } else if (!configured && !m_models.rollouts.isKnown()) {
        title = tr("Not known: no Kubernetes cluster is configured.");
        next = tr("Name a context under kubernetes: in the configuration.");
    } else if (connecting && troubles.isEmpty()) {
        title = tr("Not known yet: waiting for the first answer of the cluster.");
    } else {
        title = tr("Not known: no cluster can be read.");
    }
    m_empty->setState(hidden ? StateGlyph::Ok : StateGlyph::Unknown, title, Role::Text);
    m_emptyNext->setRuns(numberRuns(next, FontRole::Base13, FontRole::Mono13, Role::Muted, Role::Muted));
    m_showAll->setVisible(hidden);
}

} // namespace cockpit
