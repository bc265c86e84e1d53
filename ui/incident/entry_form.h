// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

#include <QHash>
#include <QList>

#include <functional>
#include <utility>

class QVBoxLayout;

namespace cockpit {

class Button;
class PlainLabel;

/// One thing that a form asks for.
struct FormField {
    QString id{};
    QString label{};
    QString text{}; ///< to begin with
    QString hint{};
    bool manyLines = false;
    QList<std::pair<QString, QString>> choices{}; ///< id and word; then it is one of these
    qsizetype limit = 4000;                       ///< characters
};

/// What a form says and asks.
struct FormView {
    QString title{};
    QString words{}; ///< why it asks, wrapped; may be empty
    QList<FormField> fields{};
    QString save{}; ///< the button's word
};

/// A small form in place, under what asked for it. Enter saves (Ctrl+Enter in a field of many lines), Esc closes. What is
/// being typed survives every refresh: only open() changes it.
class EntryForm : public Card {
    Q_OBJECT
public:
    /// Answers why it cannot be taken as it is, in words; empty = done, and the form closes.
    using Values = QHash<QString, QString>;
    using Submit = std::function<QString(const Values &)>;

    explicit EntryForm(const Theme &theme, QWidget *parent = nullptr);
    void open(const FormView &view, Submit submit);
    void close();
    bool isOpen() const { return m_submit != nullptr; }
    /// The title of what it asks now; empty while it is closed.
    QString title() const { return m_title; }

Q_SIGNALS:
    /// It was saved or left.
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeField(const FormField &field);
    void submit();

    QWidget *m_content = nullptr;
    PlainLabel *m_problem = nullptr;
    QHash<QString, std::function<QString()>> m_read{};
    Submit m_submit{};
    QString m_title{};
};

} // namespace cockpit
