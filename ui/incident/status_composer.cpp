// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/status_composer.h"

#include "models/incident_clock.h"
#include "models/items/fleet_model.h"
#include "models/items/incident_store.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/incident/incident_words.h"
#include "ui/widgets/action_place.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/text_runs.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>

namespace cockpit {

namespace {

constexpr qsizetype longestUpdate = 3000;

} // namespace

StatusComposer::StatusComposer(CockpitModels &models, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_head(new RunLabel(theme))
    , m_due(new RunLabel(theme))
    , m_text(new QPlainTextEdit)
    , m_send(new Button(theme, QString()))
    , m_again(new Button(theme, tr("Use the live text"), Button::Kind::RowLit))
    , m_filled(new RunLabel(theme))
    , m_why(new PlainLabel(theme, FontRole::Chip11, Role::StaleText))
    , m_outgoing(new PlainLabel(theme, FontRole::Row12, Role::Muted))
    , m_place(new ActionPlace(models, theme))
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *rows = new QVBoxLayout;
    rows->setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(12));
    rows->setSpacing(theme.px(8));
    auto *head = new QHBoxLayout;
    head->addWidget(m_head, 1);
    m_due->setAlignment(Qt::AlignRight);
    head->addWidget(m_due, 1);
    rows->addLayout(head);
    m_text->setAccessibleName(tr("Text of the status update"));
    m_text->setFont(theme.font(FontRole::Base13));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(theme.px(122));
    rows->addWidget(m_text);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(theme.px(8));
    buttons->addWidget(m_send);
    buttons->addWidget(m_again);
    m_filled->setAlignment(Qt::AlignRight);
    buttons->addWidget(m_filled, 1);
    rows->addLayout(buttons);
    m_why->setWordWrap(true);
    rows->addWidget(m_why);
    m_outgoing->setWordWrap(true);
    rows->addWidget(m_outgoing);
    outer->addLayout(rows);
    outer->addWidget(m_place); // from edge to edge: it is narrow enough
    connect(m_send, &Button::clicked, this, [this] { send(false); });
    connect(m_again, &Button::clicked, this, [this] {
        m_edited = false;
        refreshDraft();
    });
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_filling)
            m_edited = m_text->toPlainText() != m_draft;
        refreshButtons();
    });
    connect(m_place, &ActionPlace::openChanged, this, &StatusComposer::refreshButtons);
    connect(m_place, &ActionPlace::recordChanged, this, [this](const ActionRecord &record) {
        // What was sent is said: the next text is the cockpit's again.
        if (record.state == ActionState::Succeeded)
            m_edited = false;
    });
}

int StatusComposer::number() const { return m_incident ? m_incident->statusUpdates + 1 : 1; }

QString StatusComposer::channel() const
{
    const QString own = m_incident ? m_incident->chatChannel : QString();
    return own.isEmpty() ? m_models.incidents.chatChannel() : own;
}

SourceId StatusComposer::chat() const
{
    for (const SourceStatus &source : m_models.fleet.fleet().sources) {
        if (source.kind == SourceStatus::Kind::Chat)
            return source.id;
    }
    return {};
}

void StatusComposer::setIncident(const IncidentPtr &incident)
{
    if (!m_incident || !incident || !(m_incident->head.id == incident->head.id)) {
        m_edited = false;
        m_place->close();
    }
    m_incident = incident;
    m_head->setRuns({{tr("Status update %1").arg(number()), FontRole::RowStrong12, Role::Text}});
    if (!incident || !incident->isOpen()) {
        m_due->setRuns({});
    } else {
        const auto clocks = responseClocks(*incident, m_models.incidents.targets(), m_models.incidents.runbookGoal(),
                                           m_models.time.now());
        QList<TextRun> due;
        for (const ResponseClock &clock : clocks) {
            if (clock.what == ResponseClock::What::StatusUpdate && clock.running)
                due = {{clock.overdue() ? tr("late by ") : tr("due in "), FontRole::Row12,
                        clock.overdue() ? Role::Critical : Role::Muted},
                       {shortClockText(clock.overdue() ? clock.taken - clock.goal : clock.goal - clock.taken),
                        FontRole::MonoStrong12, clock.overdue() ? Role::Critical : Role::Text}};
        }
        m_due->setRuns(due);
    }
    refreshDraft();
    refreshOutgoing();
}

void StatusComposer::refreshDraft()
{
    const QString &draft = m_models.incidents.statusDraft();
    if (!m_edited && m_text->toPlainText() != draft) {
        m_filling = true;
        m_text->setPlainText(draft);
        m_filling = false;
    }
    if (!m_edited)
        m_draft = draft;
    refreshButtons();
}

QString StatusComposer::refusal() const
{
    if (!m_incident)
        return tr("no incident is open");
    if (!m_models.incidents.hasChat())
        return tr("No chat is configured: name one under slack: in the configuration. The text can be copied.");
    if (m_place->isBusy())
        return tr("an update is on its way");
    const QString text = m_text->toPlainText().trimmed();
    if (text.isEmpty())
        return tr("There is no text to send.");
    return text.size() > longestUpdate ? tr("A status update has at most %1 characters.").arg(longestUpdate) : QString();
}

void StatusComposer::refreshButtons()
{
    const QString refused = refusal();
    const QString to = channel();
    m_send->setText(to.isEmpty() ? tr("Send to the chat") : tr("Send to %1").arg(plainLine(to, 30)));
    m_send->setDisabledReason(refused);
    m_send->setKind(m_place->isOpen() ? Button::Kind::Armed : Button::Kind::Normal);
    m_send->setCompact(true);
    m_send->updateGeometry();
    m_why->setText(refused);
    m_why->setVisible(!refused.isEmpty());
    m_again->setVisible(m_edited);
    const std::optional<Instant> at = m_models.incidents.statusDraftAt();
    if (m_edited)
        m_filled->setRuns({{tr("changed by you"), FontRole::Row12, Role::Muted}});
    else if (at)
        m_filled->setRuns(numberRuns(tr("filled in from live data %1 ago")
                                         .arg(roughDurationText(std::max(Duration(0), m_models.time.now() - *at))),
                                     FontRole::Row12, FontRole::Mono12, Role::Muted, Role::Muted));
    else
        m_filled->setRuns({});
}

void StatusComposer::refreshOutgoing()
{
    QStringList lines;
    for (const OutgoingMessage &message : m_models.incidents.outgoing())
        lines.append(tr("“%1” to %2: %3").arg(plainLine(message.text, 60), plainLine(message.channel, 40), plainLine(message.words, 160)));
    m_outgoing->setText(lines.join(u'\n'));
    m_outgoing->setVisible(!lines.isEmpty());
}

void StatusComposer::send(bool byKey)
{
    if (!refusal().isEmpty())
        return;
    PostMessage intent;
    intent.source = chat();
    intent.channel = channel();
    intent.text = m_text->toPlainText().trimmed();
    intent.thread = m_incident->chatThread;
    intent.incident = m_incident->name();
    intent.incidentId = m_incident->head.id.toString();
    intent.update = number();
    ActionRequest request;
    request.intent = intent;
    request.service = m_incident->service;
    request.target = plainLine(m_incident->name() + u' ' + m_incident->title, 160);
    m_place->ask(request, byKey);
}

} // namespace cockpit
