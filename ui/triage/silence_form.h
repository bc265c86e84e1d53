// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "ui/widgets/themed_widget.h"

#include <optional>

class QLineEdit;
class QTimer;
class QVBoxLayout;

namespace cockpit {

class Button;
class PlainLabel;
class SegmentedControl;

/// What a person decides before a silence is planned: how long, why, and what it catches. A valid form asks for a plan
/// half a second after the last key, so that its checks preview what the matchers catch; Enter (or the button) opens
/// the strip. A refresh of the fleet never touches what is being typed.
class SilenceForm : public ThemedWidget {
    Q_OBJECT
public:
    explicit SilenceForm(const Theme &theme, QWidget *parent = nullptr);
    /// Starts over for that alert and takes the focus.
    void start(const Alert &alert, Instant now);
    void setNow(Instant now) { m_now = now; }
    /// Checks of the newest plan.
    void setPreview(const QList<Evidence> &checks);
    /// The silence as the form says; nothing while it is not valid.
    std::optional<SilenceAlerts> silence() const;
    QString reason() const;

Q_SIGNALS:
    /// Valid and changed: plan it for the preview.
    void previewRequested();
    /// Show the strip for it.
    void reviewRequested();
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void edited();
    void review();
    QString problem() const;
    Instant end() const;

    QString m_cluster{};
    Instant m_now{};
    SegmentedControl *m_length;
    QLineEdit *m_reason;
    QLineEdit *m_matchers;
    PlainLabel *m_problem;
    QVBoxLayout *m_preview;
    Button *m_review;
    QTimer *m_pause;
    QList<Evidence> m_shown{};
};

/// The matchers that a silence of this alert starts with: its name and its service label.
QString proposedMatchers(const Alert &alert);

} // namespace cockpit
