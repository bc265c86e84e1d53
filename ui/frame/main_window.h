// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/environment_tag.h"
#include "ui/frame/incident_chip.h"
#include "ui/frame/navigation_rail.h"
#include "ui/widgets/banner.h"

#include <QMainWindow>

#include <functional>

class QAbstractItemModel;
class QStackedWidget;

namespace cockpit {

class CommandRegistry;
class EventStrip;
class TimeModel;
class TopBar;

/// What the frame shows; not owned, never null.
struct FrameModels {
    const QAbstractItemModel &sources;  ///< SourceRoles
    const QAbstractItemModel &activity; ///< ActivityRoles, newest first
    const TimeModel &time;
    CommandRegistry &commands;
};

/// The window: top bar, rail, pages, event strip. It registers its own commands (pages by Ctrl+1…, keys by ?, full
/// screen by F11) and gives every command of the registry its keys.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// Makes a page when it is first opened.
    using MakePage = std::function<QWidget *(QWidget *parent)>;

    MainWindow(Theme &theme, const FrameModels &models, QWidget *parent = nullptr);
    void setEnvironment(const EnvironmentView &environment);

    /// The next page on the rail. Its key is Ctrl with `number`, so that a page keeps its key where others are missing;
    /// 0 takes its place on the rail. REQUIRES: the id is new.
    void addPage(const QString &id, Icon icon, const QString &text, MakePage make, int number = 0);
    /// Opens it; an unknown id changes nothing and answers false. "activity" and "keys" always exist.
    bool openPage(const QString &id);
    QString currentPage() const { return m_current; }
    /// The page's widget, made now when it was not opened before; null when unknown.
    QWidget *page(const QString &id);
    void setBadge(const QString &id, int count, StateGlyph severity);

    /// What happened to the fleet last, for the event strip.
    void setNews(qint64 atMs, StateGlyph glyph, const QString &text);

    /// A banner above the page, for what concerns all of them; an empty title takes it away.
    void setBanner(const BannerView &view);
    /// A second one, for what is held against the system's own will; an empty title takes it away.
    void setHeldBanner(const BannerView &view);
    /// A third one, for what the open incident asks of the person at the screen; an empty title takes it away.
    void setReminderBanner(const BannerView &view);
    /// How old the picture is, in the top bar (nothing moves below it); an empty title takes it away.
    void setConnectivity(StateGlyph glyph, const QString &title, const QString &details);
    /// The open incident in the top bar; an empty name takes it away.
    void setIncident(const IncidentChipView &view);

Q_SIGNALS:
    void pageOpened(const QString &id);
    /// By its name in the model of sources.
    void retryRequested(const QString &sourceName);
    void bannerActionRequested();
    void heldBannerActionRequested();
    void reminderBannerActionRequested();
    void incidentClicked();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct PageEntry { QString id; MakePage make; QWidget *widget = nullptr; };

    void buildLayout();
    void connectParts();
    void addFrameCommands();
    void toggleSource(const QString &name);
    void refreshSource();
    void refreshBannerPlace();

    Theme &m_theme;
    FrameModels m_models;
    TopBar *m_topBar;
    NavigationRail *m_rail;
    Banner *m_sourceDetails;
    Banner *m_banner;
    Banner *m_held;
    Banner *m_reminder;
    QWidget *m_bannerPlace;
    QStackedWidget *m_stack;
    EventStrip *m_eventStrip;
    QList<PageEntry> m_pages{};
    QString m_current{};
    QString m_openSource{};
    int m_railPages = 0;
};

} // namespace cockpit
