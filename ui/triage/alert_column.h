// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/alert_list_model.h"
#include "models/items/cockpit_models.h"
#include "ui/theme/theme.h"

#include <QHash>
#include <QWidget>

#include <array>

class QTimer;
class QVBoxLayout;

namespace cockpit {

class AlertListView;
class Banner;
class CounterButton;
class ElidedLabel;
class SearchField;

/// The left column: counters that filter, the filter field, a banner for each source that does not answer, the list.
class AlertColumn : public QWidget {
    Q_OBJECT
public:
    AlertColumn(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    AlertListView *list() const { return m_list; }
    void focusFilter();
    /// Counters, banners and ages, from the models as they are now.
    void refresh();

private:
    QWidget *makeCounters();
    void askForRows();
    void setScope(AlertScope scope);
    void refreshCounters();
    void refreshBanners();
    /// `sourceBanner`: one for a source stands already, which says more.
    void refreshDoubt(bool sourceBanner);
    void refreshTruth();
    /// Why the list is empty; of the firing ones only where a filter hides them: calm has to be proven.
    void refreshEmpty();

    CockpitModels &m_models;
    Theme &m_theme;
    std::array<CounterButton *, 3> m_counters{};
    SearchField *m_filter = nullptr;
    QVBoxLayout *m_bannerPlace = nullptr;
    QHash<SourceId, Banner *> m_banners{};
    Banner *m_doubt = nullptr; ///< nothing is shown, and calm is not proven
    ElidedLabel *m_empty = nullptr; ///< in the list's place while it has no row
    AlertListView *m_list = nullptr;
    AlertScope m_scope = AlertScope::Firing;
    QTimer *m_typing = nullptr;
};

} // namespace cockpit
