// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cockpit/session.h"
#include "app/desktop/connectivity_frame.h"
#include "app/desktop/incident_frame.h"
#include "ui/frame/main_window.h"
#include "ui/theme/theme.h"

#include <QObject>

#include <memory>

namespace cockpit {

/// The window on one session: its pages, its commands, and what pages ask of the desktop.
class WindowSession : public QObject {
    Q_OBJECT
public:
    WindowSession(Session &session, Theme &theme, QObject *parent = nullptr);
    ~WindowSession() override;

    MainWindow &window() { return *m_window; }
    /// Breakers or feature flags are configured.
    bool hasBreakersPage() const;
    /// The theme that was chosen last, from the store.
    void restoreTheme();

private:
    void addPages();
    void addCommands();
    void connectRequests();
    void showNotice(const QString &words, StateGlyph glyph);
    void refreshFrame();
    void refreshRolloutBadge();
    void connectBreakers();
    void refreshBreakerBadge();
    void refreshHeldBanner();
    void showLoudestOverride();
    void retry(const QString &sourceName);
    void openLink(const QString &url);
    void chooseTheme(const QString &name);

    Session &m_session;
    Cockpit &m_cockpit;
    Theme &m_theme;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<IncidentFrame> m_incidents;
    std::unique_ptr<ConnectivityFrame> m_connectivity;
};

} // namespace cockpit
