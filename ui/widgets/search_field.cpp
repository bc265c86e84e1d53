// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/search_field.h"

#include "ui/theme/icon.h"
#include "ui/widgets/key_cap.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QVBoxLayout>

namespace cockpit {

SearchField::SearchField(const Theme &theme, const QString &name, const QString &hint, const QString &key,
                         QWidget *parent)
    : ThemedWidget(theme, parent), m_edit(new QLineEdit(this)),
      m_problem(new PlainLabel(theme, FontRole::Chip11, Role::Critical, this)), m_key(key)
{
    m_edit->setAccessibleName(name);
    m_edit->setPlaceholderText(hint);
    m_edit->setFrame(false);
    m_edit->setStyleSheet(QStringLiteral("QLineEdit { background: transparent; border: none; padding: 0; }"));
    m_edit->installEventFilter(this);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme.px(2));
    layout->addWidget(m_edit);
    layout->addWidget(m_problem);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &SearchField::textChanged);
    themeChanged();
}

QString SearchField::text() const { return m_edit->text(); }

void SearchField::setText(const QString &text) { m_edit->setText(text); }

void SearchField::setProblem(const QString &words)
{
    m_problem->setText(words.left(300));
    m_problem->setVisible(!words.isEmpty());
    m_edit->setAccessibleDescription(words.left(300));
    update();
}

void SearchField::themeChanged()
{
    m_edit->setFont(theme().font(FontRole::Row12));
    m_edit->setFixedHeight(theme().px(32));
    const int right = m_key.isEmpty() ? theme().px(8) : static_cast<int>(keyCapWidth(m_key, theme())) + theme().px(16);
    m_edit->setTextMargins(theme().px(30), 0, right, 0);
    ThemedWidget::themeChanged();
}

void SearchField::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRectF box(m_edit->geometry());
    const Role outline = m_problem->isVisibleTo(this) ? Role::Critical : m_edit->hasFocus() ? Role::Accent : Role::Border;
    paintBox(painter, box, theme().px(6), theme().color(Role::Surface), theme().color(outline));
    const int size = theme().px(16);
    paintIcon(painter, QRectF(theme().px(8), box.top() + (box.height() - size) / 2, size, size), Icon::Search,
              theme().color(Role::Muted));
    if (!m_key.isEmpty()) {
        const double width = keyCapWidth(m_key, theme());
        paintKeyCap(painter, QRectF(box.right() - width - theme().px(8), box.top(), width, box.height()), m_key, theme());
    }
}

bool SearchField::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape
        && !m_edit->text().isEmpty()) {
        m_edit->clear();
        return true;
    }
    return ThemedWidget::eventFilter(watched, event);
}

} // namespace cockpit
