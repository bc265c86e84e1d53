// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/alert_details.h"

#include "models/items/fleet_model.h"
#include "models/items/requests.h"
#include "models/plain_line.h"
#include "models/rule_threshold.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/section_header.h"

#include <QLocale>
#include <QClipboard>
#include <QGuiApplication>
#include <QScrollArea>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace cockpit {

namespace {

/// Prometheus writes "6.800000000000000e-02"; a person reads 0.068. What is no number stays as it came.
QString valueWords(const QString &value)
{
    bool isNumber = false;
    const double number = QLocale::c().toDouble(value, &isNumber);
    return isNumber ? QString::number(number, 'g', 4) : plainLine(value, 60);
}

/// An address that may be opened: http or https with a host and without a name or password in it.
bool isSafeAddress(const QString &text)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    const QString scheme = url.scheme().toLower();
    return url.isValid() && (scheme == QStringLiteral("http") || scheme == QStringLiteral("https")) &&
           !url.host().isEmpty() && url.userInfo().isEmpty() && text.size() < 2000;
}

bool looksLikeLink(const QString &name)
{
    return name.contains(QStringLiteral("url")) || name.startsWith(QStringLiteral("runbook")) ||
           name.contains(QStringLiteral("dashboard"));
}

} // namespace

AlertDetails::AlertDetails(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *area = new QScrollArea;
    area->setAccessibleName(tr("Details of the alert"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_body = new Panel(theme, Role::Raised, Qt::LeftEdge);
    m_layout = new QVBoxLayout(m_body);
    m_layout->setContentsMargins(1, 0, 0, m_theme.px(12));
    m_layout->setSpacing(0);
    area->setWidget(m_body);
    outer->addWidget(area);
}

void AlertDetails::setAlert(const Alert &alert)
{
    const void *rules = m_models.fleet.fleet().rules.get();
    if (m_hasShown && alert == m_shown && rules == m_rules)
        return;
    // A new copy of the same rules is no reason to disturb a selection or the scroll position.
    const AlertRule *rule = ruleOf(alert);
    Alert sameButTime = m_shown;
    sameButTime.updatedAt = alert.updatedAt;
    const bool same = m_hasShown && sameButTime == alert && (rule != nullptr) == (m_rules != nullptr);
    m_shown = alert;
    m_rules = rule ? rules : nullptr;
    m_hasShown = true;
    if (!same)
        rebuild(alert);
}

const AlertRule *AlertDetails::ruleOf(const Alert &alert) const
{
    const auto &rules = m_models.fleet.fleet().rules;
    if (!rules)
        return nullptr;
    const AlertRule *byName = nullptr;
    for (const AlertRule &rule : *rules) {
        if (rule.name != alert.name)
            continue;
        byName = byName ? byName : &rule;
        if (rule.labels.value(u"severity") == alert.severity)
            return &rule;
    }
    return byName;
}

void AlertDetails::rebuild(const Alert &alert)
{
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    addTiming(alert);
    addAnnotations(alert);
    addReceivers(alert);
    addRule(alert);
    addLabels(alert);
    m_layout->addStretch(1);
}

void AlertDetails::addSection(const QString &title)
{
    m_layout->addWidget(new SectionHeader(m_theme, title));
    m_layout->addSpacing(m_theme.px(4));
}

void AlertDetails::addPair(const QString &name, const QString &value, bool mono)
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(m_theme.px(12), m_theme.px(3), m_theme.px(12), m_theme.px(3));
    auto *title = new ElidedLabel(m_theme, FontRole::Row12, Role::Muted);
    title->setText(name);
    title->setFixedWidth(m_theme.px(116));
    line->addWidget(title);
    auto *text = new ElidedLabel(m_theme, mono ? FontRole::Mono12 : FontRole::Row12);
    text->setText(value);
    line->addWidget(text, 1);
    m_layout->addWidget(row);
}

void AlertDetails::addText(const QString &name, const QString &value)
{
    auto *box = new QWidget;
    auto *lines = new QVBoxLayout(box);
    lines->setContentsMargins(m_theme.px(12), m_theme.px(4), m_theme.px(12), m_theme.px(4));
    lines->setSpacing(0);
    lines->addWidget(new PlainLabel(m_theme, plainLine(name, 80), FontRole::Chip11, Role::Muted));
    auto *text = new ElidedLabel(m_theme, FontRole::Row12, Role::Text, nullptr, 6);
    text->setText(value);
    lines->addWidget(text);
    m_layout->addWidget(box);
}

void AlertDetails::addLink(const QString &name, const QString &address)
{
    auto *box = new QWidget;
    auto *lines = new QVBoxLayout(box);
    lines->setContentsMargins(m_theme.px(12), m_theme.px(4), m_theme.px(12), m_theme.px(4));
    lines->setSpacing(0);
    lines->addWidget(new PlainLabel(m_theme, plainLine(name, 80), FontRole::Chip11, Role::Muted));
    const QString host = QUrl(address.trimmed()).host();
    auto *open = new Button(m_theme, tr("Open at %1").arg(plainLine(host, 48)), Button::Kind::Link);
    open->setGlyphIcon(Icon::External);
    open->setToolTip(address.trimmed());
    open->setAccessibleDescription(address.trimmed());
    connect(open, &Button::clicked, this,
            [this, address] { Q_EMIT m_models.requests.linkRequested(address.trimmed()); });
    lines->addWidget(open, 0, Qt::AlignLeft);
    m_layout->addWidget(box);
}

void AlertDetails::addTiming(const Alert &alert)
{
    addSection(tr("Timing"));
    addPair(alert.state == AlertState::Pending ? tr("Pending since") : tr("Fires since"),
            utcDateTimeText(alert.startsAt), true);
    if (alert.updatedAt != Instant())
        addPair(tr("Last told"), utcDateTimeText(alert.updatedAt), true);
    if (alert.firesAt)
        addPair(tr("Fires at"), utcDateTimeText(*alert.firesAt), true);
    if (alert.resolvedAt)
        addPair(tr("Resolved"), utcDateTimeText(*alert.resolvedAt), true);
    if (!alert.acknowledgedBy.isEmpty())
        addPair(tr("Acknowledged by"), plainLine(alert.acknowledgedBy, 80), false);
    else if (!alert.suppressedBy.isEmpty())
        addPair(tr("Silenced by"), plainLine(alert.suppressedBy, 80), false);
    if (alert.suppressedUntil)
        addPair(tr("Until"), utcDateTimeText(*alert.suppressedUntil), true);
    if (!alert.inhibitedBy.isEmpty())
        addPair(tr("Inhibited by"), plainLine(alert.inhibitedBy.join(QStringLiteral(", ")), 200), true);
    if (alert.notInAlertmanager)
        addText(tr("Mismatch"),
                tr("Prometheus says that it fires, but no Alertmanager shows it: nobody is paged for it."));
    if (alert.repaired)
        addText(tr("Text"), tr("It held broken characters, which were mended."));
}

void AlertDetails::addAnnotations(const Alert &alert)
{
    if (alert.annotations.isEmpty())
        return;
    addSection(tr("What it says"));
    int count = 0;
    for (const auto &[name, value] : alert.annotations) {
        if (++count > 30)
            break;
        if (looksLikeLink(name) && isSafeAddress(value))
            addLink(name, value);
        else
            addText(name, value);
    }
}

void AlertDetails::addReceivers(const Alert &alert)
{
    if (alert.receivers.isEmpty())
        return;
    addSection(tr("Where it goes"));
    for (const QString &receiver : alert.receivers.mid(0, 12)) {
        const QString why = routeWords(alert, receiver);
        if (why.isEmpty())
            addPair(tr("Receiver"), plainLine(receiver, 120), true);
        else
            addText(plainLine(receiver, 120), why);
    }
}

QString AlertDetails::routeWords(const Alert &alert, const QString &receiver) const
{
    const auto tree = m_models.fleet.fleet().routes.value(alert.key.cluster);
    if (!tree)
        return {};
    const auto routes = routesFor(*tree, alert.labels);
    if (!routes)
        return plainLine(routes.error().text(), 200);
    for (const RouteMatch &route : *routes) {
        if (route.receiver == receiver)
            return plainLine(route.why, 300);
    }
    return tr("The routing that Alertmanager shows now does not name it.");
}

void AlertDetails::addRule(const Alert &alert)
{
    const AlertRule *rule = ruleOf(alert);
    if (!rule)
        return;
    addSection(tr("The rule"));
    addPair(tr("Holds for"), durationText(rule->holdFor), true);
    if (!rule->group.isEmpty())
        addPair(tr("Group"), plainLine(rule->group, 120), true);
    if (!alert.value.isEmpty())
        addPair(tr("Value"), valueWords(alert.value), true);
    if (const auto limit = thresholdOf(rule->query))
        addPair(tr("Fires when"),
                tr("%1 %2 (read from the end of the query)").arg(limit->op, QString::number(limit->value)), false);
    auto *query = new ElidedLabel(m_theme, FontRole::Mono12, Role::Text, nullptr, 8);
    query->setText(rule->query);
    auto *box = new QWidget;
    auto *line = new QVBoxLayout(box);
    line->setContentsMargins(m_theme.px(12), m_theme.px(4), m_theme.px(12), m_theme.px(8));
    line->addWidget(query);
    m_layout->addWidget(box);
}

void AlertDetails::addLabels(const Alert &alert)
{
    addSection(tr("Labels"));
    int count = 0;
    for (const auto &[name, value] : alert.labels) {
        if (++count <= 60)
            addCopyRow(name, value);
    }
}

void AlertDetails::addCopyRow(const QString &name, const QString &value)
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(m_theme.px(12), m_theme.px(1), m_theme.px(12), m_theme.px(1));
    auto *title = new ElidedLabel(m_theme, FontRole::Mono12, Role::Muted);
    title->setText(plainLine(name, 80));
    title->setFixedWidth(m_theme.px(116));
    line->addWidget(title);
    auto *text = new ElidedLabel(m_theme, FontRole::Mono12);
    text->setText(value);
    line->addWidget(text, 1);
    auto *copy = new Button(m_theme, tr("Copy"), Button::Kind::Row);
    copy->setAccessibleName(tr("Copy %1").arg(plainLine(name, 80)));
    connect(copy, &Button::clicked, this, [value] { QGuiApplication::clipboard()->setText(value); });
    line->addWidget(copy);
    m_layout->addWidget(row);
}

} // namespace cockpit
