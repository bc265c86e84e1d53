// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/incident.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace cockpit {

class Button;
class EntryForm;
class GlyphLabel;
class RunLabel;
class RunbookView;

/// The whole postmortem to read, with what a person has to write beside it, and its ways out: Markdown, HTML, PDF.
class PostmortemReader : public QWidget {
    Q_OBJECT
public:
    PostmortemReader(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    void setIncident(const IncidentPtr &incident);
    RunbookView *view() const { return m_view; }
    EntryForm *form() const { return m_form; }

Q_SIGNALS:
    void backRequested();

private:
    QWidget *makeHead();
    QWidget *makeSide();
    void exportAs(const QString &format);
    void exported(const QString &path, const QString &problem);

    CockpitModels &m_models;
    const Theme &m_theme;
    RunLabel *m_title = nullptr;
    RunbookView *m_view;
    EntryForm *m_form;
    GlyphLabel *m_outcome = nullptr;
    IncidentPtr m_incident{};
    QString m_waiting{}; ///< the file that is being written
};

} // namespace cockpit
