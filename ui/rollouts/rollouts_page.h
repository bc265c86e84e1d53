// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/ids.h"
#include "ui/rollouts/rollout_rows.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

class QStackedWidget;
class QTimer;

namespace cockpit {

class Banner;
class Button;
class GlyphLabel;
class RolloutDetail;
class RolloutHead;
class RolloutList;
class RunLabel;
class SegmentedControl;

/// The Rollouts page: every rollout of every context in one list, what needs a hand first; the selected one below with
/// charts, verdict, what a rollback would do and its history.
class RolloutsPage : public QWidget {
    Q_OBJECT
public:
    RolloutsPage(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    /// Selects that rollout, also when the filter hides it, and now or as soon as it is known.
    void selectRollout(const ObjectKey &key);
    RolloutList *list() const { return m_list; }
    RolloutDetail *detail() const { return m_detail; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeHeader();
    QWidget *makeEmpty();
    void connectModels();
    void registerCommands();
    void refresh();
    void refreshHeader();
    void refreshGuardBanner();
    void refreshEmpty();
    void selectionMoved();
    void askOffer(const ObjectKey &key, const QString &offer, bool byKey);
    void layOutList();

    CockpitModels &m_models;
    Theme &m_theme;
    RolloutRows *m_rows;
    RolloutHead *m_head;
    RolloutList *m_list;
    RolloutDetail *m_detail;
    RunLabel *m_counts = nullptr;
    SegmentedControl *m_filter = nullptr;
    Banner *m_guard;
    QStackedWidget *m_body;
    GlyphLabel *m_empty = nullptr;
    RunLabel *m_emptyNext = nullptr;
    Button *m_showAll = nullptr;
    QTimer *m_pause;
    std::optional<ObjectKey> m_wanted{};
    std::optional<ObjectKey> m_guarded{};
    RolloutRows::Filter m_shown = RolloutRows::Filter::Active;
    bool m_active = false;
};

} // namespace cockpit
