// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window_session.h"

#include "app/desktop/override_banner.h"
#include "models/fleet_news.h"
#include "ui/breakers/breakers_page.h"
#include "ui/review/review_page.h"
#include "ui/rollouts/rollouts_page.h"
#include "ui/runbooks/runbooks_page.h"
#include "ui/services/services_page.h"
#include "ui/triage/triage_page.h"

#include <QDesktopServices>
#include <QPointer>
#include <QUrl>

#include <algorithm>

namespace cockpit {

namespace {

EnvironmentView environmentView(const Configuration &configuration)
{
    EnvironmentView view{.name = configuration.environment.name};
    switch (configuration.environment.kind) {
    case EnvironmentConfig::Kind::Production: view.kind = EnvironmentView::Kind::Production; break;
    case EnvironmentConfig::Kind::Staging: view.kind = EnvironmentView::Kind::Staging; break;
    case EnvironmentConfig::Kind::Demo: view.kind = EnvironmentView::Kind::Demo; break;
    }
    QStringList clusters;
    for (const AlertmanagerConfig &config : configuration.alertmanagers) {
        if (!clusters.contains(config.cluster))
            clusters.append(config.cluster);
    }
    view.location = clusters.join(QStringLiteral(", "));
    return view;
}

const QString themeSetting = QStringLiteral("theme");

} // namespace

WindowSession::WindowSession(Session &session, Theme &theme, QObject *parent)
    : QObject(parent), m_session(session), m_cockpit(session.cockpit()), m_theme(theme)
{
    CockpitModels &models = m_cockpit.models();
    m_window = std::make_unique<MainWindow>(
        theme, FrameModels{.sources = models.sources, .activity = models.activity, .time = models.time, .commands = models.commands});
    m_window->setEnvironment(environmentView(m_cockpit.configuration()));
    m_window->setWindowTitle(m_cockpit.configuration().environment.name + QStringLiteral(" – Dark Tower Cockpit"));
    addPages();
    addCommands();
    connectRequests();
    m_connectivity = std::make_unique<ConnectivityFrame>(m_cockpit, *m_window);
    m_cockpit.overrides().runOn();
    m_window->openPage(QStringLiteral("triage"));
    refreshFrame();
}

WindowSession::~WindowSession() = default;

void WindowSession::addPages()
{
    m_window->addPage(QStringLiteral("triage"), Icon::Activity, tr("Triage"), [this](QWidget *parent) {
        return new TriagePage(m_cockpit.models(), m_theme, parent);
    });
    m_window->addPage(QStringLiteral("services"), Icon::Grid, tr("Services"), [this](QWidget *parent) {
        return new ServicesPage(m_cockpit.models(), m_theme, parent);
    });
    if (m_cockpit.configuration().kubernetes) {
        m_window->addPage(QStringLiteral("rollouts"), Icon::Steps, tr("Rollouts"), [this](QWidget *parent) {
            return new RolloutsPage(m_cockpit.models(), m_theme, parent);
        });
    }
    if (hasBreakersPage()) {
        m_window->addPage(QStringLiteral("breakers"), Icon::Breaker, tr("Breakers"), [this](QWidget *parent) {
            return new BreakersPage(m_cockpit.models(), m_theme, parent);
        }, 4);
    }
    m_window->addPage(QStringLiteral("runbooks"), Icon::Book, tr("Runbooks"), [this](QWidget *parent) {
        return new RunbooksPage(m_cockpit.models(), m_theme, parent);
    }, 5);
    m_cockpit.models().incidents.setPerson(m_cockpit.actor());
    m_incidents = std::make_unique<IncidentFrame>(m_cockpit.models(), *m_window, m_theme);
    m_incidents->addPage();
    m_window->addPage(QStringLiteral("review"), Icon::Bars, tr("Review"), [this](QWidget *parent) {
        return new ReviewPage(m_cockpit.models(), m_theme, parent);
    }, 7);
}

void WindowSession::addCommands()
{
    CommandRegistry &commands = m_cockpit.models().commands;
    const auto always = [] { return QString(); };
    for (const auto &[name, text] : {std::pair{QStringLiteral("night"), tr("Night theme")},
                                     std::pair{QStringLiteral("day"), tr("Day theme")},
                                     std::pair{QStringLiteral("contrast"), tr("High contrast theme")}}) {
        commands.add({QStringLiteral("theme.") + name, text, tr("Window"), {}}, always,
                     [this, name = name] { chooseTheme(name); });
    }
    for (const auto &[id, text, key, factor] :
         {std::tuple{QStringLiteral("scale.larger"), tr("Larger"), QStringLiteral("Ctrl++"), 1.1},
          std::tuple{QStringLiteral("scale.smaller"), tr("Smaller"), QStringLiteral("Ctrl+-"), 1.0 / 1.1},
          std::tuple{QStringLiteral("scale.normal"), tr("Normal size"), QStringLiteral("Ctrl+0"), 0.0}}) {
        commands.add({id, text, tr("Window"), {key}}, always, [this, factor = factor] {
            m_theme.setScale(factor == 0.0 ? 1.0 : m_theme.scale() * factor);
        });
    }
    commands.add({QStringLiteral("sources.retry"), tr("Ask all sources now"), tr("Window"), {QStringLiteral("F5")}}, always,
                 [this] { m_cockpit.retryAll(); });
}

void WindowSession::connectRequests()
{
    Requests &requests = m_cockpit.models().requests;
    connect(&requests, &Requests::pageRequested, m_window.get(), &MainWindow::openPage);
    connect(&requests, &Requests::linkRequested, this, &WindowSession::openLink);
    connect(&requests, &Requests::themeRequested, this, &WindowSession::chooseTheme);
    connect(&requests, &Requests::alertRequested, this, [this](const AlertKey &key) {
        m_window->openPage(QStringLiteral("triage"));
        if (auto *triage = qobject_cast<TriagePage *>(m_window->page(QStringLiteral("triage"))))
            triage->selectAlert(key);
    });
    connect(&requests, &Requests::serviceRequested, this, [this](const ServiceId &service) {
        m_window->openPage(QStringLiteral("services"));
        if (auto *services = qobject_cast<ServicesPage *>(m_window->page(QStringLiteral("services"))))
            services->openService(service);
    });
    connect(&requests, &Requests::rolloutRequested, this, [this](const ObjectKey &object) {
        m_window->openPage(QStringLiteral("rollouts"));
        if (auto *rollouts = qobject_cast<RolloutsPage *>(m_window->page(QStringLiteral("rollouts"))))
            rollouts->selectRollout(object);
    });
    connectBreakers();
    connect(&requests, &Requests::runbookRequested, this, [this](const RunbookKey &runbook, const QString &slug) {
        m_window->openPage(QStringLiteral("runbooks"));
        if (auto *runbooks = qobject_cast<RunbooksPage *>(m_window->page(QStringLiteral("runbooks"))))
            runbooks->openRunbook(runbook, slug);
    });
    connect(m_window.get(), &MainWindow::retryRequested, this, &WindowSession::retry);
    connect(m_window.get(), &MainWindow::bannerActionRequested, this, [this] { m_window->setBanner({}); });
    connect(&m_cockpit, &Cockpit::fleetChanged, this, &WindowSession::refreshFrame);
    connect(&m_cockpit.rollouts(), &RolloutStore::changed, this, &WindowSession::refreshRolloutBadge);
    connect(&m_cockpit, &Cockpit::noticed, this,
            [this](const QString &words) { showNotice(words, StateGlyph::Warning); });
    connect(&m_session, &Session::demoEnded, this, [this](const QString &words) {
        showNotice(tr("The demo world has ended; nothing new will come. ") + words, StateGlyph::Critical);
    });
}

bool WindowSession::hasBreakersPage() const
{
    return !m_cockpit.configuration().breakers.isEmpty() || !m_cockpit.configuration().flags.isEmpty();
}

void WindowSession::connectBreakers()
{
    const auto openBreakers = [this] {
        m_window->openPage(QStringLiteral("breakers"));
        return qobject_cast<BreakersPage *>(m_window->page(QStringLiteral("breakers")));
    };
    CockpitModels &models = m_cockpit.models();
    connect(&models.requests, &Requests::breakerRequested, this, [openBreakers](const BreakerKey &key) {
        if (BreakersPage *breakers = openBreakers())
            breakers->selectBreaker(key);
    });
    connect(&models.requests, &Requests::flagRequested, this, [openBreakers](const FlagKey &key) {
        if (BreakersPage *breakers = openBreakers())
            breakers->selectFlag(key);
    });
    connect(&models.breakers, &BreakerStore::breakersChanged, this, &WindowSession::refreshBreakerBadge);
    connect(&models.breakers, &BreakerStore::overridesChanged, this, &WindowSession::refreshHeldBanner);
    connect(&models.time, &TimeModel::ticked, this, &WindowSession::refreshHeldBanner);
    connect(m_window.get(), &MainWindow::heldBannerActionRequested, this, &WindowSession::showLoudestOverride);
}

void WindowSession::refreshHeldBanner()
{
    const CockpitModels &models = m_cockpit.models();
    m_window->setHeldBanner(overrideBanner(models.breakers.overrides(), models.time.now()));
}

void WindowSession::showLoudestOverride()
{
    const CockpitModels &models = m_cockpit.models();
    const Override *one = loudestOverride(models.breakers.overrides(), models.time.now());
    if (!one)
        return;
    const auto *reset = one->revert ? std::get_if<ResetBreaker>(&*one->revert) : nullptr;
    const auto *flag = one->revert ? std::get_if<SetFlag>(&*one->revert) : nullptr;
    if (reset)
        Q_EMIT models.requests.breakerRequested(reset->breaker);
    else if (flag)
        Q_EMIT models.requests.flagRequested(flag->flag);
    else
        m_window->openPage(QStringLiteral("breakers"));
}

void WindowSession::refreshBreakerBadge()
{
    int open = 0;
    int others = 0;
    for (const BreakerPtr &one : m_cockpit.models().breakers.breakers()) {
        open += one->state == BreakerState::Open ? 1 : 0;
        others += one->state == BreakerState::HalfOpen || one->state == BreakerState::ForcedOpen ? 1 : 0;
    }
    if (hasBreakersPage())
        m_window->setBadge(QStringLiteral("breakers"), open > 0 ? open : others,
                           open > 0 ? StateGlyph::Critical : StateGlyph::Warning);
}

void WindowSession::showNotice(const QString &words, StateGlyph glyph)
{
    m_window->setBanner({.glyph = glyph, .title = words, .action = tr("Dismiss")});
}

void WindowSession::refreshRolloutBadge()
{
    if (!m_cockpit.configuration().kubernetes)
        return;
    int hands = 0;
    int waiting = 0;
    for (const RolloutEntry &entry : m_cockpit.rollouts().entries()) {
        if (entry.rollout->phase == RolloutPhase::Degraded || (entry.verdict && entry.verdict->rollBackNow))
            ++hands;
        else if (entry.rollout->waitsForPerson)
            ++waiting;
    }
    m_window->setBadge(QStringLiteral("rollouts"), hands > 0 ? hands : waiting,
                       hands > 0 ? StateGlyph::Critical : StateGlyph::Warning);
}

void WindowSession::refreshFrame()
{
    const Fleet &fleet = m_cockpit.fleet().fleet();
    m_window->setBadge(QStringLiteral("triage"), fleet.counts.firing,
                       fleet.counts.urgent > 0 ? StateGlyph::Critical : StateGlyph::Warning);
    const auto unhealthy = std::count_if(fleet.services.begin(), fleet.services.end(), [](const ServiceHealth &service) {
        return service.level == ServiceHealth::Level::Unhealthy;
    });
    m_window->setBadge(QStringLiteral("services"), int(unhealthy), StateGlyph::Critical);
    if (const auto news = newestNews(fleet))
        m_window->setNews(toEpochMs(news->at), news->glyph, news->text);
}

void WindowSession::retry(const QString &sourceName)
{
    for (const SourceStatus &source : m_cockpit.fleet().fleet().sources) {
        if (displayName(source) == sourceName)
            Q_EMIT m_cockpit.models().requests.retryRequested(source.id);
    }
}

void WindowSession::openLink(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || (url.scheme() != u"http" && url.scheme() != u"https") || url.host().isEmpty()) {
        showNotice(tr("This is not a web address; it was not opened: ") + text.left(200), StateGlyph::Warning);
        return;
    }
    if (!QDesktopServices::openUrl(url))
        showNotice(tr("The desktop has no browser for ") + url.host(), StateGlyph::Warning);
}

void WindowSession::chooseTheme(const QString &name)
{
    m_theme.setVariantName(name);
    m_cockpit.store().ask<Done>(
        [value = m_theme.variantName().toUtf8()](Store &store) {
            return store.history().setSetting({}, themeSetting, value);
        },
        [window = QPointer(this)](const Result<Done> &kept) {
            if (!kept && window)
                window->showNotice(kept.error().text(), StateGlyph::Warning);
        });
}

void WindowSession::restoreTheme()
{
    switch (m_cockpit.configuration().theme) {
    case ThemeChoice::Day: m_theme.setVariantName(QStringLiteral("day")); return;
    case ThemeChoice::HighContrast: m_theme.setVariantName(QStringLiteral("contrast")); return;
    case ThemeChoice::Night: m_theme.setVariantName(QStringLiteral("night")); return;
    case ThemeChoice::Auto: break;
    }
    m_cockpit.store().ask<std::optional<QByteArray>>(
        [](Store &store) { return store.history().setting({}, themeSetting); },
        [window = QPointer(this)](const Result<std::optional<QByteArray>> &name) {
            if (window && name && *name)
                window->m_theme.setVariantName(QString::fromUtf8(**name));
        });
}

} // namespace cockpit
