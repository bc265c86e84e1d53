// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alert.h"
#include "ui/triage/alert_words.h"
#include "ui/widgets/themed_widget.h"

namespace cockpit {

class Button;
class Chip;
class ElidedLabel;
class GlyphLabel;
class PlainLabel;
class RunLabel;

/// What the alert is, in 92 px: name, severity, priority, since when; summary and meaning; Acknowledge and Silence with
/// the reason beside them when they cannot work.
class AlertHead : public ThemedWidget {
    Q_OBJECT
public:
    explicit AlertHead(const Theme &theme, QWidget *parent = nullptr);
    void setAlert(const Alert &alert, const AlertFreshness &freshness, Instant now);
    /// Why acknowledging or silencing cannot work now; empty when it can.
    QString acknowledgeRefusal() const { return m_acknowledgeRefusal; }
    QString silenceRefusal() const { return m_silenceRefusal; }
    /// The buttons' outline while their strip is open.
    void setArmed(bool acknowledge, bool silence);
    /// The incident that this alert belongs to, by name; empty = none, and one can be declared.
    void setIncident(const QString &name);

Q_SIGNALS:
    /// By a click; keys come from the page.
    void acknowledgeRequested();
    void silenceRequested();
    /// Declare one, or open the one it belongs to.
    void incidentRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeTitleRow();
    QWidget *makeBody();
    /// The second line gives way where the summary needs two.
    void fitLines();
    void refreshButtons(const Alert &alert, const QString &refusal);

    GlyphLabel *m_name;
    Chip *m_severity;
    Chip *m_priority;
    RunLabel *m_since;
    ElidedLabel *m_summary;
    ElidedLabel *m_meaning;
    Button *m_acknowledge;
    Button *m_silence;
    Button *m_incident;
    PlainLabel *m_reason;
    QString m_acknowledgeRefusal{};
    QString m_silenceRefusal{};
};

} // namespace cockpit
