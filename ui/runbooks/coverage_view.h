// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook_coverage.h"
#include "ui/theme/theme.h"

#include <QAbstractListModel>
#include <QListView>
#include <QPointer>

namespace cockpit {

class Button;
class CoverageBar;
class RunLabel;

/// The rows of the coverage table, worst first as the store has them.
class CoverageModel : public QAbstractListModel {
    Q_OBJECT
public:
    explicit CoverageModel(QObject *parent = nullptr);
    void setCoverage(const QList<RunbookCoverage> &coverage, Instant now);
    const QList<RunbookCoverage> &coverage() const { return m_coverage; }
    Instant now() const { return m_now; }
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<RunbookCoverage> m_coverage{};
    Instant m_now{};
};

/// Those rows, 28 px each. A rule without a runbook has a real button; it belongs to its rule, however rows move.
class CoverageList : public QListView {
    Q_OBJECT
public:
    CoverageList(CoverageModel &model, const Theme &theme, QWidget *parent = nullptr);
    /// Rows that stand below what shows.
    int rowsBelow() const;
    void refreshButtons();

Q_SIGNALS:
    void chosen(const cockpit::RunbookCoverage &row);
    void skeletonAsked(const QString &alert);
    void scrolled();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void choose(const QModelIndex &index);

    CoverageModel &m_model;
    const Theme &m_theme;
    QHash<QString, QPointer<Button>> m_buttons{};
};

/// Every alert rule and its runbook: number and share, a bar of the three states, the table.
class CoverageView : public QWidget {
    Q_OBJECT
public:
    CoverageView(const Theme &theme, QWidget *parent = nullptr);
    void setCoverage(const QList<RunbookCoverage> &coverage, Instant now, bool known);

Q_SIGNALS:
    void chosen(const cockpit::RunbookCoverage &row);
    void skeletonAsked(const QString &alert);

private:
    QWidget *makeHead();
    QWidget *makeFoot();
    void refreshFoot();

    const Theme &m_theme;
    CoverageModel *m_model;
    CoverageList *m_list;
    RunLabel *m_title = nullptr;
    RunLabel *m_share = nullptr;
    CoverageBar *m_bar = nullptr;
    Button *m_more = nullptr;
};

} // namespace cockpit
