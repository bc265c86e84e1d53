// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/breakers/breaker_detail.h"

#include "models/items/fleet_model.h"
#include "models/items/rollout_store.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/breakers/breaker_charts.h"
#include "ui/breakers/breaker_words.h"
#include "ui/breakers/override_form.h"
#include "ui/widgets/action_place.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/run_table.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLocale>
#include <QScrollArea>

namespace cockpit {

namespace {

constexpr qsizetype shownTransitions = 6;
constexpr qsizetype shownPods = 100;

QString whenText(Instant at, Instant now)
{
    if (now - at < std::chrono::hours(20))
        return utcTimeText(at);
    return QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(toEpochMs(at), Qt::UTC), QStringLiteral("d MMM"));
}

RunRow transitionRow(const BreakerTransition &one, qsizetype index, Instant now)
{
    const QString what = one.from == one.to || one.from == BreakerState::Unknown
                             ? (one.words.isEmpty() ? breakerWord(one.to) : one.words)
                             : BreakerDetail::tr("%1 to %2").arg(breakerWord(one.from), breakerWord(one.to));
    RunRow row;
    row.id = QString::number(index);
    row.cells = {{{{whenText(one.at, now), FontRole::Mono12, Role::Muted}}, {}, {}, Role::Muted},
                 {{{what, FontRole::Row12, Role::Text}}, breakerGlyph(one.to), {}, Role::Muted},
                 {{{one.from == one.to ? QString() : plainLine(one.words, 60), FontRole::Row12, Role::Muted}},
                  {},
                  {},
                  Role::Muted}};
    row.tip = utcDateTimeText(one.at);
    return row;
}

RunRow podRow(const BreakerPod &pod)
{
    RunRow row;
    row.id = pod.pod;
    const QString words = pod.problem.isEmpty() ? breakerWord(pod.state) : plainLine(pod.problem, 120);
    row.cells = {{{{plainLine(pod.pod, 60), FontRole::Mono12, Role::Text}},
                  pod.problem.isEmpty() ? breakerGlyph(pod.state) : StateGlyph::Unknown,
                  {},
                  Role::Muted},
                 {{{words, FontRole::Row12, pod.problem.isEmpty() ? Role::Text : Role::Muted}}, {}, {}, Role::Muted},
                 {{{pod.failureRatio ? percentNumber(pod.failureRatio) + QStringLiteral(" %") : QStringLiteral("–"),
                    FontRole::Mono12, Role::Muted}},
                  {},
                  {},
                  Role::Muted}};
    row.tip = words;
    return row;
}

QWidget *titled(const Theme &theme, const QString &title, QWidget *content)
{
    auto *part = new QWidget;
    auto *rows = new QVBoxLayout(part);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(theme.px(4));
    rows->addWidget(new PlainLabel(theme, title, FontRole::RowStrong12));
    rows->addWidget(content);
    return part;
}

} // namespace

