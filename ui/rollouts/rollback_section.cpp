// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/rollback_section.h"

#include "models/plain_line.h"
#include "ui/rollouts/plan_lines.h"
#include "ui/rollouts/revision_rows.h"
#include "ui/rollouts/verdict_section.h"
#include "ui/widgets/button.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/run_table.h"

#include <QIntValidator>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace cockpit {

namespace {

constexpr int fewRevisions = 6;

} // namespace

RollbackSection::RollbackSection(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_planned(new RunLabel(theme))
    , m_plan(new PlanLines(theme, tr("What a rollback would do")))
    , m_why(new PlainLabel(theme, FontRole::Chip11, Role::StaleText))
    , m_scaleWhy(new PlainLabel(theme, FontRole::Chip11, Role::StaleText))
    , m_note(new PlainLabel(theme, FontRole::Chip11, Role::Muted))
    , m_guardState(new GlyphLabel(theme, FontRole::Row12))
    , m_guard(new Button(theme, tr("Arm on this laptop")))
    , m_all(new Button(theme, QString(), Button::Kind::Link))
    , m_history(new RunTable(theme, tr("Revision history"),
                             {{QString(), 56}, {QString(), 0}, {QString(), 96, Qt::AlignRight}}, 24))
    , m_pods(new RunTable(theme, tr("Pods by revision"),
                          {{QString(), 0}, {QString(), 60, Qt::AlignRight}, {QString(), 128, Qt::AlignRight}}, 24))
    , m_podCount(new RunLabel(theme))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(16), theme.px(10), theme.px(8), theme.px(10));
    layout->setSpacing(theme.px(4));
    layout->addWidget(makeSectionTitle(theme, tr("What a rollback would do"), m_planned));
    layout->addWidget(m_plan);
    layout->addSpacing(theme.px(4));
    layout->addWidget(makeActions());
    m_note->setWordWrap(true);
    m_note->hide();
    layout->addWidget(makeMoreActions()); // above what scrolls: nobody looks for Pause under a history
    layout->addWidget(m_scaleWhy);
    auto *historyHead = new QHBoxLayout;
    historyHead->addWidget(makeSectionTitle(theme, tr("Revision history")), 1);
    historyHead->addWidget(m_all);
    layout->addLayout(historyHead);
    layout->addWidget(m_history);
    layout->addWidget(makeSectionTitle(theme, tr("Automatic rollback")));
    auto *guard = new QHBoxLayout;
    guard->addWidget(m_guardState, 1);
    guard->addWidget(m_guard);
    layout->addLayout(guard);
    layout->addWidget(makeSectionTitle(theme, tr("Pods by revision"), m_podCount));
    layout->addWidget(m_pods);
    layout->addStretch(1);
    connect(m_guard, &Button::clicked, this, [this] {
        if (m_entry)
            Q_EMIT guardRequested(!m_entry->guard || m_entry->guard->state == RolloutGuard::State::Disarmed);
    });
    connect(m_all, &Button::clicked, this, [this] {
        m_showAll = !m_showAll;
        Q_EMIT historyToggled();
    });
    connect(m_history, &RunTable::buttonClicked, this, [this](const QString &hash) {
        const RolloutRevision *revision = m_entry ? m_entry->rollout->revision(hash) : nullptr;
        if (revision)
            Q_EMIT offerRequested(revisionOffer(*m_entry->rollout, *revision));
    });
}

QWidget *RollbackSection::makeActions()
{
    m_more = new QWidget;
    auto *rows = new QVBoxLayout(m_more);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(m_theme.px(6));
    auto *first = new QHBoxLayout;
    first->setSpacing(m_theme.px(6));
    m_argo = new Button(m_theme, tr("Export policy"));
    m_argo->setToolTip(tr("Manifests for Argo Rollouts that let the cluster enforce the policy"));
    first->addWidget(m_argo);
    for (int index = 0; index < 2; ++index)
        first->addWidget(addOfferButton());
    first->addStretch(1);
    rows->addLayout(first);
    rows->addWidget(m_why);
    rows->addWidget(m_note);
    connect(m_argo, &Button::clicked, this, [this] { Q_EMIT exportRequested(QStringLiteral("argo-rollouts")); });
    return m_more;
}

Button *RollbackSection::addOfferButton()
{
    auto *button = new Button(m_theme, QString());
    const auto index = static_cast<qsizetype>(m_offerButtons.size());
    m_offerButtons.push_back(button);
    connect(button, &Button::clicked, this, [this, index] {
        if (index < m_offers.size())
            Q_EMIT offerRequested(m_offers.at(index));
    });
    return button;
}

