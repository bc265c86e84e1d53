// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/breakers/override_form.h"

#include "models/plain_line.h"
#include "ui/breakers/breaker_words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_runs.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace cockpit {

namespace {

QString lengthWords(const QString &minutes)
{
    return minutes == QStringLiteral("15")    ? OverrideForm::tr("15 min")
           : minutes == QStringLiteral("60")  ? OverrideForm::tr("1 h")
           : minutes == QStringLiteral("240") ? OverrideForm::tr("4 h")
                                              : OverrideForm::tr("24 h");
}

QString buttonWords(BreakerMode mode, const QString &length)
{
    switch (mode) {
    case BreakerMode::ForceClosed:
        return OverrideForm::tr("Force closed for %1").arg(length);
    case BreakerMode::Disable:
        return OverrideForm::tr("Disable for %1").arg(length);
    case BreakerMode::ForceOpen:
    case BreakerMode::Reset:
        break;
    }
    return OverrideForm::tr("Force open for %1").arg(length);
}

} // namespace

OverrideForm::OverrideForm(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_modePlace(new QWidget)
    , m_reason(new QLineEdit)
    , m_length(new SegmentedControl(theme, tr("How long"),
                                    {{QStringLiteral("15"), lengthWords(QStringLiteral("15"))},
                                     {QStringLiteral("60"), lengthWords(QStringLiteral("60"))},
                                     {QStringLiteral("240"), lengthWords(QStringLiteral("240"))},
                                     {QStringLiteral("1440"), lengthWords(QString())}}))
    , m_ask(new Button(theme, QString()))
    , m_until(new RunLabel(theme))
    , m_why(new PlainLabel(theme, FontRole::Chip11, Role::StaleText))
    , m_askPart(new QWidget)
    , m_heldPart(new QWidget)
    , m_held(new GlyphLabel(theme, FontRole::Row12))
    , m_left(new RunLabel(theme))
    , m_heldReason(new PlainLabel(theme, FontRole::Row12, Role::Muted))
    , m_trouble(new PlainLabel(theme, FontRole::Row12, Role::Critical))
    , m_revert(new Button(theme, tr("Revert now")))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme.px(8));
    auto *head = new QHBoxLayout;
    head->addWidget(new PlainLabel(theme, tr("Override"), FontRole::RowStrong12));
    head->addStretch(1);
    head->addWidget(new PlainLabel(theme, tr("reverts by itself"), FontRole::Row12, Role::Muted));
    layout->addLayout(head);
    makeAsk();
    makeHeld();
    layout->addWidget(m_askPart);
    layout->addWidget(m_heldPart);
    m_length->setCurrent(QStringLiteral("15"));
    connect(m_length, &SegmentedControl::selected, this, &OverrideForm::refreshAsk);
    connect(m_reason, &QLineEdit::textEdited, this, &OverrideForm::refreshAsk);
    connect(m_reason, &QLineEdit::returnPressed, this, [this] { submit(true); });
    connect(m_ask, &Button::clicked, this, [this] { submit(false); });
    connect(m_revert, &Button::clicked, this, [this] { submit(false); });
}

void OverrideForm::makeAsk()
{
    auto *rows = new QVBoxLayout(m_askPart);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(m_theme.px(8));
    auto *modes = new QHBoxLayout(m_modePlace);
    modes->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_modePlace);
    m_reason->setAccessibleName(tr("Reason of the override"));
    m_reason->setPlaceholderText(tr("Why? Others read this"));
    m_reason->setFont(m_theme.font(FontRole::Row12));
    m_reason->setFixedHeight(m_theme.px(32));
    m_reason->setMaxLength(500);
    rows->addWidget(m_reason);
    rows->addWidget(m_length);
    auto *last = new QHBoxLayout;
    m_ask->setKeyHint(QStringLiteral("B"));
    last->addWidget(m_ask);
    m_until->setAlignment(Qt::AlignRight);
    last->addWidget(m_until, 1);
    rows->addLayout(last);
    m_why->setWordWrap(true);
    rows->addWidget(m_why);
}

void OverrideForm::makeHeld()
{
    auto *rows = new QVBoxLayout(m_heldPart);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(m_theme.px(6));
    rows->addWidget(m_held);
    m_heldReason->setWordWrap(true);
    rows->addWidget(m_heldReason);
    m_trouble->setWordWrap(true);
    rows->addWidget(m_trouble);
    auto *last = new QHBoxLayout;
    m_revert->setKeyHint(QStringLiteral("B"));
    last->addWidget(m_revert);
    m_left->setAlignment(Qt::AlignRight);
    last->addWidget(m_left, 1);
    rows->addLayout(last);
    m_heldPart->hide();
}

