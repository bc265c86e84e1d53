// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/alert_head.h"

#include "models/plain_line.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/text_runs.h"

#include <QHBoxLayout>
#include <QPainter>

namespace cockpit {

namespace {

/// Sets the word and one size for both looks, so that the button does not move when its strip opens.
void relabel(Button &button, const QString &word)
{
    if (button.text() == word && button.minimumWidth() > 0 && button.minimumWidth() == button.maximumWidth())
        return;
    const Button::Kind kind = button.kind();
    button.setText(word);
    button.setKind(Button::Kind::Normal);
    button.setFixedSize(button.sizeHint() + QSize(button.theme().px(8), 0));
    button.setKind(kind);
}

} // namespace

AlertHead::AlertHead(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
    , m_name(new GlyphLabel(theme, FontRole::Heading18))
    , m_severity(new Chip(theme))
    , m_priority(new Chip(theme))
    , m_since(new RunLabel(theme))
    , m_summary(new ElidedLabel(theme, FontRole::Base13, Role::Text, nullptr, 2))
    , m_meaning(new ElidedLabel(theme, FontRole::Base13, Role::Muted))
    , m_acknowledge(new Button(theme, tr("Acknowledge")))
    , m_silence(new Button(theme, tr("Silence")))
    , m_incident(new Button(theme, tr("Declare incident"), Button::Kind::RowLit))
    , m_reason(new PlainLabel(theme, FontRole::Chip11, Role::StaleText))
{
    setFixedHeight(theme.px(92));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(6));
    layout->setSpacing(theme.px(2));
    layout->addWidget(makeTitleRow());
    layout->addWidget(makeBody(), 1);
    m_acknowledge->setKeyHint(QStringLiteral("A"));
    m_silence->setKeyHint(QStringLiteral("S"));
    m_incident->setKeyHint(QStringLiteral("I"));
    connect(m_acknowledge, &Button::clicked, this, &AlertHead::acknowledgeRequested);
    connect(m_silence, &Button::clicked, this, &AlertHead::silenceRequested);
    connect(m_incident, &Button::clicked, this, &AlertHead::incidentRequested);
}

QWidget *AlertHead::makeTitleRow()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(theme().px(8));
    m_name->setMinimumWidth(theme().px(80));
    line->addWidget(m_name);
    line->addWidget(m_severity);
    line->addWidget(m_priority);
    line->addStretch(1);
    line->addWidget(m_since);
    return row;
}

QWidget *AlertHead::makeBody()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(theme().px(12));
    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(m_summary);
    texts->addWidget(m_meaning);
    texts->addStretch(1);
    line->addLayout(texts, 1);
    auto *right = new QVBoxLayout;
    right->setSpacing(theme().px(1));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(theme().px(8));
    buttons->addWidget(m_acknowledge);
    buttons->addWidget(m_silence);
    right->addLayout(buttons);
    m_reason->setAlignment(Qt::AlignRight | Qt::AlignTop);
    auto *below = new QHBoxLayout;
    below->setSpacing(theme().px(8));
    below->addWidget(m_reason, 1);
    below->addWidget(m_incident, 0, Qt::AlignRight);
    right->addLayout(below);
    line->addLayout(right);
    return row;
}