QWidget *RollbackSection::makeMoreActions()
{
    auto *row = new QWidget;
    auto *second = new QHBoxLayout(row);
    second->setContentsMargins(0, 0, 0, 0);
    second->setSpacing(m_theme.px(6));
    for (int index = 0; index < 2; ++index)
        second->addWidget(addOfferButton());
    m_replicas = new QLineEdit;
    m_replicas->setAccessibleName(tr("Number of pods to scale to"));
    m_replicas->setFont(m_theme.font(FontRole::Mono12));
    m_replicas->setFixedSize(m_theme.px(56), m_theme.px(28));
    m_replicas->setValidator(new QIntValidator(0, 10000, m_replicas));
    m_replicas->setFixedWidth(m_theme.px(48));
    m_scale = new Button(m_theme, tr("Scale"));
    m_flagger = new Button(m_theme, tr("Flagger"));
    m_flagger->setToolTip(tr("Manifests for Flagger that let the cluster enforce the policy"));
    m_flagger->setAccessibleName(tr("Export policy for Flagger"));
    second->addWidget(m_replicas);
    second->addWidget(m_scale);
    second->addStretch(1);
    second->addWidget(m_flagger);
    connect(m_replicas, &QLineEdit::textEdited, this, &RollbackSection::scaleEdited);
    connect(m_scale, &Button::clicked, this, [this] {
        if (m_entry && m_replicas->hasAcceptableInput())
            Q_EMIT offerRequested(scaleOffer(*m_entry->rollout, m_replicas->text().toInt()));
    });
    connect(m_flagger, &Button::clicked, this, [this] { Q_EMIT exportRequested(QStringLiteral("flagger")); });
    return row;
}

void RollbackSection::setEntry(const RolloutEntry &entry, const std::vector<ClusterEvent> &events,
                               const QString &refusal, Instant now)
{
    const bool other = !m_entry || !(m_entry->rollout->key == entry.rollout->key);
    m_entry = entry;
    m_refusal = refusal;
    if (other) {
        m_showAll = false;
        setNote(QString());
        m_replicas->setText(QString::number(entry.rollout->desiredReplicas));
    }
    setOffers(entry, refusal);
    scaleEdited();
    setGuard(entry, now);
    setHistory(entry, events, refusal, now);
    setPods(*entry.rollout, now);
}

void RollbackSection::setPlan(const ActionRecord *record)
{
    QList<PlanLine> lines;
    m_planned->setRuns({});
    if (!record || record->state == ActionState::Requested) {
        const bool none = m_entry && !rollbackOffer(*m_entry).intent;
        lines.append({StateGlyph::Unknown,
                      none ? tr("Nothing to roll back to: %1").arg(rollbackOffer(*m_entry).disabledReason)
                           : tr("Reading what it would do"),
                      {}});
    } else if (record->state == ActionState::Refused || record->state == ActionState::Failed) {
        lines.append({StateGlyph::Critical, plainLine(record->message, 400), {}});
    } else {
        lines = planLines(record->plan);
        const ObjectKey *object = objectOf(record->request.intent);
        m_planned->setRuns({{object ? plainLine(object->context, 40) : QString(), FontRole::MonoMedium12, Role::Text},
                            {tr(" · dry run "), FontRole::Row12, Role::Muted},
                            {utcTimeText(record->updatedAt), FontRole::Mono12, Role::Muted}});
    }
    m_plan->setLines(lines);
}

void RollbackSection::setNote(const QString &words)
{
    m_note->setText(plainLine(words, 300));
    m_note->setVisible(!words.isEmpty());
}

