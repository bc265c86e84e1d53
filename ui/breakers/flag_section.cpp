// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/breakers/flag_section.h"

#include "models/items/fleet_model.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/breakers/breaker_words.h"
#include "ui/widgets/action_place.h"
#include "ui/widgets/button.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/run_table.h"
#include "ui/widgets/segmented_control.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>

#include <algorithm>

namespace cockpit {

namespace {

constexpr qsizetype fewFlags = 6;
constexpr qsizetype mostFlags = 200;

QString flagId(const FlagKey &key) { return key.source.toString() + u'\n' + key.project + u'\n' + key.name; }

RunCell stateCell(const FeatureFlag &flag, const QString &environment)
{
    const auto found = std::find_if(flag.states.cbegin(), flag.states.cend(),
                                    [&environment](const FlagState &one) { return one.environment == environment; });
    const std::optional<bool> enabled = found == flag.states.cend() ? std::nullopt : found->enabled;
    QString word = flagWord(enabled);
    if (enabled.value_or(false) && !found->gradual.isEmpty())
        word += QStringLiteral(" *");
    return {{{word, FontRole::Row12, enabled ? Role::Text : Role::Muted}},
            enabled.value_or(false) ? StateGlyph::Info : StateGlyph::Unknown,
            {},
            Role::Muted};
}

QString flagDayText(const std::optional<Instant> &at, Instant now)
{
    if (!at)
        return QStringLiteral("–");
    if (now - *at < std::chrono::hours(20))
        return utcShortTimeText(*at);
    return QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(toEpochMs(*at), Qt::UTC), QStringLiteral("d MMM"));
}

QString flagTip(const FeatureFlag &flag)
{
    QStringList tip{plainLine(flag.key.name, 120)};
    if (!flag.description.isEmpty())
        tip.append(plainLine(flag.description, 300));
    for (const FlagState &state : flag.states) {
        QString line = plainLine(state.environment, 60) + QStringLiteral(": ") + flagWord(state.enabled);
        if (!state.gradual.isEmpty())
            line += QStringLiteral(", ") + plainLine(state.gradual, 120);
        if (state.needsApproval)
            line += FlagSection::tr(", asks for a change request");
        tip.append(line);
    }
    return tip.join(u'\n');
}

} // namespace

FlagSection::FlagSection(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_head(new RunLabel(theme))
    , m_all(new Button(theme, QString(), Button::Kind::Link))
    , m_table(new RunTable(theme, tr("Feature flags"),
                           {{tr("Flag"), 108, Qt::AlignLeft},
                            {{}, 62, Qt::AlignLeft},
                            {{}, 76, Qt::AlignLeft},
                            {tr("Changed"), 56, Qt::AlignLeft},
                            {tr("By"), 0, Qt::AlignLeft},
                            {{}, 72, Qt::AlignRight}}))
    , m_empty(new GlyphLabel(theme))
    , m_place(new ActionPlace(models, theme))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme.px(4));
    auto *head = new QHBoxLayout;
    head->addWidget(m_head, 1);
    head->addWidget(m_all);
    layout->addLayout(head);
    layout->addWidget(m_table);
    layout->addWidget(m_empty);
    layout->addWidget(makeSwitch());
    layout->addWidget(m_place);
    connect(m_all, &Button::clicked, this, [this] {
        m_showAll = !m_showAll;
        refreshTable();
    });
    connect(m_table, &RunTable::buttonClicked, this, [this](const QString &id) {
        for (const FlagPtr &flag : m_models.breakers.flags()) {
            if (flagId(flag->key) == id)
                return choose(flag->key);
        }
    });
    connect(m_place, &ActionPlace::openChanged, this, [this] {
        if (m_place->isOpen())
            return;
        m_chosen.reset();
        refreshSwitch();
    });
}

