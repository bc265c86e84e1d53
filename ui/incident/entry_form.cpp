// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/entry_form.h"

#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/segmented_control.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace cockpit {

EntryForm::EntryForm(const Theme &theme, QWidget *parent)
    : Card(theme, parent)
{
    setFill(Role::Raised);
    hide();
}

void EntryForm::open(const FormView &view, Submit submit)
{
    close();
    m_submit = std::move(submit);
    m_title = view.title;
    m_content = new QWidget;
    auto *rows = new QVBoxLayout(m_content);
    rows->setContentsMargins(theme().px(12), theme().px(10), theme().px(12), theme().px(10));
    rows->setSpacing(theme().px(6));
    rows->addWidget(new PlainLabel(theme(), view.title, FontRole::RowStrong12));
    if (!view.words.isEmpty()) {
        auto *words = new PlainLabel(theme(), view.words, FontRole::Row12, Role::Muted);
        words->setWordWrap(true);
        rows->addWidget(words);
    }
    QWidget *first = nullptr;
    for (const FormField &field : view.fields) {
        rows->addWidget(new PlainLabel(theme(), field.label, FontRole::Chip11, Role::Muted));
        QWidget *edit = makeField(field);
        rows->addWidget(edit);
        first = first ? first : edit;
    }
    m_problem = new PlainLabel(theme(), FontRole::Row12, Role::Critical);
    m_problem->setWordWrap(true);
    m_problem->hide();
    rows->addWidget(m_problem);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(theme().px(8));
    auto *save = new Button(theme(), view.save);
    save->setKind(Button::Kind::Armed);
    save->setCompact(true);
    auto *cancel = new Button(theme(), tr("Cancel"));
    buttons->addWidget(save);
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    rows->addLayout(buttons);
    connect(save, &Button::clicked, this, &EntryForm::submit);
    connect(cancel, &Button::clicked, this, &EntryForm::close);
    body()->addWidget(m_content);
    show();
    if (first)
        first->setFocus(Qt::OtherFocusReason);
}

QWidget *EntryForm::makeField(const FormField &field)
{
    if (!field.choices.isEmpty()) {
        QList<SegmentedControl::Segment> segments;
        for (const auto &[id, word] : field.choices)
            segments.append({id, word});
        auto *choice = new SegmentedControl(theme(), field.label, segments);
        choice->setCurrent(field.text);
        m_read.insert(field.id, [choice] { return choice->current(); });
        return choice;
    }
    if (field.manyLines) {
        auto *text = new QPlainTextEdit(field.text.left(field.limit));
        text->setAccessibleName(field.label);
        text->setPlaceholderText(field.hint);
        text->setFont(theme().font(FontRole::Row12));
        text->setTabChangesFocus(true);
        text->setFixedHeight(theme().px(96));
        text->installEventFilter(this);
        m_read.insert(field.id, [text, limit = field.limit] { return text->toPlainText().trimmed().left(limit); });
        return text;
    }
    auto *line = new QLineEdit(field.text.left(field.limit));
    line->setMaxLength(static_cast<int>(field.limit));
    line->setAccessibleName(field.label);
    line->setPlaceholderText(field.hint);
    line->setFont(theme().font(FontRole::Row12));
    line->setFixedHeight(theme().px(32));
    connect(line, &QLineEdit::returnPressed, this, &EntryForm::submit);
    m_read.insert(field.id, [line] { return line->text().trimmed(); });
    return line;
}

void EntryForm::submit()
{
    if (!m_submit)
        return;
    Values values;
    for (auto one = m_read.cbegin(); one != m_read.cend(); ++one)
        values.insert(one.key(), one.value()());
    const QString problem = m_submit(values);
    if (problem.isEmpty())
        return close();
    m_problem->setText(problem);
    m_problem->show();
}

void EntryForm::close()
{
    const bool was = isOpen();
    m_submit = nullptr;
    m_read.clear();
    m_title.clear();
    if (m_content) {
        m_content->hide();
        m_content->deleteLater();
    }
    m_content = nullptr;
    m_problem = nullptr;
    hide();
    if (was)
        Q_EMIT closed();
}

bool EntryForm::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && key->modifiers().testFlag(Qt::ControlModifier)) {
            submit();
            return true;
        }
    }
    return Card::eventFilter(watched, event);
}

void EntryForm::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        Card::keyPressEvent(event);
}

} // namespace cockpit
