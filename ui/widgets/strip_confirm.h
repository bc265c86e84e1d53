// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/action_strip.h"
#include "ui/widgets/button.h"
#include "ui/widgets/level_bar.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/text_runs.h"

#include <optional>

class QGridLayout;

namespace cockpit {

class DiffView;

/// The checks of a strip, painted one after the other and wrapped: glyph and words, 12/20.
class CheckFlow : public ThemedWidget {
    Q_OBJECT
public:
    explicit CheckFlow(const Theme &theme, QWidget *parent = nullptr);
    void setChecks(const QList<StripCheck> &checks);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QList<QRectF> places(int width) const;

    QList<StripCheck> m_checks{};
};

/// The part of a strip that asks: what will and will not change, the checks, Run and Cancel.
class StripConfirm : public QWidget {
    Q_OBJECT
public:
    StripConfirm(const Theme &theme, QWidget *parent);
    void setView(const ActionStripView &view);
    /// Draws the bar at that fraction with the time that is left; nothing takes bar and time away.
    void setBar(std::optional<double> fraction, std::chrono::milliseconds left);
    /// Words where the bar was: why it does not run by itself.
    void setNote(const QString &words);
    Button *runButton() const { return m_run; }
    Button *cancelButton() const { return m_cancel; }
    DiffView *diff() const { return m_diff; }

private:
    void fillColumn(int column, const QString &head, const QStringList &lines);
    void clearColumns();

    const Theme &m_theme;
    ElidedLabel *m_title;
    RunLabel *m_scope;
    QWidget *m_columns;
    QGridLayout *m_grid;
    CheckFlow *m_checks;
    DiffView *m_diff;
    Button *m_run;
    Button *m_cancel;
    LevelBar *m_level;
    RunLabel *m_left;
    ElidedLabel *m_note;
};

} // namespace cockpit