BreakerDetail::BreakerDetail(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_title(new GlyphLabel(theme, FontRole::RowStrong12))
    , m_trial(new RunLabel(theme))
    , m_charts(new BreakerCharts(theme))
    , m_form(new OverrideForm(theme))
    , m_transitions(new RunTable(theme, tr("Transitions"),
                                 {{{}, 72, Qt::AlignLeft}, {{}, 0, Qt::AlignLeft}, {{}, 110, Qt::AlignRight}}, 24))
    , m_pods(new RunTable(theme, tr("Pods"),
                          {{{}, 0, Qt::AlignLeft}, {{}, 92, Qt::AlignLeft}, {{}, 56, Qt::AlignRight}}, 24))
    , m_place(new ActionPlace(models, theme))
{
    m_transitions->setLines(false);
    m_pods->setLines(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(8));
    layout->setSpacing(theme.px(8));
    auto *columns = new QHBoxLayout;
    columns->setSpacing(theme.px(16));
    auto *left = new QVBoxLayout;
    left->setSpacing(theme.px(4));
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    m_trial->setAlignment(Qt::AlignRight);
    head->addWidget(m_trial);
    left->addLayout(head);
    left->addWidget(m_charts, 1);
    columns->addLayout(left, 456);
    columns->addWidget(makeRight(), 334);
    layout->addLayout(columns, 1);
    layout->addWidget(m_place);
    connect(m_form, &OverrideForm::requested, this, &BreakerDetail::ask);
    connect(m_place, &ActionPlace::openChanged, this, [this] {
        const bool open = m_place->isOpen();
        m_charts->setShort(open);
        m_tables->setVisible(!open);
        m_form->setArmed(open);
        refresh();
    });
}

QWidget *BreakerDetail::makeRight()
{
    auto *right = new QWidget;
    auto *rows = new QVBoxLayout(right);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(m_theme.px(12));
    rows->addWidget(m_form);
    m_tables = new QWidget;
    auto *tables = new QVBoxLayout(m_tables);
    tables->setContentsMargins(0, 0, 0, 0);
    tables->setSpacing(m_theme.px(8));
    m_transitionPart = titled(m_theme, tr("Transitions"), m_transitions);
    m_podPart = titled(m_theme, tr("Pods"), m_pods);
    tables->addWidget(m_transitionPart);
    tables->addWidget(m_podPart);
    tables->addStretch(1);
    auto *area = new QScrollArea;
    area->setAccessibleName(tr("Transitions and pods"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(m_tables);
    rows->addWidget(area, 1);
    return right;
}

void BreakerDetail::setBreaker(BreakerPtr breaker)
{
    const bool other = !m_breaker || !breaker || !(m_breaker->key == breaker->key);
    m_breaker = std::move(breaker);
    if (other && m_place->isOpen() && !m_place->isBusy())
        m_place->close();
    setVisible(m_breaker != nullptr);
    refresh();
}

void BreakerDetail::refresh()
{
    if (!m_breaker)
        return;
    const Breaker &breaker = *m_breaker;
    const Instant now = m_models.time.now();
    m_title->setState(breakerGlyph(breaker.state), tr("%1, %2").arg(breakerHeading(breaker), breakerWord(breaker.state)));
    const QString trial = trialWords(breaker);
    const QString fallback = breaker.fallback.isEmpty() ? tr("no fallback: rejected calls fail")
                                                        : tr("fallback: %1").arg(plainLine(breaker.fallback, 80));
    m_trial->setRuns({{trial.isEmpty() ? fallback : trial, FontRole::Row12, Role::Muted}});
    m_charts->setBreaker(breaker, m_models.breakers.history(breaker.key), markers(breaker), now);
    m_form->setBreaker(breaker, m_models.breakers.overrideOf(breaker.key), refusal(), suggestedReason(breaker), now);
    refreshTables(breaker);
}

void BreakerDetail::refreshTables(const Breaker &breaker)
{
    QList<RunRow> transitions;
    for (const BreakerTransition &one : breaker.transitions.mid(0, shownTransitions))
        transitions.append(transitionRow(one, transitions.size(), m_models.time.now()));
    m_transitions->setRows(transitions);
    m_transitionPart->setVisible(!transitions.isEmpty());
    bool trouble = false;
    QList<RunRow> pods;
    for (const BreakerPod &pod : breaker.pods) {
        trouble = trouble || !pod.problem.isEmpty();
        if (pods.size() < shownPods)
            pods.append(podRow(pod));
    }
    m_pods->setRows(pods);
    m_podPart->setVisible(pods.size() > 1 || trouble);
}

/// What changed at the caller or the dependency in sight: a rollout step is a line in the chart.
QList<ChartMarker> BreakerDetail::markers(const Breaker &breaker) const
{
    QList<ChartMarker> lines;
    const Instant from = m_models.time.now() - std::chrono::minutes(35);
    for (const FlagEvent &event : m_models.breakers.flagEvents()) {
        const FlagPtr flag = event.at >= from ? m_models.breakers.find(event.flag) : nullptr;
        if (flag && (flag->service == breaker.key.from || flag->service.toString() == breaker.to))
            lines.append({event.at, plainLine(event.flag.name + u' ' + event.what, 30), true, false});
    }
    for (const Override &one : m_models.breakers.overrides()) {
        const auto *reset = one.revert ? std::get_if<ResetBreaker>(&*one.revert) : nullptr;
        if (reset && reset->breaker == breaker.key && one.startsAt >= from)
            lines.append({one.startsAt, plainLine(one.is, 30), true, true});
    }
    return lines;
}

QString BreakerDetail::sourceRefusal(const Breaker &breaker) const
{
    for (const SourceStatus &source : m_models.fleet.fleet().sources) {
        if (source.id != breaker.key.source)
            continue;
        if (source.state == SourceStatus::State::Down)
            return tr("%1 does not answer").arg(plainLine(source.name, 40));
        if (source.state == SourceStatus::State::Unauthorized)
            return tr("%1 refuses the login").arg(plainLine(source.name, 40));
        const Duration age = m_models.time.now() - breaker.sampledAt;
        if (age > 4 * source.interval)
            return tr("read %1 ago").arg(roughDurationText(age));
    }
    return {};
}

QString BreakerDetail::refusal() const
{
    if (!m_breaker)
        return tr("no breaker is selected");
    return m_place->isBusy() ? tr("an action of it runs") : sourceRefusal(*m_breaker);
}

QString BreakerDetail::suggestedReason(const Breaker &breaker) const
{
    for (const Alert &alert : m_models.fleet.fleet().alerts) {
        const bool meant = alert.service == breaker.key.from || alert.service.toString() == breaker.to;
        if (meant && (alert.state == AlertState::Firing || alert.state == AlertState::Acknowledged))
            return tr("for %1").arg(plainLine(alert.name, 80));
    }
    return {};
}

void BreakerDetail::ask(const ActionIntent &intent, const QString &reason, bool byKey)
{
    if (!m_breaker || m_place->isBusy())
        return;
    ActionRequest request;
    request.target = breakerHeading(*m_breaker);
    request.service = m_breaker->key.from;
    request.intent = intent;
    request.reason = reason;
    m_place->ask(request, byKey);
}

void BreakerDetail::askByKey() { m_form->submit(true); }

} // namespace cockpit
