// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_controls.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QTimer>

namespace cockpit {

StepCheck::StepCheck(const Theme &theme, QWidget *parent)
    : ThemedButton(theme, parent)
{
    setCheckable(true);
}

void StepCheck::setLook(bool checked, bool skipped, bool current)
{
    m_skipped = skipped;
    m_current = current;
    setChecked(checked || skipped);
    setAccessibleDescription(skipped   ? tr("skipped")
                             : checked ? tr("ticked")
                             : current ? tr("the step to do next")
                                       : QString());
    update();
}

void StepCheck::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRectF box = rect();
    const bool ticked = isChecked() && !m_skipped;
    const Role line = ticked ? Role::Ok : m_skipped ? Role::Muted : m_current ? Role::Accent : Role::Muted;
    paintBox(painter, box.adjusted(0.25, 0.25, -0.25, -0.25), theme().px(4),
             ticked ? theme().color(Role::OkSoft) : QColor(), theme().color(underMouse() ? Role::Text : line),
             Qt::SolidLine, 1.5);
    if (ticked)
        paintIcon(painter, box.adjusted(2, 2, -2, -2), Icon::Check, theme().color(Role::Ok));
    else if (m_skipped)
        painter.fillRect(QRectF(box.left() + box.width() * 0.25, box.center().y() - 1, box.width() * 0.5, 2),
                         theme().color(Role::Muted));
    paintFocus(painter, box, theme().px(4));
}

IconButton::IconButton(const Theme &theme, Icon icon, const QString &name, QWidget *parent)
    : ThemedButton(theme, parent)
    , m_icon(icon)
{
    setAccessibleName(name);
    setToolTip(name);
}

QSize IconButton::sizeHint() const { return {theme().px(24), theme().px(24)}; }

void IconButton::showDone()
{
    m_done = true;
    update();
    QTimer::singleShot(1200, this, [this] {
        m_done = false;
        update();
    });
}

void IconButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRectF box = rect();
    if (underMouse() && isEnabled())
        paintBox(painter, box, theme().px(4), theme().color(Role::Raised2), QColor());
    const double size = theme().px(14);
    const QRectF place(box.center().x() - size / 2, box.center().y() - size / 2, size, size);
    const Role ink = !isEnabled() ? Role::StaleText : m_done ? Role::Ok : underMouse() ? Role::Text : Role::Muted;
    paintIcon(painter, place, m_done ? Icon::Check : m_icon, theme().color(ink));
    paintFocus(painter, box, theme().px(4));
}

LinkSpot::LinkSpot(const Theme &theme, QWidget *parent)
    : ThemedButton(theme, parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void LinkSpot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintFocus(painter, rect(), theme().px(3));
}

SkipField::SkipField(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_reason(new QLineEdit)
    , m_skip(new Button(theme, tr("Skip")))
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(theme.px(8));
    m_reason->setPlaceholderText(tr("Skip, because …"));
    m_reason->setAccessibleName(tr("Skip this step, because"));
    m_reason->setFont(theme.font(FontRole::Row12));
    m_reason->setFixedHeight(theme.px(28));
    m_reason->setMaxLength(500);
    line->addWidget(m_reason, 1);
    line->addWidget(m_skip);
    auto *leave = new Button(theme, tr("Cancel"));
    line->addWidget(leave);
    m_skip->setDisabledReason(tr("write a reason first"));
    const auto skip = [this] {
        if (!m_reason->text().trimmed().isEmpty())
            Q_EMIT skipRequested(m_reason->text().trimmed());
    };
    connect(m_reason, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_skip->setDisabledReason(text.trimmed().isEmpty() ? tr("write a reason first") : QString());
    });
    connect(m_reason, &QLineEdit::returnPressed, this, skip);
    connect(m_skip, &Button::clicked, this, skip);
    connect(leave, &Button::clicked, this, &SkipField::cancelled);
}

void SkipField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT cancelled();
    else
        QWidget::keyPressEvent(event);
}

FindBar::FindBar(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
    , m_field(new SearchField(theme, tr("Find in this runbook"), tr("Find in this runbook")))
    , m_count(new PlainLabel(theme, FontRole::Row12, Role::Muted))
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(5));
    line->setSpacing(theme.px(4));
    line->addWidget(m_field, 1);
    m_count->setMinimumWidth(theme.px(64));
    line->addWidget(m_count);
    auto *back = new IconButton(theme, Icon::ChevronLeft, tr("Previous hit"));
    auto *next = new IconButton(theme, Icon::ChevronRight, tr("Next hit"));
    auto *close = new IconButton(theme, Icon::Close, tr("Close the search"));
    for (IconButton *button : {back, next, close})
        line->addWidget(button);
    connect(back, &IconButton::clicked, this, [this] { Q_EMIT stepRequested(-1); });
    connect(next, &IconButton::clicked, this, [this] { Q_EMIT stepRequested(+1); });
    connect(close, &IconButton::clicked, this, &FindBar::closed);
    connect(m_field, &SearchField::textChanged, this, &FindBar::wordsChanged);
    m_field->lineEdit()->setMaxLength(200);
    m_field->lineEdit()->installEventFilter(this);
    hide();
}

void FindBar::open()
{
    show();
    m_field->lineEdit()->setFocus();
    m_field->lineEdit()->selectAll();
}

void FindBar::setCount(int at, int count, bool searching)
{
    QString words = count == 0 ? tr("no hit") : tr("%1 of %2").arg(at).arg(count);
    if (searching)
        words += QChar(0x2026);
    m_count->setText(m_field->text().isEmpty() ? QString() : words);
}

void FindBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Role::Raised2));
    painter.fillRect(0, height() - 1, width(), 1, theme().color(Role::Border));
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape) {
            Q_EMIT closed();
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            Q_EMIT stepRequested(key->modifiers() & Qt::ShiftModifier ? -1 : +1);
            return true;
        }
    }
    return ThemedWidget::eventFilter(watched, event);
}

} // namespace cockpit
