// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/state_glyph.h"
#include "ui/theme/icon.h"
#include "ui/widgets/text_runs.h"

#include <optional>
#include <vector>

namespace cockpit {

class Button;

/// One cell of a RunTable.
struct RunCell {
    QList<TextRun> runs{};
    std::optional<StateGlyph> glyph{}; ///< before the runs, 18 px
    std::optional<Icon> icon{};        ///< in the glyph's place
    Role iconColor = Role::Muted;
    bool operator==(const RunCell &) const = default;
};

/// One row. `id` names it for buttonClicked().
struct RunRow {
    QString id{};
    QList<RunCell> cells{};
    QString button{}; ///< at the right end, over the last cell; empty = none
    bool lit = false; ///< the button correlates: accent
    QString disabledReason{};
    QString tip{}; ///< plain text
    bool operator==(const RunRow &) const = default;
};

struct RunColumn {
    QString head{};
    int width = 0; ///< px of the design; 0 takes what is left
    Qt::Alignment alignment = Qt::AlignLeft;
};

/// A small table without scroll bars, painted whole: head 28 px (absent when no column has one), rows with lines
/// between them. A row may have one real button. Its accessible name holds every row.
class RunTable : public ThemedWidget {
    Q_OBJECT
public:
    /// `rowHeight` in px of the design: 28, dense 24.
    RunTable(const Theme &theme, const QString &name, QList<RunColumn> columns, int rowHeight = 28,
             QWidget *parent = nullptr);
    /// Does nothing when nothing changed. A row keeps its button by id, also when it moves.
    void setRows(const QList<RunRow> &rows);
    /// New words over the columns: where they depend on the data.
    void setHeads(const QStringList &heads);
    /// Whether rows are split by lines; they are unless told otherwise.
    void setLines(bool lines);
    const QList<RunRow> &rows() const { return m_rows; }
    /// The button of that row; null when it has none.
    Button *button(const QString &id) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void buttonClicked(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;
    void themeChanged() override;

private:
    int headHeight() const;
    std::vector<QRectF> columnsOf(const QRectF &row) const;
    void paintRow(QPainter &painter, const QRectF &rect, const RunRow &row) const;
    void placeButtons();
    void refreshButtons();

    QString m_name;
    QList<RunColumn> m_columns;
    int m_rowHeight;
    bool m_lines = true;
    QList<RunRow> m_rows{};
    QHash<QString, Button *> m_buttons{};
};

/// Runs that wrap at blanks, 18 px a line: a short paragraph with its numbers in mono.
class RunParagraph : public ThemedWidget {
    Q_OBJECT
public:
    explicit RunParagraph(const Theme &theme, QWidget *parent = nullptr);
    void setRuns(const QList<TextRun> &runs);
    QString text() const;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    /// Lines of runs that fit the width.
    QList<QList<TextRun>> layOut(int width) const;

    QList<TextRun> m_runs{};
};

} // namespace cockpit
