// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/items/rollout_store.h"
#include "ui/rollouts/rollout_offers.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

class QLineEdit;

namespace cockpit {

class Button;
class GlyphLabel;
class PlainLabel;
class PlanLines;
class RunLabel;
class RunTable;

/// The right column of the selected rollout: what a rollback would do (planned and dry run, never sent by itself), the
/// other actions, the guard, revisions and pods.
class RollbackSection : public QWidget {
    Q_OBJECT
public:
    explicit RollbackSection(const Theme &theme, QWidget *parent = nullptr);
    /// `refusal`: why no action works now; empty when they do.
    void setEntry(const RolloutEntry &entry, const std::vector<ClusterEvent> &events, const QString &refusal,
                  Instant now);
    /// The plan of its rollback; null while there is none.
    void setPlan(const ActionRecord *record);
    /// The guard was refused, or something could not be exported: in words, beside its button.
    void setNote(const QString &words);

Q_SIGNALS:
    void offerRequested(const cockpit::RolloutOffer &offer);
    void exportRequested(const QString &engine);
    void guardRequested(bool arm);
    /// Shows all revisions, or a few again: set the entry anew.
    void historyToggled();

private:
    QWidget *makeActions();
    QWidget *makeMoreActions();
    Button *addOfferButton();
    void setOffers(const RolloutEntry &entry, const QString &refusal);
    void setGuard(const RolloutEntry &entry, Instant now);
    void setHistory(const RolloutEntry &entry, const std::vector<ClusterEvent> &events, const QString &refusal,
                    Instant now);
    void setPods(const Rollout &rollout, Instant now);
    void scaleEdited();

    const Theme &m_theme;
    RunLabel *m_planned;
    PlanLines *m_plan;
    QWidget *m_more = nullptr;
    std::vector<Button *> m_offerButtons{};
    QList<RolloutOffer> m_offers{};
    PlainLabel *m_why;
    PlainLabel *m_scaleWhy;
    QLineEdit *m_replicas = nullptr;
    Button *m_scale = nullptr;

    Button *m_argo = nullptr;
    Button *m_flagger = nullptr;
    PlainLabel *m_note;
    GlyphLabel *m_guardState;
    Button *m_guard;
    Button *m_all;
    RunTable *m_history;
    RunTable *m_pods;
    RunLabel *m_podCount;
    std::optional<RolloutEntry> m_entry{};
    QString m_refusal{};
    bool m_showAll = false;
};

} // namespace cockpit
