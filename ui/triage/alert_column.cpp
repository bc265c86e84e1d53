// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/alert_column.h"

#include "models/items/fleet_model.h"
#include "models/items/rollout_store.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/rollouts/rollout_row.h"
#include "ui/triage/alert_list_view.h"
#include "ui/triage/alert_words.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/counter_button.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/search_field.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QTimer>

#include <algorithm>

namespace cockpit {

namespace {

bool needsBanner(const SourceStatus &source)
{
    return source.state == SourceStatus::State::Down || source.state == SourceStatus::State::Unauthorized;
}

BannerView bannerView(const SourceStatus &source, Instant now)
{
    const auto words = [](const char *text) { return QCoreApplication::translate("AlertColumn", text); };
    const bool alerts = source.kind == SourceStatus::Kind::Alertmanager;
    BannerView view;
    view.title = words(QT_TRANSLATE_NOOP("AlertColumn", "%1 does not answer")).arg(plainLine(displayName(source), 60));
    view.action = words(QT_TRANSLATE_NOOP("AlertColumn", "Retry now"));
    const QString what = plainLine(source.message, 160);
    view.body = what.isEmpty() ? QString() : what + u' ';
    if (!source.lastSuccess) {
        view.body += alerts ? words(QT_TRANSLATE_NOOP("AlertColumn", "Its alerts are not known."))
                            : words(QT_TRANSLATE_NOOP("AlertColumn", "Its figures are not known."));
    } else {
        view.body +=
            (alerts ? words(QT_TRANSLATE_NOOP("AlertColumn",
                                              "Alerts shown are from %1; what fired or resolved since is not seen."))
                    : words(QT_TRANSLATE_NOOP("AlertColumn", "Figures shown are from %1.")))
                .arg(utcTimeText(*source.lastSuccess));
    }
    if (source.nextTry && *source.nextTry > now)
        view.trailing =
            words(QT_TRANSLATE_NOOP("AlertColumn", "Next try in %1")).arg(roughDurationText(*source.nextTry - now));
    return view;
}

} // namespace

AlertColumn::AlertColumn(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_typing(new QTimer(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, theme.px(12), 0, 0);
    layout->setSpacing(theme.px(8));
    layout->addWidget(makeCounters());
    m_filter = new SearchField(theme, tr("Filter of the alerts"), tr("Words, or severity=~\"page|warning\""),
                               QStringLiteral("Ctrl+F"));
    auto *pad = new QHBoxLayout;
    pad->setContentsMargins(theme.px(12), 0, theme.px(12), 0);
    pad->addWidget(m_filter);
    layout->addLayout(pad);
    m_bannerPlace = new QVBoxLayout;
    m_bannerPlace->setContentsMargins(theme.px(12), 0, theme.px(12), 0);
    m_bannerPlace->setSpacing(theme.px(8));
    layout->addLayout(m_bannerPlace);
    m_doubt = new Banner(theme);
    m_bannerPlace->addWidget(m_doubt);
    m_doubt->hide();
    m_empty = new ElidedLabel(theme, FontRole::Base13, Role::Muted, nullptr, 2);
    m_bannerPlace->addWidget(m_empty);
    m_list = new AlertListView(models.alerts, theme);
    layout->addWidget(m_list, 1);
    // One request per pause in the typing, not per letter.
    m_typing->setSingleShot(true);
    m_typing->setInterval(120);
    connect(m_typing, &QTimer::timeout, this, &AlertColumn::askForRows);
    connect(m_filter, &SearchField::textChanged, this, [this] {
        m_filter->setProblem(QString());
        m_typing->start();
    });
    connect(&models.requests, &Requests::filterRefused, m_filter, &SearchField::setProblem);
    connect(m_list, &AlertListView::collapsedChanged, this, &AlertColumn::askForRows);
    connect(&models.alerts, &QAbstractItemModel::layoutChanged, this, &AlertColumn::refreshEmpty);
    connect(&models.alerts, &QAbstractItemModel::modelReset, this, &AlertColumn::refreshEmpty);
    refresh();
}

QWidget *AlertColumn::makeCounters()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(m_theme.px(12), 0, m_theme.px(12), 0);
    line->setSpacing(m_theme.px(4));
    constexpr std::array<AlertScope, 3> scopes{AlertScope::Firing, AlertScope::Acknowledged, AlertScope::Silenced};
    const std::array<QString, 3> words{tr("Firing"), tr("Acknowledged"), tr("Silenced")};
    const std::array<int, 3> stretch{92, 120, 95};
    for (size_t index = 0; index < scopes.size(); ++index) {
        auto *counter = new CounterButton(m_theme, words[index]);
        counter->setChecked(index == 0);
        connect(counter, &CounterButton::clicked, this, [this, scope = scopes[index]] { setScope(scope); });
        line->addWidget(counter, stretch[index]);
        m_counters[index] = counter;
    }
    return row;
}

void AlertColumn::setScope(AlertScope scope)
{
    m_scope = scope;
    for (size_t index = 0; index < m_counters.size(); ++index)
        m_counters[index]->setChecked(index == static_cast<size_t>(scope));
    m_empty->hide(); // until the rows of this scope are here
    askForRows();
}

void AlertColumn::askForRows()
{
    Q_EMIT m_models.requests.filterRequested(m_filter->text(), m_scope, m_list->collapsed());
}

void AlertColumn::focusFilter()
{
    m_filter->lineEdit()->setFocus();
    m_filter->lineEdit()->selectAll();
}

void AlertColumn::refresh()
{
    refreshTruth();
    refreshEmpty();
    refreshCounters();
    refreshBanners();
}

void AlertColumn::refreshTruth()
{
    const Fleet &fleet = m_models.fleet.fleet();
    QSet<QString> clusters;
    QSet<QString> stale;
    for (const SourceStatus &source : fleet.sources) {
        if (source.kind != SourceStatus::Kind::Alertmanager)
            continue;
        clusters.insert(source.cluster);
        if (alertFreshness(fleet, source.cluster, m_models.time.now()).stale)
            stale.insert(source.cluster);
    }
    m_list->setTruth(m_models.time.now(), stale, clusters.size() > 1);
    QHash<ServiceId, Instant> rolling;
    for (const RolloutEntry &entry : m_models.rollouts.entries()) {
        const auto since = lastChangeOf(*entry.rollout);
        if (since && !entry.rollout->service.isEmpty() && rolling.value(entry.rollout->service) < *since)
            rolling.insert(entry.rollout->service, *since);
    }
    m_list->setRollingOut(rolling);
}

void AlertColumn::refreshEmpty()
{
    const bool none = m_models.fleet.fleet().alertsKnown && m_models.alerts.rowCount() == 0;
    QString words;
    if (none && !m_filter->text().trimmed().isEmpty())
        words = tr("No alert here fits the filter.");
    else if (none && m_scope == AlertScope::Acknowledged)
        words = tr("No alert is acknowledged.");
    else if (none && m_scope == AlertScope::Silenced)
        words = tr("No alert is silenced.");
    m_empty->setText(words);
    m_empty->setVisible(!words.isEmpty());
}

void AlertColumn::refreshCounters()
{
    const Fleet &fleet = m_models.fleet.fleet();
    bool stale = false;
    for (const SourceStatus &source : fleet.sources)
        stale = stale || (source.kind == SourceStatus::Kind::Alertmanager &&
                          alertFreshness(fleet, source.cluster, m_models.time.now()).stale);
    const std::array<int, 3> counts{fleet.counts.firing, fleet.counts.acknowledged, fleet.counts.silenced};
    for (size_t index = 0; index < counts.size(); ++index)
        m_counters[index]->setCount(fleet.alertsKnown ? std::optional(counts[index]) : std::nullopt, stale);
}

void AlertColumn::refreshBanners()
{
    const Fleet &fleet = m_models.fleet.fleet();
    const Instant now = m_models.time.now();
    QSet<SourceId> wanted;
    for (const SourceStatus &source : fleet.sources) {
        if (!needsBanner(source) || wanted.size() == 3)
            continue;
        wanted.insert(source.id);
        Banner *&banner = m_banners[source.id];
        if (!banner) {
            banner = new Banner(m_theme);
            QSizePolicy whole(QSizePolicy::Preferred, QSizePolicy::Minimum);
            whole.setHeightForWidth(true);
            banner->setSizePolicy(whole);
            m_bannerPlace->addWidget(banner);
            connect(banner, &Banner::actionRequested, this,
                    [this, id = source.id] { Q_EMIT m_models.requests.retryRequested(id); });
        }
        banner->setView(bannerView(source, now));
        banner->show();
    }
    for (auto banner = m_banners.begin(); banner != m_banners.end(); ++banner) {
        if (!wanted.contains(banner.key()))
            banner.value()->hide();
    }
    refreshDoubt(!wanted.isEmpty());
}

void AlertColumn::refreshDoubt(bool sourceBanner)
{
    const Fleet &fleet = m_models.fleet.fleet();
    const bool quiet = fleet.counts.firing == 0 && fleet.counts.acknowledged == 0;
    const bool doubt = quiet && fleet.alertsKnown && !sourceBanner && fleet.calm.verdict != Evidence::Verdict::Good;
    QStringList failing;
    for (const Evidence &check : fleet.calmChecks) {
        if (check.verdict != Evidence::Verdict::Good)
            failing.append(plainLine(check.text, 120));
    }
    m_doubt->setView({StateGlyph::Warning, tr("Calm is not proven"), failing.join(QStringLiteral(" ")), {}, {}});
    m_doubt->setVisible(doubt);
}

} // namespace cockpit