QWidget *FlagSection::makeSwitch()
{
    m_switch = new QWidget;
    auto *rows = new QVBoxLayout(m_switch);
    rows->setContentsMargins(0, m_theme.px(4), 0, m_theme.px(4));
    rows->setSpacing(m_theme.px(6));
    m_what = new PlainLabel(m_theme, FontRole::Row12);
    m_what->setWordWrap(true);
    rows->addWidget(m_what);
    m_reason = new QLineEdit;
    m_reason->setAccessibleName(tr("Reason of the switch"));
    m_reason->setPlaceholderText(tr("Why? Others read this"));
    m_reason->setFont(m_theme.font(FontRole::Row12));
    m_reason->setFixedHeight(m_theme.px(32));
    m_reason->setMaxLength(500);
    rows->addWidget(m_reason);
    auto *last = new QHBoxLayout;
    m_length = new SegmentedControl(m_theme, tr("How long"),
                                    {{QStringLiteral("0"), tr("stays so")},
                                     {QStringLiteral("60"), tr("1 h")},
                                     {QStringLiteral("240"), tr("4 h")},
                                     {QStringLiteral("1440"), tr("24 h")}});
    m_length->setCurrent(QStringLiteral("0"));
    last->addWidget(m_length);
    last->addStretch(1);
    auto *cancel = new Button(m_theme, tr("Cancel"));
    m_run = new Button(m_theme, QString());
    last->addWidget(cancel);
    last->addWidget(m_run);
    rows->addLayout(last);
    m_why = new PlainLabel(m_theme, FontRole::Chip11, Role::StaleText);
    m_why->setWordWrap(true);
    rows->addWidget(m_why);
    connect(m_reason, &QLineEdit::textEdited, this, &FlagSection::refreshSwitch);
    connect(m_reason, &QLineEdit::returnPressed, this, &FlagSection::submit);
    connect(m_run, &Button::clicked, this, &FlagSection::submit);
    connect(cancel, &Button::clicked, this, [this] {
        m_chosen.reset();
        refreshSwitch();
    });
    m_switch->hide();
    return m_switch;
}

void FlagSection::refresh()
{
    refreshTable();
    refreshSwitch();
}

void FlagSection::refreshTable()
{
    const std::vector<FlagPtr> &flags = m_models.breakers.flags();
    m_head->setRuns({{tr("Feature flags  "), FontRole::RowStrong12, Role::Text},
                     {m_models.breakers.flagsKnown() ? tr("%1 flags, last changed first").arg(flags.size()) : QString(),
                      FontRole::Row12, Role::Muted}});
    m_other.clear();
    QString here;
    for (const FlagPtr &flag : flags) {
        here = flag->here;
        for (const FlagState &state : flag->states) {
            if (state.environment != flag->here && m_other.isEmpty())
                m_other = state.environment;
        }
    }
    m_table->setHeads({tr("Flag"), plainLine(m_other, 12), plainLine(here, 12), tr("Changed"), tr("By"), QString()});
    QList<RunRow> rows;
    const qsizetype most = m_showAll ? mostFlags : fewFlags;
    for (const FlagPtr &flag : flags) {
        if (rows.size() < most)
            rows.append(row(*flag));
    }
    m_table->setRows(rows);
    m_table->setVisible(!rows.isEmpty());
    m_all->setText(m_showAll ? tr("fewer") : tr("all"));
    m_all->setVisible(static_cast<qsizetype>(flags.size()) > fewFlags);
    m_all->updateGeometry();
    m_empty->setVisible(rows.isEmpty());
    m_empty->setState(StateGlyph::Unknown,
                      !m_models.breakers.flagsConfigured() ? tr("No flag service is configured: name one under flags:")
                      : m_models.breakers.flagsKnown()     ? tr("The flag service has no flags")
                                                           : tr("Reading the flags"),
                      Role::Muted);
}

