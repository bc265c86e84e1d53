// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "ui/services/service_charts.h"
#include "ui/services/service_order.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QStackedWidget;

namespace cockpit {

class GlyphLabel;
class PlainLabel;
class RunLabel;
class SegmentedControl;
class ServiceCard;
class ServiceDetail;
class ServiceTable;

/// The Services page: tiles for up to 24 services, a table for more, one service at full size.
class ServicesPage : public QWidget {
    Q_OBJECT
public:
    /// More services than this are shown as a table unless a person asks for tiles.
    static constexpr int tileLimit = 24;

    ServicesPage(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    /// Opens one service at full size.
    void openService(const ServiceId &service);
    void closeService();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeHeader();
    QWidget *makeGrid();
    void connectModels();
    void refresh();
    void refreshHeader();
    void refreshTiles();
    void layOutTiles();
    void showBody();
    void subscribe();
    bool showsTable() const;

    CockpitModels &m_models;
    Theme &m_theme;
    ServiceSort m_sort = ServiceSort::Pain;
    Duration m_range{std::chrono::hours(1)};
    bool m_layoutChosen = false;
    bool m_table = false;
    bool m_active = false;
    RunLabel *m_counts = nullptr;
    SegmentedControl *m_layoutChoice = nullptr;
    QStackedWidget *m_body = nullptr;
    QGridLayout *m_grid = nullptr;
    std::vector<ServiceCard *> m_cards{};
    int m_columns = 0;
    ServiceTable *m_tableView = nullptr;
    ServiceDetail *m_detail = nullptr;
    GlyphLabel *m_empty = nullptr;
    ChartSubscription *m_sparklines = nullptr;
};

} // namespace cockpit
