// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "ui/incident/timeline_rows.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace cockpit {

class Button;
class EntryDetail;
class EntryForm;
class RunLabel;
class SegmentedControl;
class TimelineView;

/// The middle of the Incident page: what happened, newest first, a field that writes a note, and the whole of the entry
/// that is selected.
class TimelinePanel : public QWidget {
    Q_OBJECT
public:
    TimelinePanel(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    void setIncident(const IncidentPtr &incident);
    void focusNote();
    TimelineView *view() const { return m_view; }
    EntryDetail *detail() const { return m_detail; }
    QLineEdit *noteField() const { return m_note; }
    EntryForm *form() const { return m_form; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeHead(QVBoxLayout &rows);
    void refresh();
    void saveNote();
    void openReport();
    void attachClipboard();
    void attach(const QString &name, const QString &mediaType, const QByteArray &bytes);

    CockpitModels &m_models;
    const Theme &m_theme;
    TimelineRows *m_rows;
    RunLabel *m_head = nullptr;
    SegmentedControl *m_filter = nullptr;
    QLineEdit *m_note = nullptr;
    EntryForm *m_form;
    TimelineView *m_view;
    EntryDetail *m_detail;
    IncidentPtr m_incident{};
};

} // namespace cockpit