void AlertHead::setAlert(const Alert &alert, const AlertFreshness &freshness, Instant now)
{
    const bool old = freshness.stale;
    m_name->setState(old ? StateGlyph::Stale : alertGlyph(alert), plainLine(alert.name, 60),
                     old ? Role::StaleText : Role::Text);
    const Role chip = old ? Role::Border : priorityRole(alert) == Role::Muted ? Role::Border : priorityRole(alert);
    const Role chipText = old ? Role::Muted : priorityRole(alert);
    m_severity->setView({alert.severity.isEmpty() ? tr("no severity") : plainLine(alert.severity, 24),
                         {},
                         Role::Muted,
                         chipText,
                         chip});
    m_priority->setVisible(alert.priority.has_value());
    if (alert.priority)
        m_priority->setView({toWireName(*alert.priority), {}, Role::Muted, chipText, chip});
    const QString word = alert.state == AlertState::Pending    ? tr("pending since")
                         : alert.state == AlertState::Resolved ? tr("fired at")
                                                               : tr("firing since");
    const QString age = alert.state == AlertState::Resolved && alert.resolvedAt
                            ? tr("for %1").arg(durationText(*alert.resolvedAt - alert.startsAt))
                            : durationText(now - alert.startsAt);
    m_since->setRuns(old ? QList<TextRun>{{freshness.ageText(now), FontRole::Row12, Role::StaleText}}
                         : QList<TextRun>{{word + u' ', FontRole::Row12, Role::Muted},
                                          {utcTimeText(alert.startsAt), FontRole::MonoMedium12, Role::Text},
                                          {QStringLiteral("  ") + age, FontRole::MonoStrong12, Role::Text}});
    m_since->setToolTip(utcDateTimeText(alert.startsAt));
    m_summary->setText(plainLine(alert.summaryLine(), 600));
    QString meaning = alert.annotations.value(u"impact");
    if (meaning.isEmpty() && !alert.annotations.value(u"summary").isEmpty())
        meaning = alert.annotations.value(u"description");
    m_meaning->setText(plainLine(meaning, 600));
    m_since->setMinimumWidth(m_since->sizeHint().width());
    fitLines();
    refreshButtons(alert, freshness.refusal(now));
}

void AlertHead::fitLines()
{
    const bool oneLine = m_summary->heightForWidth(m_summary->width()) <= theme().lineHeight(FontRole::Base13);
    m_summary->setMinimumHeight(m_summary->heightForWidth(m_summary->width()));
    m_meaning->setVisible(oneLine && !m_meaning->text().isEmpty());
}

void AlertHead::resizeEvent(QResizeEvent *event)
{
    ThemedWidget::resizeEvent(event);
    fitLines();
}

void AlertHead::refreshButtons(const Alert &alert, const QString &refusal)
{
    const bool held = alert.state == AlertState::Acknowledged || alert.state == AlertState::Silenced;
    QString why = refusal;
    if (alert.state == AlertState::Resolved)
        why = tr("it no longer fires");
    else if (alert.state == AlertState::Pending || alert.notInAlertmanager)
        why = tr("Alertmanager does not know it");
    m_acknowledgeRefusal = why;
    m_silenceRefusal = why;
    if (held && alert.silenceIds.isEmpty())
        m_acknowledgeRefusal = tr("its silence is not known");
    if (alert.state == AlertState::Inhibited && why.isEmpty())
        m_acknowledgeRefusal = tr("another alert inhibits it");
    const QString acknowledgeWord = alert.state == AlertState::Acknowledged ? tr("Un-acknowledge") : tr("Acknowledge");
    m_acknowledge->setVisible(alert.state != AlertState::Silenced);
    const QString silenceWord = alert.state == AlertState::Silenced ? tr("Unsilence") : tr("Silence");
    relabel(*m_acknowledge, acknowledgeWord);
    relabel(*m_silence, silenceWord);
    m_acknowledge->setDisabledReason(m_acknowledgeRefusal);
    m_silence->setDisabledReason(m_silenceRefusal);
    const QString shown = m_silenceRefusal.isEmpty() ? m_acknowledgeRefusal : m_silenceRefusal;
    m_reason->setText(shown);
    m_reason->setVisible(!shown.isEmpty());
}

void AlertHead::setArmed(bool acknowledge, bool silence)
{
    m_acknowledge->setKind(acknowledge ? Button::Kind::Armed : Button::Kind::Normal);
    m_silence->setKind(silence ? Button::Kind::Armed : Button::Kind::Normal);
}

void AlertHead::setIncident(const QString &name)
{
    const QString word = name.isEmpty() ? tr("Declare incident") : tr("Open %1").arg(plainLine(name, 24));
    if (m_incident->text() == word)
        return;
    m_incident->setText(word);
    m_incident->updateGeometry();
}

void AlertHead::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Role::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme().color(Role::Border));
}

} // namespace cockpit
