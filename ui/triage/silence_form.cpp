// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/silence_form.h"

#include "models/matcher.h"
#include "ui/services/figure_words.h"
#include "ui/widgets/strip_words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/segmented_control.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QTimer>

namespace cockpit {

namespace {

/// The next 08:00 UTC.
Instant nextMorning(Instant now)
{
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const Instant today = day + std::chrono::hours(8);
    return today > now ? today : today + std::chrono::days(1);
}

QLineEdit *makeField(const Theme &theme, const QString &name, const QString &hint, FontRole font)
{
    auto *field = new QLineEdit;
    field->setAccessibleName(name);
    field->setPlaceholderText(hint);
    field->setFont(theme.font(font));
    field->setFixedHeight(theme.px(28));
    field->setMaxLength(4000);
    return field;
}

} // namespace

QString proposedMatchers(const Alert &alert)
{
    QList<Matcher> matchers{{QStringLiteral("alertname"), alert.name}};
    for (const QString &name : {QStringLiteral("service"), QStringLiteral("job"), QStringLiteral("app")}) {
        if (const QString *value = alert.labels.find(name)) {
            matchers.append({name, *value});
            break;
        }
    }
    QStringList parts;
    for (const Matcher &matcher : matchers)
        parts.append(matcher.toString());
    return parts.join(u',');
}

SilenceForm::SilenceForm(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
    , m_length(new SegmentedControl(theme, tr("Silence for"),
                                    {{QStringLiteral("15"), tr("15 m")},
                                     {QStringLiteral("60"), tr("1 h")},
                                     {QStringLiteral("240"), tr("4 h")},
                                     {QStringLiteral("morning"), tr("until 08:00 UTC")}}))
    , m_reason(makeField(theme, tr("Reason of the silence"), tr("Why? Others read this"), FontRole::Row12))
    , m_matchers(makeField(theme, tr("Matchers of the silence"), QStringLiteral("alertname=\"…\""), FontRole::Mono12))
    , m_problem(new PlainLabel(theme, FontRole::Chip11, Role::Critical))
    , m_preview(new QVBoxLayout)
    , m_review(new Button(theme, tr("Review the silence")))
    , m_pause(new QTimer(this))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8));
    grid->setHorizontalSpacing(theme.px(8));
    grid->setVerticalSpacing(theme.px(6));
    grid->addWidget(new PlainLabel(theme, tr("Silence for"), FontRole::Row12, Role::Muted), 0, 0);
    grid->addWidget(m_length, 0, 1, Qt::AlignLeft);
    m_review->setKeyHint(QStringLiteral("Enter"));
    grid->addWidget(m_review, 0, 2);
    grid->addWidget(new PlainLabel(theme, tr("Reason"), FontRole::Row12, Role::Muted), 1, 0);
    grid->addWidget(m_reason, 1, 1, 1, 2);
    grid->addWidget(new PlainLabel(theme, tr("Catches"), FontRole::Row12, Role::Muted), 2, 0);
    grid->addWidget(m_matchers, 2, 1, 1, 2);
    grid->addWidget(m_problem, 3, 1, 1, 2);
    m_preview->setSpacing(0);
    grid->addLayout(m_preview, 4, 1, 1, 2);
    grid->setColumnStretch(1, 1);
    setTabOrder(m_reason, m_matchers);
    m_pause->setSingleShot(true);
    m_pause->setInterval(400);
    connect(m_pause, &QTimer::timeout, this, [this] {
        if (silence())
            Q_EMIT previewRequested();
    });
    connect(m_reason, &QLineEdit::textEdited, this, &SilenceForm::edited);
    connect(m_matchers, &QLineEdit::textEdited, this, &SilenceForm::edited);
    connect(m_length, &SegmentedControl::selected, this, &SilenceForm::edited);
    connect(m_review, &Button::clicked, this, &SilenceForm::review);
}

void SilenceForm::start(const Alert &alert, Instant now)
{
    m_now = now;
    m_cluster = alert.key.cluster;
    m_length->setCurrent(QStringLiteral("60"));
    m_reason->clear();
    m_matchers->setText(proposedMatchers(alert));
    m_matchers->setCursorPosition(0);
    setPreview({});
    edited();
    m_problem->setText(QString());
    m_reason->setFocus();
}

Instant SilenceForm::end() const
{
    const QString length = m_length->current();
    return length == QStringLiteral("morning") ? nextMorning(m_now) : m_now + std::chrono::minutes(length.toInt());
}

QString SilenceForm::problem() const
{
    const Result<QList<Matcher>> matchers = parseMatchers(m_matchers->text());
    if (!matchers)
        return matchers.error().text();
    if (matchers.value().isEmpty())
        return tr("Name at least one label: a silence of everything is not offered.");
    const Result<MatcherSet> compiled = MatcherSet::compile(matchers.value());
    if (!compiled)
        return compiled.error().text();
    return m_reason->text().trimmed().isEmpty() ? tr("Say why, so that others know.") : QString();
}

std::optional<SilenceAlerts> SilenceForm::silence() const
{
    if (!problem().isEmpty())
        return std::nullopt;
    SilenceAlerts silence;
    silence.cluster = m_cluster;
    silence.matchers = parseMatchers(m_matchers->text()).value();
    silence.startsAt = m_now;
    silence.endsAt = end();
    silence.comment = reason();
    return silence;
}

QString SilenceForm::reason() const { return m_reason->text().trimmed(); }

void SilenceForm::edited()
{
    const QString words = problem();
    m_problem->setText(words);
    m_problem->setVisible(!words.isEmpty());
    m_review->setDisabledReason(words);
    m_pause->start();
}

void SilenceForm::review()
{
    edited();
    if (!silence())
        return;
    m_pause->stop();
    Q_EMIT reviewRequested();
}

void SilenceForm::setPreview(const QList<Evidence> &checks)
{
    if (checks == m_shown && !checks.isEmpty())
        return;
    m_shown = checks;
    while (QLayoutItem *item = m_preview->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Evidence &check : checks.mid(0, 6)) {
        auto *line = new GlyphLabel(theme(), FontRole::Row12);
        line->setState(verdictGlyph(check.verdict), stripCheck(check).text, Role::Muted);
        line->setToolTip(stripCheck(check).detail);
        m_preview->addWidget(line);
    }
}

void SilenceForm::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Role::Raised));
    painter.fillRect(QRect(0, 0, theme().px(3), height()), theme().color(Role::Accent));
}

void SilenceForm::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !event->isAutoRepeat())
        return review();
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else
        event->accept(); // letters typed here are never commands of the page
}

} // namespace cockpit
