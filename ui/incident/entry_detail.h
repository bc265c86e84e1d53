// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "ui/incident/timeline_rows.h"
#include "ui/widgets/card.h"

class QPlainTextEdit;

namespace cockpit {

class Button;
class EntryForm;
class PlainLabel;

/// A picture from an attachment, never larger than its place; painted, not loaded from anywhere.
class PictureView : public ThemedWidget {
    Q_OBJECT
public:
    explicit PictureView(const Theme &theme, QWidget *parent = nullptr);
    void setPicture(const QImage &picture);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QImage m_picture{};
};

/// The whole of one entry: times in UTC and local, source, all its words, what it said first, its picture; and the way
/// to correct it.
class EntryDetail : public Panel {
    Q_OBJECT
public:
    EntryDetail(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    /// Shows it; a correction that is being typed keeps its entry.
    void setEntry(const IncidentPtr &incident, const TimelineRows &rows, const IncidentEntry &entry);
    void close();
    /// Opens the form that says it anew.
    void correct();
    EntryForm *form() const { return m_form; }
    /// "What it says" as shown, for tests.
    QString text() const;

private:
    void showAttachment(const IncidentEntry &entry);

    CockpitModels &m_models;
    PlainLabel *m_when;
    PlainLabel *m_original;
    QPlainTextEdit *m_text;
    PictureView *m_picture;
    EntryForm *m_form;
    Button *m_correct;
    Button *m_copy;
    EntryId m_id{};
    IncidentId m_incident{};
    QString m_line{};
    Instant m_at{};
};

} // namespace cockpit