RunRow FlagSection::row(const FeatureFlag &flag) const
{
    const FlagState *state = flag.state();
    const bool on = state && state->enabled.value_or(false);
    const bool fresh = flag.changedAt && m_models.time.now() - *flag.changedAt < std::chrono::hours(1);
    RunRow row;
    row.id = flagId(flag.key);
    row.cells = {
        {{{plainLine(flag.key.name, 60), fresh ? FontRole::RowStrong12 : FontRole::Row12, Role::Text}},
         {},
         {},
         Role::Muted},
        m_other.isEmpty() ? RunCell{} : stateCell(flag, m_other),
        stateCell(flag, flag.here),
        {{{flagDayText(flag.changedAt, m_models.time.now()), FontRole::Mono12, Role::Muted}}, {}, {}, Role::Muted},
        {{{plainLine(flag.changedBy, 40), FontRole::Row12, Role::Muted}}, {}, {}, Role::Muted},
        {}};
    row.button = on ? tr("Off now") : tr("On");
    row.lit = on && fresh;
    row.disabledReason = refusal(flag);
    if (!state || !state->enabled)
        row.button.clear();
    row.tip = flagTip(flag);
    return row;
}

QString FlagSection::refusal(const FeatureFlag &flag) const
{
    if (m_place->isBusy())
        return tr("another switch runs");
    if (!flag.readOnlyReason.isEmpty())
        return plainLine(flag.readOnlyReason, 200);
    for (const SourceStatus &source : m_models.fleet.fleet().sources) {
        if (source.id == flag.key.source && source.state == SourceStatus::State::Down)
            return tr("%1 does not answer").arg(plainLine(source.name, 40));
        if (source.id == flag.key.source && source.state == SourceStatus::State::Unauthorized)
            return tr("%1 refuses the login").arg(plainLine(source.name, 40));
    }
    return {};
}

void FlagSection::choose(const FlagKey &key)
{
    const FlagPtr flag = m_models.breakers.find(key);
    if (!flag || !refusal(*flag).isEmpty())
        return;
    if (m_place->isOpen())
        m_place->close();
    m_chosen = key;
    QString reason;
    for (const Alert &alert : m_models.fleet.fleet().alerts) {
        const bool fires = alert.state == AlertState::Firing || alert.state == AlertState::Acknowledged;
        if (fires && reason.isEmpty() && (flag->service.isEmpty() || alert.service == flag->service))
            reason = tr("for %1").arg(plainLine(alert.name, 80));
    }
    m_reason->setText(reason);
    m_length->setCurrent(QStringLiteral("0"));
    refreshSwitch();
    m_reason->setFocus();
}

void FlagSection::refreshSwitch()
{
    const FlagPtr flag = m_chosen ? m_models.breakers.find(*m_chosen) : nullptr;
    const FlagState *state = flag ? flag->state() : nullptr;
    m_switch->setVisible(state != nullptr && !m_place->isOpen());
    if (!state)
        return;
    const bool on = state->enabled.value_or(false);
    const QString name = plainLine(flag->key.name, 60);
    m_what->setText(on ? tr("Turn %1 off in %2").arg(name, plainLine(flag->here, 40))
                       : tr("Turn %1 on in %2").arg(name, plainLine(flag->here, 40)));
    m_run->setText(on ? tr("Turn %1 off").arg(plainLine(name, 24)) : tr("Turn %1 on").arg(plainLine(name, 24)));
    const QString why = !refusal(*flag).isEmpty()              ? refusal(*flag)
                        : m_reason->text().trimmed().isEmpty() ? tr("Say why, so that others know.")
                                                               : QString();
    m_run->setDisabledReason(why);
    m_run->updateGeometry();
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty());
}

void FlagSection::submit()
{
    refreshSwitch();
    const FlagPtr flag = m_chosen ? m_models.breakers.find(*m_chosen) : nullptr;
    const FlagState *state = flag ? flag->state() : nullptr;
    if (!state || !m_run->disabledReason().isEmpty())
        return;
    SetFlag intent{flag->key, flag->here, !state->enabled.value_or(false), std::nullopt, QString()};
    if (const int minutes = m_length->current().toInt(); minutes > 0)
        intent.endsAt = m_models.time.now() + std::chrono::minutes(minutes);
    ActionRequest request;
    request.target = plainLine(flag->key.name, 80);
    request.service = flag->service;
    request.intent = intent;
    request.reason = m_reason->text().trimmed();
    m_place->ask(request, false);
    refreshSwitch();
}

} // namespace cockpit
