// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/main_window.h"

#include "models/items/command_registry.h"
#include "models/items/source_roles.h"
#include "ui/frame/activity_page.h"
#include "ui/frame/event_strip.h"
#include "ui/frame/key_bindings.h"
#include "ui/frame/key_sheet.h"
#include "ui/frame/source_words.h"
#include "ui/frame/top_bar.h"

#include <QAbstractItemModel>
#include <QKeyEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace cockpit {

MainWindow::MainWindow(Theme &theme, const FrameModels &models, QWidget *parent)
    : QMainWindow(parent), m_theme(theme), m_models(models),
      m_topBar(new TopBar(theme, models.sources, models.time, this)), m_rail(new NavigationRail(theme, this)),
      m_sourceDetails(new Banner(theme, this)), m_banner(new Banner(theme, this)),
      m_held(new Banner(theme, this)), m_reminder(new Banner(theme, this)), m_bannerPlace(new QWidget(this)),
      m_stack(new QStackedWidget(this)), m_eventStrip(new EventStrip(theme, models.activity, this))
{
    setWindowTitle(tr("dt-cockpit"));
    buildLayout();
    m_pages.append({QStringLiteral("activity"),
                    [this](QWidget *owner) { return new ActivityPage(m_theme, m_models.activity, owner); }});
    m_pages.append({QStringLiteral("keys"),
                    [this](QWidget *owner) { return new KeySheet(m_theme, m_models.commands, owner); }});
    m_rail->addItem(QStringLiteral("keys"), Icon::Keyboard, tr("Keys ?"), true);
    connectParts();
    addFrameCommands();
    new KeyBindings(models.commands, *this);
}

void MainWindow::buildLayout()
{
    auto *central = new Panel(m_theme, Role::Surface, {}, this);
    auto *rows = new QVBoxLayout(central);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    m_topBar->setFixedHeight(m_theme.px(44));
    rows->addWidget(m_topBar);
    auto *banners = new QVBoxLayout(m_bannerPlace);
    banners->setContentsMargins(m_theme.px(12), m_theme.px(8), m_theme.px(12), m_theme.px(8));
    banners->setSpacing(m_theme.px(8));
    banners->addWidget(m_sourceDetails);
    banners->addWidget(m_reminder);
    banners->addWidget(m_held);
    banners->addWidget(m_banner);
    for (QWidget *widget : {static_cast<QWidget *>(m_sourceDetails), static_cast<QWidget *>(m_banner),
                            static_cast<QWidget *>(m_held), static_cast<QWidget *>(m_reminder), m_bannerPlace})
        widget->hide();
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    columns->addWidget(m_rail);
    auto *content = new QVBoxLayout;
    content->setSpacing(0);
    content->addWidget(m_bannerPlace);
    content->addWidget(m_stack, 1);
    columns->addLayout(content, 1);
    rows->addLayout(columns, 1);
    rows->addWidget(m_eventStrip);
    setCentralWidget(central);
}

void MainWindow::connectParts()
{
    connect(m_rail, &NavigationRail::pageClicked, this, [this](const QString &id) {
        m_rail->setCurrent(m_current);
        openPage(id);
    });
    connect(m_eventStrip, &EventStrip::clicked, this,
            [this] { openPage(QStringLiteral("activity")); });
    connect(m_topBar->pills(), &SourcePills::sourceClicked, this, &MainWindow::toggleSource);
    connect(m_sourceDetails, &Banner::actionRequested, this, [this] { Q_EMIT retryRequested(m_openSource); });
    connect(m_banner, &Banner::actionRequested, this, &MainWindow::bannerActionRequested);
    connect(m_held, &Banner::actionRequested, this, &MainWindow::heldBannerActionRequested);
    connect(m_reminder, &Banner::actionRequested, this, &MainWindow::reminderBannerActionRequested);
    connect(m_topBar->incident(), &IncidentChip::clicked, this, &MainWindow::incidentClicked);
    connect(&m_models.sources, &QAbstractItemModel::dataChanged, this, &MainWindow::refreshSource);
    connect(&m_models.sources, &QAbstractItemModel::modelReset, this, &MainWindow::refreshSource);
    connect(&m_models.sources, &QAbstractItemModel::rowsRemoved, this, &MainWindow::refreshSource);
    connect(&m_models.commands, &CommandRegistry::refused, this,
            [this](const QString &, const QString &reason) { m_eventStrip->showNotice(reason); });
    connect(&m_theme, &Theme::changed, this, [this] {
        m_topBar->setFixedHeight(m_theme.px(44));
        m_rail->setFixedWidth(m_theme.px(64));
    });
}

