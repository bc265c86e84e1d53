// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/ids.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

class QStackedWidget;
class QTimer;

namespace cockpit {

class AlertCenter;
class AlertColumn;
class AlertSide;
class CalmView;

/// The Triage page: what burns, the service now, and its runbook. 340 | 562 | 400 px on a laptop,
/// 380 | 996 | 480 at 1920, in between by width; with nothing firing 340 | 962.
class TriagePage : public QWidget {
    Q_OBJECT
public:
    TriagePage(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    void selectAlert(const AlertKey &key);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void connectModels();
    void registerCommands();
    void refresh();
    void selectionChanged();
    void layOutColumns();
    void showDetail(bool detail);

    CockpitModels &m_models;
    Theme &m_theme;
    AlertColumn *m_column;
    AlertCenter *m_center;
    AlertSide *m_side;
    CalmView *m_calm;
    QStackedWidget *m_middle;
    QTimer *m_rolloutPause;
    std::optional<AlertKey> m_wanted{}; ///< asked for and not in the list yet
    bool m_active = false;
    bool m_refreshing = false;
};

} // namespace cockpit
