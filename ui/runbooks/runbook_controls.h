// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icon.h"
#include "ui/widgets/button.h"
#include "ui/widgets/search_field.h"

class QLineEdit;

namespace cockpit {

/// The check box of a step, 16 px: empty, ticked, or struck through where it was skipped.
class StepCheck : public ThemedButton {
    Q_OBJECT
public:
    explicit StepCheck(const Theme &theme, QWidget *parent = nullptr);
    /// `current` draws it in the accent colour.
    void setLook(bool checked, bool skipped, bool current);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_skipped = false;
    bool m_current = false;
};

/// A button that is one icon: copy, next, previous, close.
class IconButton : public ThemedButton {
    Q_OBJECT
public:
    IconButton(const Theme &theme, Icon icon, const QString &name, QWidget *parent = nullptr);
    QSize sizeHint() const override;
    /// For a moment it shows that it was done.
    void showDone();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Icon m_icon;
    bool m_done = false;
};

/// The focus stop and the name of a link that is painted under it; the mouse goes through to the text.
class LinkSpot : public ThemedButton {
    Q_OBJECT
public:
    explicit LinkSpot(const Theme &theme, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// "Skip, because …": a line for the reason. Enter skips, Esc leaves it.
class SkipField : public QWidget {
    Q_OBJECT
public:
    explicit SkipField(const Theme &theme, QWidget *parent = nullptr);
    QLineEdit *lineEdit() const { return m_reason; }

Q_SIGNALS:
    /// With a reason that is not empty.
    void skipRequested(const QString &reason);
    void cancelled();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLineEdit *m_reason;
    Button *m_skip;
};

/// Find in this document: field, "3 of 12", next, previous, close. Enter and Shift+Enter go on and back, Esc closes.
class FindBar : public ThemedWidget {
    Q_OBJECT
public:
    explicit FindBar(const Theme &theme, QWidget *parent = nullptr);
    void open();
    /// `at` from 1, 0 when none is shown; `searching` while more may come.
    void setCount(int at, int count, bool searching);
    QString words() const { return m_field->text(); }

Q_SIGNALS:
    void wordsChanged(const QString &words);
    void stepRequested(int direction);
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    SearchField *m_field;
    PlainLabel *m_count;
};

} // namespace cockpit
