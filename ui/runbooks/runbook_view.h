// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runbooks/runbook_find.h"

#include <QAbstractScrollArea>
#include <QPointer>

#include <map>
#include <optional>

namespace cockpit {

class FindBar;
class SkipField;

/// A runbook as a person reads and follows it: painted block by block, laid out only where it shows, whatever its
/// length. Steps are real check boxes; links, copy and run buttons are real buttons; text is selected by mouse across
/// blocks. Arrows and Page keys scroll, Tab goes through what can be pressed, Space ticks the current step, C copies
/// its command, Ctrl+F finds. It loads nothing and runs nothing: it only asks.
class RunbookView : public QAbstractScrollArea {
    Q_OBJECT
public:
    /// `ground` is what it stands on; `padding` at both sides, px of the design.
    RunbookView(const Theme &theme, Role ground, int padding, QWidget *parent = nullptr);

    /// Beside an alert: the current step is a band with its buttons, done steps are folded.
    void setGuides(bool guides);
    /// The title stands elsewhere: a first heading that says the same is left out.
    void setTitleShown(bool shown) { m_titleShown = shown; }
    /// Shows that section (the whole document for an empty slug or one that is not there). The same document read again
    /// keeps the place that is being read.
    void setRunbook(RunbookPtr runbook, const QString &slug, const RunbookFilling &filling);
    void setTicks(const QList<RunbookTick> &ticks);
    /// Makes it possible to run queries: what each gave, null where it was not asked.
    void setAnswers(std::function<const RunbookQueryAnswer *(const QString &)> answers);
    void answerChanged(const QString &query);
    /// Makes the widget of an action block: its button and the strip under it.
    void setActionMaker(std::function<QWidget *(const RunbookBlock &)> maker);

    RunbookPtr runbook() const { return m_flow.look().runbook; }
    const RunbookProgress &progress() const { return m_flow.look().progress; }
    /// Puts that heading at the top; answers false when it is not shown.
    bool scrollToSlug(const QString &slug);
    /// Puts the step to do next in sight, with what comes before it where there is room.
    void scrollToCurrentStep();
    /// Why Space and C cannot do anything now; empty when they can.
    QString tickRefusal() const;
    QString copyRefusal() const;
    void tickCurrent();
    void copyCurrent();
    void openFind();
    /// The heading that stands at or above the top; -1 when there is none. Index into Runbook::blocks.
    int topHeading() const;
    QString selectedText() const { return m_copied; }

    /// For tests: what was laid out, and how often.
    const RunbookFlow &flow() const { return m_flow; }

Q_SIGNALS:
    void tickAsked(int step);
    void untickAsked(int step);
    void skipAsked(int step, const QString &reason);
    /// As the file writes it.
    void linkAsked(const QString &target);
    void queryAsked(const QString &query);
    void imageAsked(const QString &path);
    void backAsked();
    void forwardAsked();
    /// Words for the person: "Copied 2 lines".
    void noticed(const QString &words);
    /// Another heading is at the top.
    void headingChanged(int block);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    /// One control of one unit; stays the same widget while it shows.
    using ControlKey = std::tuple<int, int, int>;
    struct Place {
        int unit = 0;
        double offset = 0;
    };

    // runbook_view.cpp: what is shown, and where
    double padding() const;
    double findHeight() const;
    void relayout();
    void settle();
    void normalize();
    void moveTo(int unit, double offset);
    void progressChanged(int before);
    void placeFindBar();
    void showHit(int direction);

    // runbook_view_controls.cpp: the buttons over the painting
    void placeControls();
    QWidget *controlFor(const ControlKey &key, const RunbookControl &control);
    QWidget *makeControl(const RunbookControl &control);
    QWidget *makeStepButton(const RunbookControl &control);
    QWidget *makeSkipField(int step);
    void refreshControl(QWidget &widget, const RunbookControl &control);
    void stepPressed(int step);
    void copy(const QString &text);
    QList<QWidget *> focusStops() const;
    bool seekControl(int direction);
    bool leaveFocus(bool next);

    // runbook_view_input.cpp: mouse, keys, selection
    std::optional<RunbookPosition> positionAt(const QPoint &point) const;
    QString linkAt(const QPoint &point) const;
    int stepAt(const QPoint &point) const;
    int unitAtY(int y, double *top) const;
    void select(const RunbookPosition &from, const RunbookPosition &to);
    bool handleControlKey(QKeyEvent *event);
    bool handlePlainKey(QKeyEvent *event);
    void scrollSideways(int unit, double distance);

    // runbook_view_paint.cpp
    void paintUnit(QPainter &painter, int unit, double top) const;
    QList<QTextLayout::FormatRange> marksOf(int unit, int piece, int length) const;

    const Theme &m_theme;
    Role m_ground;
    int m_padding;
    RunbookFlow m_flow;
    QString m_slug{};
    Place m_place{};
    int m_lastValue = 0;
    bool m_settling = false;
    bool m_titleShown = true;
    bool m_lit = false; ///< the focus came by keyboard
    int m_heading = -1;
    std::map<ControlKey, QPointer<QWidget>> m_controls{};
    std::map<int, QPointer<QWidget>> m_actions{}; ///< by block: they live as long as the document
    std::function<QWidget *(const RunbookBlock &)> m_makeAction{};
    QPointer<SkipField> m_skipField{};
    QSet<int> m_asked{};                ///< steps whose tick was asked for and not answered yet
    std::map<int, double> m_sideways{}; ///< by block
    RunbookReader *m_reader;
    FindBar *m_findBar;
    int m_hit = -1;
    std::optional<RunbookPosition> m_selectFrom{};
    RunbookPosition m_selectTo{};
    QPoint m_pressed{};
    QString m_copied{};
};

} // namespace cockpit
