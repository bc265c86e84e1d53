// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/plain_label.h"
#include "ui/widgets/themed_widget.h"

class QLineEdit;

namespace cockpit {

/// A filter field: h32, magnifier left, key hint right, what is wrong with the text under it. Esc clears it.
class SearchField : public ThemedWidget {
    Q_OBJECT
public:
    /// `name` is its accessible name, `hint` the placeholder, `key` the key that focuses it.
    SearchField(const Theme &theme, const QString &name, const QString &hint, const QString &key = QString(),
                QWidget *parent = nullptr);
    QString text() const;
    void setText(const QString &text);
    /// Marks the field and says why under it; empty takes it away.
    void setProblem(const QString &words);
    QLineEdit *lineEdit() const { return m_edit; }

Q_SIGNALS:
    void textChanged(const QString &text);

protected:
    void themeChanged() override;
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QLineEdit *m_edit;
    PlainLabel *m_problem;
    QString m_key;
};

} // namespace cockpit
