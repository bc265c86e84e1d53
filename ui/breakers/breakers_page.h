// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/breaker.h"
#include "models/feature_flag.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

class QStackedWidget;
class QTimer;

namespace cockpit {

class BreakerDetail;
class BreakerGrid;
class BreakerMatrix;
class BreakerSide;
class GlyphLabel;
class RunLabel;

/// The Breakers page: the matrix of callers and dependencies, the selected breaker under it, and at the right who is
/// degraded because of whom, which fallbacks serve, flags and capacity.
class BreakersPage : public QWidget {
    Q_OBJECT
public:
    BreakersPage(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    /// Now or as soon as it is known.
    void selectBreaker(const BreakerKey &key);
    void selectFlag(const FlagKey &key);
    BreakerMatrix *matrix() const { return m_matrix; }
    BreakerDetail *detail() const { return m_detail; }
    BreakerSide *side() const { return m_side; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeHeader();
    QWidget *makeLeft();
    void connectModels();
    void registerCommands();
    void refresh();
    void refreshHeader();
    void refreshEmpty();
    void layOut();

    CockpitModels &m_models;
    Theme &m_theme;
    BreakerGrid *m_grid;
    BreakerMatrix *m_matrix;
    BreakerDetail *m_detail;
    BreakerSide *m_side;
    RunLabel *m_counts = nullptr;
    QStackedWidget *m_left = nullptr;
    GlyphLabel *m_empty = nullptr;
    RunLabel *m_emptyNext = nullptr;
    QTimer *m_pause;
    std::optional<BreakerKey> m_wanted{};
    bool m_chosen = false; ///< a person chose the cell: the worst one no longer takes the selection
    bool m_active = false;
};

} // namespace cockpit
