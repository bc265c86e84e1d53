// SPDX-License-Identifier: GPL-3.0-or-later
// The buttons of a runbook: real widgets over what is painted, only where it shows.
#include "ui/charts/time_chart.h"
#include "ui/runbooks/query_chart.h"
#include "ui/runbooks/runbook_controls.h"
#include "ui/runbooks/runbook_view.h"
#include "ui/widgets/plain_tool_tips.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>

#include <algorithm>

namespace cockpit {

namespace {

using ControlKind = RunbookControl::Kind;

} // namespace

void RunbookView::placeControls()
{
    std::map<ControlKey, QPointer<QWidget>> shown;
    double y = -m_place.offset;
    for (int unit = m_place.unit; unit < int(m_flow.units().size()) && y < viewport()->height(); ++unit) {
        const RunbookUnitLayout &laid = m_flow.layout(unit);
        const int block = m_flow.units()[size_t(unit)].block;
        const auto aside = m_sideways.find(block);
        const double shift = aside == m_sideways.end() || laid.wide <= 0 ? 0 : aside->second;
        std::map<int, int> counts;
        for (const RunbookControl &control : laid.controls) {
            const int kind = int(control.kind);
            const ControlKey key{unit, kind, counts[kind]++};
            QWidget *widget = controlFor(key, control);
            const QRect rect = control.rect.translated(padding() - shift, y).toAlignedRect();
            widget->setGeometry(rect);
            const bool inside = rect.bottom() >= 0 && rect.top() < viewport()->height();
            widget->setVisible(inside);
            shown.emplace(key, widget);
        }
        y += laid.height;
    }
    for (auto &[key, widget] : m_controls) {
        if (!widget || shown.contains(key))
            continue;
        const bool stays = std::get<1>(key) == int(ControlKind::Action) || widget == m_skipField;
        if (widget->isAncestorOf(QApplication::focusWidget()) || widget->hasFocus())
            setFocus();
        widget->hide();
        if (stays)
            shown.emplace(key, widget);
        else
            widget->deleteLater();
    }
    m_controls = std::move(shown);
    if (m_flow.look().skipping < 0 && m_skipField) {
        m_skipField->hide();
        m_skipField->deleteLater();
        m_skipField = nullptr;
    }
}

QWidget *RunbookView::controlFor(const ControlKey &key, const RunbookControl &control)
{
    QPointer<QWidget> &held = m_controls[key];
    if (!held) {
        held = makeControl(control);
        held->setParent(viewport());
        if (held->focusPolicy() & Qt::TabFocus)
            setTabOrder(this, held);
    }
    refreshControl(*held, control);
    return held;
}

QWidget *RunbookView::makeControl(const RunbookControl &control)
{
    switch (control.kind) {
    case ControlKind::Check: {
        auto *check = new StepCheck(m_theme);
        connect(check, &StepCheck::clicked, this, [this, step = control.index] { stepPressed(step); });
        return check;
    }
    case ControlKind::CopyCode: {
        auto *button = new IconButton(m_theme, Icon::Copy, control.words);
        connect(button, &IconButton::clicked, this, [this, button, text = control.target] {
            copy(text);
            button->showDone();
        });
        return button;
    }
    case ControlKind::RunQuery: {
        auto *button = new Button(m_theme, tr("Run"), Button::Kind::RowLit);
        connect(button, &Button::clicked, this, [this, query = control.target] { Q_EMIT queryAsked(query); });
        return button;
    }
    case ControlKind::Chart:
        return new QueryChart(m_theme);
    case ControlKind::Link: {
        auto *spot = new LinkSpot(m_theme);
        connect(spot, &LinkSpot::clicked, this, [this, target = control.target] { Q_EMIT linkAsked(target); });
        return spot;
    }
    case ControlKind::OpenImage: {
        auto *button = new Button(m_theme, tr("Open"), Button::Kind::Row);
        connect(button, &Button::clicked, this, [this, path = control.target] { Q_EMIT imageAsked(path); });
        return button;
    }
    case ControlKind::SkipField:
        return makeSkipField(control.index);
    case ControlKind::Action: {
        const auto known = m_actions.find(control.index);
        if (known != m_actions.end() && known->second)
            return known->second;
        QWidget *made = m_makeAction ? m_makeAction(runbook()->blocks.at(control.index)) : new QWidget;
        m_actions[control.index] = made;
        made->installEventFilter(this);
        return made;
    }
    default:
        return makeStepButton(control);
    }
}

QWidget *RunbookView::makeStepButton(const RunbookControl &control)
{
    if (control.kind == ControlKind::CopyStep) {
        auto *button = new Button(m_theme, tr("Copy"));
        button->setGlyphIcon(Icon::Copy);
        button->setKeyHint(QStringLiteral("C"));
        connect(button, &Button::clicked, this, &RunbookView::copyCurrent);
        return button;
    }
    if (control.kind == ControlKind::TickStep) {
        auto *button = new Button(m_theme, tr("Tick"));
        button->setKeyHint(tr("Space"));
        connect(button, &Button::clicked, this, &RunbookView::tickCurrent);
        return button;
    }
    auto *button = new Button(m_theme, tr("Skip"));
    connect(button, &Button::clicked, this, [this, step = control.index] {
        m_flow.look().skipping = step;
        m_flow.invalidateStep(step);
        settle();
        if (m_skipField)
            m_skipField->lineEdit()->setFocus();
    });
    return button;
}

QWidget *RunbookView::makeSkipField(int step)
{
    if (m_skipField)
        return m_skipField;
    m_skipField = new SkipField(m_theme);
    const auto leave = [this, step] {
        m_flow.look().skipping = -1;
        m_flow.invalidateStep(step);
        setFocus();
        settle();
    };
    connect(m_skipField, &SkipField::cancelled, this, leave);
    connect(m_skipField, &SkipField::skipRequested, this, [this, step, leave](const QString &reason) {
        leave();
        if (!m_asked.contains(step)) {
            m_asked.insert(step);
            Q_EMIT skipAsked(step, reason);
        }
    });
    return m_skipField;
}

void RunbookView::refreshControl(QWidget &widget, const RunbookControl &control)
{
    if (!control.words.isEmpty())
        widget.setAccessibleName(control.words);
    if (auto *check = qobject_cast<StepCheck *>(&widget)) {
        const RunbookProgress::Step *step = progress().step(control.index);
        check->setLook(step && !step->isOpen(), step && step->isSkipped(),
                       m_flow.look().guides && progress().current() == control.index);
    } else if (auto *chart = qobject_cast<QueryChart *>(&widget)) {
        if (const RunbookQueryAnswer *answer = m_flow.look().answer(control.target))
            chart->setAnswer(*answer);
    } else if (auto *run = qobject_cast<Button *>(&widget); run && control.kind == ControlKind::RunQuery) {
        const RunbookQueryAnswer *answer = m_flow.look().answer(control.target);
        run->setText(answer ? tr("Run again") : tr("Run"));
        run->setDisabledReason(answer && answer->loading ? tr("it is being asked") : QString());
    } else if (control.kind == ControlKind::Link) {
        widget.setAccessibleDescription(control.target.left(200));
    }
}

void RunbookView::stepPressed(int step)
{
    const RunbookProgress::Step *pressed = progress().step(step);
    if (!pressed || m_asked.contains(step) || (pressed->written && !pressed->tick))
        return settle();
    m_asked.insert(step);
    if (pressed->isOpen())
        Q_EMIT tickAsked(step);
    else
        Q_EMIT untickAsked(step);
    settle(); // the box shows what is known, not what was asked for
}

QString RunbookView::tickRefusal() const
{
    if (!runbook() || progress().steps().isEmpty())
        return tr("the runbook that is shown has no steps");
    return progress().current() < 0 ? tr("all steps are ticked") : QString();
}

QString RunbookView::copyRefusal() const
{
    const QString refusal = tickRefusal();
    if (!refusal.isEmpty())
        return refusal;
    return codeOfStep(m_flow.look(), progress().current()).isEmpty() ? tr("this step has no command") : QString();
}

void RunbookView::tickCurrent()
{
    if (tickRefusal().isEmpty() && m_flow.look().skipping < 0)
        stepPressed(progress().current());
}

void RunbookView::copyCurrent()
{
    if (copyRefusal().isEmpty())
        copy(codeOfStep(m_flow.look(), progress().current()));
}

void RunbookView::copy(const QString &text)
{
    if (text.isEmpty())
        return;
    m_copied = text;
    QGuiApplication::clipboard()->setText(text);
    const qsizetype lines = text.count(u'\n') + 1;
    Q_EMIT noticed(lines == 1 ? tr("Copied 1 line") : tr("Copied %1 lines").arg(lines));
}

} // namespace cockpit