void MainWindow::addFrameCommands()
{
    const QString group = tr("Window");
    m_models.commands.add({QStringLiteral("page.activity"), tr("Open the activity log"), tr("Pages"), {}, {}}, {},
                          [this] { openPage(QStringLiteral("activity")); });
    m_models.commands.add({QStringLiteral("page.keys"), tr("Show the keys"), group, {QStringLiteral("?")}, {}}, {},
                          [this] { openPage(QStringLiteral("keys")); });
    m_models.commands.add({QStringLiteral("window.full-screen"), tr("Full screen on and off"), group,
                           {QStringLiteral("F11")}, {}},
                          {}, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
}

void MainWindow::setEnvironment(const EnvironmentView &environment)
{
    m_topBar->setEnvironment(environment);
    setWindowTitle(environment.name.isEmpty() ? tr("dt-cockpit") : tr("%1 - dt-cockpit").arg(environment.name));
}

void MainWindow::addPage(const QString &id, Icon icon, const QString &text, MakePage make, int number)
{
    m_pages.append({id, std::move(make)});
    m_rail->addItem(id, icon, text);
    ++m_railPages;
    QList<QString> keys;
    const int digit = number > 0 ? number : m_railPages;
    if (digit <= 9)
        keys.append(QStringLiteral("Ctrl+%1").arg(digit));
    m_models.commands.add({QStringLiteral("page.") + id, tr("Open %1").arg(text), tr("Pages"), keys, {}}, {},
                          [this, id] { openPage(id); });
    if (m_current.isEmpty())
        openPage(id);
}

QWidget *MainWindow::page(const QString &id)
{
    const auto entry = std::find_if(m_pages.begin(), m_pages.end(), [&id](const PageEntry &e) { return e.id == id; });
    if (entry == m_pages.end())
        return nullptr;
    if (!entry->widget) {
        entry->widget = entry->make(m_stack);
        m_stack->addWidget(entry->widget);
    }
    return entry->widget;
}

bool MainWindow::openPage(const QString &id)
{
    QWidget *widget = page(id);
    if (!widget)
        return false;
    m_current = id;
    m_stack->setCurrentWidget(widget);
    m_rail->setCurrent(id);
    // Keys go to the page; nothing is lit until the person moves with Tab.
    if (!focusWidget() || !widget->isAncestorOf(focusWidget()))
        widget->setFocus(Qt::OtherFocusReason);
    Q_EMIT pageOpened(id);
    return true;
}

void MainWindow::setBadge(const QString &id, int count, StateGlyph severity) { m_rail->setBadge(id, count, severity); }

void MainWindow::setNews(qint64 atMs, StateGlyph glyph, const QString &text) { m_eventStrip->setNews(atMs, glyph, text); }

void MainWindow::setBanner(const BannerView &view)
{
    m_banner->setView(view);
    m_banner->setVisible(!view.title.isEmpty());
    refreshBannerPlace();
}

void MainWindow::setHeldBanner(const BannerView &view)
{
    m_held->setView(view);
    m_held->setVisible(!view.title.isEmpty());
    refreshBannerPlace();
}

void MainWindow::setReminderBanner(const BannerView &view)
{
    m_reminder->setView(view);
    m_reminder->setVisible(!view.title.isEmpty());
    refreshBannerPlace();
}

void MainWindow::setConnectivity(StateGlyph glyph, const QString &title, const QString &details)
{
    m_topBar->setConnectivity(glyph, title, details);
}

void MainWindow::setIncident(const IncidentChipView &view) { m_topBar->incident()->setView(view); }

void MainWindow::refreshBannerPlace()
{
    const auto shown = [this](const Banner *one) { return one->isVisibleTo(m_bannerPlace); };
    m_bannerPlace->setVisible(shown(m_banner) || shown(m_held) || shown(m_reminder) || shown(m_sourceDetails));
}

void MainWindow::toggleSource(const QString &name)
{
    m_openSource = name == m_openSource ? QString() : name;
    m_topBar->pills()->setOpenSource(m_openSource);
    refreshSource();
}

void MainWindow::refreshSource()
{
    QModelIndex found;
    for (int row = 0; row < m_models.sources.rowCount() && !m_openSource.isEmpty(); ++row) {
        const QModelIndex source = m_models.sources.index(row, 0);
        if (source.data(SourceRoles::NameRole).toString() == m_openSource)
            found = source;
    }
    if (found.isValid())
        m_sourceDetails->setView(sourceBanner(found));
    else
        m_openSource.clear();
    m_sourceDetails->setVisible(found.isValid());
    refreshBannerPlace();
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_openSource.isEmpty()) {
        toggleSource(m_openSource);
        return;
    }
    QMainWindow::keyPressEvent(event);
}

} // namespace cockpit
