// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/action_strip.h"

#include "ui/widgets/diff_view.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/strip_confirm.h"
#include "ui/widgets/strip_tracker.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QVariantAnimation>
#include <QVBoxLayout>

#include <cmath>

namespace cockpit {

namespace {

bool isEnter(const QKeyEvent &event) { return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter; }

} // namespace

ActionStrip::ActionStrip(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent), m_confirm(new StripConfirm(theme, this)), m_tracker(new StripTracker(theme, this)),
      m_bar(new QVariantAnimation(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Action"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12));
    layout->addWidget(m_confirm);
    layout->addWidget(m_tracker);
    m_tracker->hide();
    // Not Maximum: that would cap it at the height of its widest layout, and cut what wraps.
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_confirm->runButton()->installEventFilter(this);
    connect(m_confirm->runButton(), &Button::clicked, this, &ActionStrip::run);
    connect(m_confirm->cancelButton(), &Button::clicked, this, &ActionStrip::leave);
    connect(m_tracker->closeButton(), &Button::clicked, this, &ActionStrip::leave);
    connect(m_tracker->reverseButton(), &Button::clicked, this, &ActionStrip::reverseRequested);
    connect(m_confirm->diff()->toggle(), &Button::clicked, this, [this] {
        if (barRuns())
            stopBar(tr("Stopped: read what changes"));
        updateGeometry();
    });
    m_bar->setStartValue(0.0);
    m_bar->setEndValue(1.0);
    connect(m_bar, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) {
        const double fraction = value.toDouble();
        const double shown = this->theme().reducedMotion() ? std::floor(fraction * 6) / 6 : fraction;
        m_confirm->setBar(shown, std::chrono::milliseconds(m_bar->duration() - m_bar->currentTime()));
    });
    connect(m_bar, &QVariantAnimation::finished, this, &ActionStrip::run);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        if (barRuns() && now != this && !isAncestorOf(now))
            stopBar(tr("Stopped: the focus went elsewhere"));
    });
}

bool ActionStrip::barRuns() const { return m_bar->state() == QAbstractAnimation::Running; }

bool ActionStrip::factsDiffer(const ActionStripView &view) const
{
    return view.title != m_view.title || view.scope != m_view.scope || view.willChange != m_view.willChange
           || view.willNotChange != m_view.willNotChange || view.checks != m_view.checks
           || view.serious != m_view.serious || view.diff != m_view.diff || view.runText != m_view.runText
           || view.runDisabledReason != m_view.runDisabledReason;
}

void ActionStrip::setView(const ActionStripView &view)
{
    if (m_hasView && view == m_view)
        return;
    const bool enters = !m_hasView || view.phase != m_view.phase;
    const bool differs = m_hasView && factsDiffer(view);
    m_view = view;
    m_hasView = true;
    const bool asks = view.phase == ActionStripView::Phase::Planning || view.phase == ActionStripView::Phase::Confirm;
    m_confirm->setVisible(asks);
    m_tracker->setVisible(!asks);
    if (asks && (enters || differs))
        m_confirm->setView(view);
    else if (!asks)
        m_tracker->setView(view);
    setAccessibleDescription(view.title.left(300));
    if (enters)
        enterPhase();
    else if (differs && barRuns())
        stopBar(tr("Stopped: the facts changed, read them again"));
    updateGeometry();
    update();
}

void ActionStrip::enterPhase()
{
    m_bar->stop();
    m_confirm->setBar(std::nullopt, {});
    m_enterPressed = false;
    if (m_view.phase != ActionStripView::Phase::Confirm)
        return;
    m_ran = false;
    if (isVisible())
        startBar();
}

void ActionStrip::startBar()
{
    setFocus(Qt::OtherFocusReason);
    const bool allowed = !m_view.serious && !m_view.opensByKey && m_view.bar.count() > 0
                         && m_view.runDisabledReason.isEmpty() && !m_ran;
    if (!allowed)
        return;
    if (!window()->isActiveWindow()) {
        stopBar(tr("Runs only when you press it: the window has no focus"));
        return;
    }
    m_bar->setDuration(static_cast<int>(m_view.bar.count()));
    m_confirm->setBar(0.0, m_view.bar);
    m_bar->start();
}

void ActionStrip::stopBar(const QString &reason)
{
    m_bar->stop();
    m_confirm->setBar(std::nullopt, {});
    m_confirm->setNote(reason);
}

void ActionStrip::run()
{
    const bool allowed = m_view.phase == ActionStripView::Phase::Confirm && m_view.runDisabledReason.isEmpty() && !m_ran;
    if (!allowed)
        return;
    m_ran = true;
    m_bar->stop();
    m_confirm->setBar(std::nullopt, {});
    m_confirm->setNote(tr("Sending"));
    Q_EMIT runRequested();
}

void ActionStrip::leave()
{
    m_bar->stop();
    if (m_view.phase == ActionStripView::Phase::Ended)
        Q_EMIT closeRequested();
    else if (m_view.phase != ActionStripView::Phase::Tracking && !m_ran)
        Q_EMIT cancelRequested();
}

void ActionStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Role::Raised));
    painter.fillRect(0, height() - 1, width(), 1, theme().color(Role::Border));
    const bool asks = m_view.phase == ActionStripView::Phase::Planning || m_view.phase == ActionStripView::Phase::Confirm;
    const Role bar = asks ? (m_view.serious ? Role::Critical : Role::Accent)
                     : m_view.outcomeGlyph == StateGlyph::Unknown ? Role::Accent : glyphRole(m_view.outcomeGlyph);
    painter.fillRect(0, 0, theme().px(3), height(), theme().color(bar));
}

void ActionStrip::handlePress(QKeyEvent *event)
{
    event->accept();
    if (event->isAutoRepeat())
        return;
    if (isEnter(*event))
        m_enterPressed = m_view.phase == ActionStripView::Phase::Confirm;
    else
        leave();
}

void ActionStrip::handleRelease(QKeyEvent *event)
{
    event->accept();
    if (event->isAutoRepeat() || !m_enterPressed)
        return;
    m_enterPressed = false;
    run();
}

void ActionStrip::keyPressEvent(QKeyEvent *event)
{
    if (isEnter(*event) || event->key() == Qt::Key_Escape)
        handlePress(event);
    else
        ThemedWidget::keyPressEvent(event);
}

void ActionStrip::keyReleaseEvent(QKeyEvent *event)
{
    if (isEnter(*event))
        handleRelease(event);
    else
        ThemedWidget::keyReleaseEvent(event);
}

bool ActionStrip::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == window() && event->type() == QEvent::WindowDeactivate && barRuns())
        stopBar(tr("Stopped: the window lost the focus"));
    if (watched == m_confirm->runButton()
        && (event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease)) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (isEnter(*key)) {
            event->type() == QEvent::KeyPress ? handlePress(key) : handleRelease(key);
            return true;
        }
    }
    return ThemedWidget::eventFilter(watched, event);
}

void ActionStrip::showEvent(QShowEvent *event)
{
    ThemedWidget::showEvent(event);
    window()->installEventFilter(this);
    if (m_view.phase == ActionStripView::Phase::Confirm && !barRuns())
        startBar();
}

void ActionStrip::hideEvent(QHideEvent *event)
{
    m_bar->stop();
    ThemedWidget::hideEvent(event);
}

} // namespace cockpit
