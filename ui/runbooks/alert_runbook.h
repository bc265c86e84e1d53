// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alert.h"
#include "models/items/cockpit_models.h"
#include "models/runbook_link.h"
#include "ui/theme/theme.h"

#include <QHash>
#include <QWidget>

#include <optional>

namespace cockpit {

class EscalationPanel;
class LinkStrip;
class RunbookBinding;
class RunbookHead;
class RunbookNotice;
class RunbookView;

/// The runbook of the alert that is selected: at its section, with its steps and the escalation clock; or why there is
/// none. Does nothing when nothing changed.
class AlertRunbook : public QWidget {
    Q_OBJECT
public:
    AlertRunbook(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    void setAlert(const Alert &alert);
    /// A document is shown; else only words take its place.
    bool hasRunbook() const;
    RunbookView *view() const { return m_view; }

Q_SIGNALS:
    void detailsRequested();
    /// hasRunbook() changed.
    void hasRunbookChanged();

private:
    void refresh();
    void showLink(const RunbookLink &link);
    void refreshHead();
    void refreshEscalation();
    void registerCommands();

    CockpitModels &m_models;
    RunbookHead *m_head;
    RunbookNotice *m_notice;
    RunbookView *m_view;
    LinkStrip *m_strip;
    EscalationPanel *m_escalation;
    RunbookBinding *m_binding;
    Alert m_alert{};
    std::optional<RunbookLink> m_link{};
    QHash<AlertKey, RunbookKey> m_chosen{}; ///< what a person chose among several
    bool m_known = false;
};

} // namespace cockpit