void OverrideForm::setBreaker(const Breaker &breaker, const Override *held, const QString &refusal,
                              const QString &suggestion, Instant now)
{
    const bool other = !(m_breaker.key == breaker.key);
    m_breaker = breaker;
    m_override = held ? std::optional(*held) : std::nullopt;
    m_refusal = !breaker.readOnlyReason.isEmpty() ? plainLine(breaker.readOnlyReason, 200) : refusal;
    m_now = now;
    if (other || m_reason->text() == m_suggested)
        m_reason->setText(suggestion);
    m_suggested = suggestion;
    if (other)
        m_length->setCurrent(QStringLiteral("15"));
    m_askPart->setVisible(!m_override);
    m_heldPart->setVisible(m_override.has_value());
    refreshModes();
    if (m_override)
        refreshHeld();
    else
        refreshAsk();
}

void OverrideForm::refreshModes()
{
    QList<BreakerMode> modes;
    for (const BreakerMode mode : {BreakerMode::ForceOpen, BreakerMode::ForceClosed, BreakerMode::Disable}) {
        if (m_breaker.possible.contains(mode))
            modes.append(mode);
    }
    if (m_mode && modes == m_modes)
        return;
    m_modes = modes;
    const QString before = m_mode ? m_mode->current() : QString();
    delete m_mode;
    QList<SegmentedControl::Segment> segments;
    for (const BreakerMode mode : modes)
        segments.append({toWireName(mode), modeWord(mode)});
    m_mode = new SegmentedControl(m_theme, tr("Override"), segments);
    m_modePlace->layout()->addWidget(m_mode);
    m_modePlace->layout()->setAlignment(m_mode, Qt::AlignLeft);
    m_modePlace->setVisible(!segments.isEmpty());
    const bool keep = std::any_of(segments.cbegin(), segments.cend(),
                                  [&before](const SegmentedControl::Segment &one) { return one.id == before; });
    if (!segments.isEmpty())
        m_mode->setCurrent(keep ? before : segments.first().id);
    connect(m_mode, &SegmentedControl::selected, this, &OverrideForm::refreshAsk);
}

void OverrideForm::refreshAsk()
{
    const QString why = problem();
    const BreakerMode mode =
        breakerModeFromWireName(m_mode ? m_mode->current() : QString()).value_or(BreakerMode::ForceOpen);
    m_ask->setText(buttonWords(mode, lengthWords(m_length->current())));
    m_ask->setDisabledReason(why);
    m_ask->updateGeometry();
    m_until->setRuns(
        {{tr("to "), FontRole::Row12, Role::Muted},
         {utcTimeText(m_now + std::chrono::minutes(m_length->current().toInt())), FontRole::Mono12, Role::Text}});
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty());
}

void OverrideForm::refreshHeld()
{
    const bool over = m_override->isOverdue(m_now);
    m_held->setState(over ? StateGlyph::Critical : StateGlyph::Warning,
                     tr("%1 by %2").arg(plainLine(m_override->is, 40), plainLine(m_override->actor, 60)));
    m_heldReason->setText(
        tr("“%1”, it was %2. It ends %3.")
            .arg(plainLine(m_override->reason, 200), plainLine(m_override->was, 40), utcTimeText(m_override->until)));
    m_trouble->setText(plainLine(m_override->trouble, 300));
    m_trouble->setVisible(!m_override->trouble.isEmpty());
    m_left->setRuns({{over ? tr("over since ") : tr("ends in "), FontRole::Row12, Role::Muted},
                     {over ? durationText(m_now - m_override->until) : countdownText(*m_override, m_now),
                      FontRole::MonoStrong13, over ? Role::Critical : Role::Text}});
    m_revert->setDisabledReason(m_override->revert ? m_refusal : tr("it can only be ended where it was made"));
}

void OverrideForm::setArmed(bool armed)
{
    m_ask->setKind(armed ? Button::Kind::Armed : Button::Kind::Normal);
    m_ask->setCompact(armed);
    m_revert->setKind(armed ? Button::Kind::Armed : Button::Kind::Normal);
    m_revert->setCompact(armed);
}

QString OverrideForm::problem() const
{
    if (!m_refusal.isEmpty())
        return m_refusal;
    if (m_modes.isEmpty())
        return tr("its backend can only be read");
    return reason().isEmpty() ? tr("Say why, so that others know.") : QString();
}

OverrideBreaker OverrideForm::intent() const
{
    OverrideBreaker intent;
    intent.breaker = m_breaker.key;
    intent.mode = breakerModeFromWireName(m_mode->current()).value_or(BreakerMode::ForceOpen);
    intent.endsAt = m_now + std::chrono::minutes(m_length->current().toInt());
    return intent;
}

QString OverrideForm::reason() const { return m_reason->text().trimmed(); }

void OverrideForm::submit(bool byKey)
{
    if (m_override) {
        if (m_override->revert && m_refusal.isEmpty())
            Q_EMIT requested(*m_override->revert, tr("ended early"), byKey);
        return;
    }
    refreshAsk();
    if (problem().isEmpty())
        Q_EMIT requested(intent(), reason(), byKey);
    else if (byKey)
        m_reason->setFocus();
}

} // namespace cockpit
