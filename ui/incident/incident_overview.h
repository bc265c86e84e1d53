// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident.h"
#include "models/items/cockpit_models.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace cockpit {

class Button;
class DeclareStrip;
class GlyphLabel;
class PlainLabel;
class RunTable;

/// All incidents: calm when none is open, the way to declare one, those that were, and the figures over 30 days.
class IncidentOverview : public QWidget {
    Q_OBJECT
public:
    IncidentOverview(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    void refresh();
    DeclareStrip *strip() const { return m_strip; }

Q_SIGNALS:
    void chosen(const cockpit::IncidentId &id);

private:
    void refreshState();
    void refreshFigures();
    void refreshList();

    CockpitModels &m_models;
    GlyphLabel *m_state;
    PlainLabel *m_words;
    Button *m_declare;
    DeclareStrip *m_strip;
    RunTable *m_figures;
    RunTable *m_list;
    PlainLabel *m_more;
};

} // namespace cockpit