void RollbackSection::setOffers(const RolloutEntry &entry, const QString &refusal)
{
    // The row has the first ones; here are all the others: what moves it on above, the everyday ones below.
    const QList<RolloutOffer> all = rolloutOffers(entry).mid(rowOffers(entry).size());
    m_offers = QList<RolloutOffer>(static_cast<qsizetype>(m_offerButtons.size()));
    qsizetype above = 0;
    qsizetype below = 2;
    for (const RolloutOffer &offer : all) {
        const bool everyday = offer.id == QStringLiteral("pause") || offer.id == QStringLiteral("restart");
        qsizetype &place = everyday ? below : above;
        if (place < (everyday ? m_offers.size() : 2))
            m_offers[place++] = offer;
    }
    QString why;
    for (size_t index = 0; index < m_offerButtons.size(); ++index) {
        Button *button = m_offerButtons[index];
        const RolloutOffer &offer = m_offers.at(static_cast<qsizetype>(index));
        const bool used = !offer.id.isEmpty();
        button->setVisible(used);
        if (!used)
            continue;
        const QString reason = offer.disabledReason.isEmpty() ? refusal : offer.disabledReason;
        button->setText(offer.text);
        button->setDisabledReason(reason);
        button->updateGeometry();
        if (why.isEmpty() && !reason.isEmpty())
            why = offer.disabledReason.isEmpty() ? reason : tr("%1: %2").arg(offer.text, reason);
    }
    if (why.isEmpty() && !entry.policy)
        why = tr("No policy is configured for it: there is none to export.");
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty());
    m_argo->setDisabledReason(entry.policy ? QString() : tr("no policy is configured for it"));
    m_flagger->setDisabledReason(entry.policy ? QString() : tr("no policy is configured for it"));
}

void RollbackSection::scaleEdited()
{
    if (!m_entry)
        return;
    const bool known = m_replicas->hasAcceptableInput();
    const RolloutOffer offer = scaleOffer(*m_entry->rollout, m_replicas->text().toInt());
    m_scale->setText(known ? offer.text : tr("Scale"));
    m_scale->updateGeometry();
    const QString why = !known                            ? tr("a number from 0 on")
                        : !offer.disabledReason.isEmpty() ? offer.disabledReason
                                                          : m_refusal;
    m_scale->setDisabledReason(why);
    m_scaleWhy->setText(why.isEmpty() ? QString() : tr("%1: %2").arg(m_scale->text(), why));
    m_scaleWhy->setVisible(!why.isEmpty());
}

void RollbackSection::setGuard(const RolloutEntry &entry, Instant now)
{
    const std::optional<RolloutGuard> &guard = entry.guard;
    using State = RolloutGuard::State;
    const bool armed = guard && guard->state != State::Disarmed;
    m_guard->setText(!armed                            ? tr("Arm on this laptop")
                     : guard->state == State::Counting ? tr("Stop it")
                                                       : tr("Disarm"));
    m_guard->setKind(armed && guard->state == State::Counting ? Button::Kind::Danger : Button::Kind::Normal);
    m_guard->setCompact(true);
    m_guard->setDisabledReason(armed || entry.rollout->isUpdating() ? QString() : tr("nothing rolls out"));
    m_guard->updateGeometry();
    if (!guard) {
        m_guardState->setState(StateGlyph::Unknown,
                               entry.rollout->isUpdating() ? tr("It is off") : tr("It is off: nothing rolls out"),
                               Role::Muted);
        return;
    }
    const QString words = plainLine(guard->words, 160);
    switch (guard->state) {
    case State::Armed:
        m_guardState->setState(
            StateGlyph::Info,
            tr("Armed since %1 by %2").arg(utcShortTimeText(guard->armedAt), plainLine(guard->armedBy, 40)));
        break;
    case State::Counting: {
        const Duration left = guard->actsAt ? std::max(*guard->actsAt - now, Duration(0)) : Duration(0);
        m_guardState->setState(StateGlyph::Critical, tr("Rolls back in %1: %2").arg(durationText(left), words));
        break;
    }
    case State::Holding:
        m_guardState->setState(StateGlyph::Warning, tr("Holds: %1").arg(words));
        break;
    case State::Acting:
        m_guardState->setState(StateGlyph::Info, tr("Rolling back: %1").arg(words));
        break;
    case State::Disarmed:
        m_guardState->setState(StateGlyph::Unknown, tr("Disarmed: %1").arg(words));
        break;
    }
}

void RollbackSection::setHistory(const RolloutEntry &entry, const std::vector<ClusterEvent> &events,
                                 const QString &refusal, Instant now)
{
    const QList<RunRow> all = historyRows(entry, events, refusal, now);
    m_all->setText(m_showAll ? tr("fewer") : tr("all %1").arg(all.size()));
    m_all->setVisible(all.size() > fewRevisions);
    m_all->updateGeometry();
    m_history->setRows(m_showAll ? all : shortHistory(all, fewRevisions));
}

void RollbackSection::setPods(const Rollout &rollout, Instant now)
{
    m_pods->setRows(podRows(rollout, now));
    m_podCount->setRuns({{QStringLiteral("%1/%2").arg(rollout.readyReplicas).arg(rollout.desiredReplicas),
                          FontRole::Mono12, Role::Text},
                         {tr(" ready"), FontRole::Row12, Role::Muted}});
}

} // namespace cockpit
