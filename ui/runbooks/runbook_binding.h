// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/runbook_link.h"
#include "ui/theme/theme.h"

#include <QObject>

namespace cockpit {

class LinkStrip;
class RunbookView;

/// What an alert gives to the placeholders of a runbook: its labels, and where its service runs.
RunbookFilling fillingOf(const Alert &alert, const CockpitModels &models);

/// Ties a view to the models: ticks of one occasion, queries, links, action blocks; says what happened in its strip.
class RunbookBinding : public QObject {
    Q_OBJECT
public:
    RunbookBinding(CockpitModels &models, const Theme &theme, RunbookView &view, LinkStrip &strip);
    /// Shows that section on that occasion, "reading" when no alert is meant. Does nothing when it is shown already.
    /// Answers whether it is another document or section than before.
    bool show(const RunbookPtr &runbook, const QString &slug, const QString &occasion, const RunbookFilling &filling);
    void clear();
    const QString &occasion() const { return m_occasion; }

Q_SIGNALS:
    /// Ticks came in, or another document is shown.
    void progressChanged();
    /// A link leads to a heading that is not in what is shown: open the whole document there.
    void sectionAsked(const QString &slug);

private:
    void followLink(const QString &link);
    void emitTick(int step, RunbookTick::State state, const QString &reason);
    void readTicks();

    CockpitModels &m_models;
    const Theme &m_theme;
    RunbookView &m_view;
    LinkStrip &m_strip;
    QString m_occasion{};
    QString m_slug{};
    RunbookFilling m_filling{};
};

} // namespace cockpit
