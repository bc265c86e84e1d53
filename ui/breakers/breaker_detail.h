// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/breaker_store.h"
#include "models/items/cockpit_models.h"
#include "ui/charts/chart_view.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace cockpit {

class ActionPlace;
class BreakerCharts;
class GlyphLabel;
class OverrideForm;
class RunLabel;
class RunTable;

/// The selected breaker: its charts at the left; override, transitions and pods at the right; the strip under both.
class BreakerDetail : public QWidget {
    Q_OBJECT
public:
    BreakerDetail(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    /// Null shows nothing.
    void setBreaker(BreakerPtr breaker);
    void refresh();
    /// The key B: opens the strip for what the form says, or goes to what is missing in the form.
    void askByKey();
    /// Why nothing can be asked for; empty when it can.
    QString refusal() const;
    ActionPlace *place() const { return m_place; }
    OverrideForm *form() const { return m_form; }

private:
    QWidget *makeRight();
    void ask(const ActionIntent &intent, const QString &reason, bool byKey);
    void refreshTables(const Breaker &breaker);
    QList<ChartMarker> markers(const Breaker &breaker) const;
    QString sourceRefusal(const Breaker &breaker) const;
    QString suggestedReason(const Breaker &breaker) const;

    CockpitModels &m_models;
    Theme &m_theme;
    GlyphLabel *m_title;
    RunLabel *m_trial;
    BreakerCharts *m_charts;
    OverrideForm *m_form;
    RunTable *m_transitions;
    RunTable *m_pods;
    QWidget *m_tables = nullptr;
    QWidget *m_transitionPart = nullptr;
    QWidget *m_podPart = nullptr;
    ActionPlace *m_place;
    BreakerPtr m_breaker{};
};

} // namespace cockpit
