// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/runbook_coverage.h"
#include "ui/runbooks/runbook_rows.h"
#include "ui/theme/theme.h"

#include <QSet>
#include <QWidget>

#include <optional>

class QStackedWidget;
class QTimer;

namespace cockpit {

class Button;
class CoverageView;
class DocumentHead;
class GlyphLabel;
class LinkStrip;
class Pill;
class ElidedLabel;
class RunbookBinding;
class RunbookPrinter;
class RunbookRowList;
class RunbookView;
class RunLabel;
class SearchField;

/// The Runbooks page: tree and search left, the document in the middle, the coverage of the alert rules right; 224 |
/// 598 | 480 px on a laptop.
class RunbooksPage : public QWidget {
    Q_OBJECT
public:
    RunbooksPage(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    /// Opens it at that section, now or as soon as it is known.
    void openRunbook(const RunbookKey &key, const QString &slug);
    RunbookView *view() const { return m_view; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Visit {
        RunbookKey runbook{};
        QString slug{};
    };

    // runbooks_page.cpp
    QWidget *makeHeader();
    QWidget *makeLeft();
    QWidget *makeMiddle();
    QWidget *makeEmpty();
    void connectModels();
    void connectParts();
    void registerCommands();
    void layOutColumns();

    // runbooks_page_state.cpp
    void refresh();
    void refreshHeader();
    void refreshTree();
    void refreshDocument();
    void refreshOutline();
    void refreshCoverage();
    void refreshEmpty();
    void refreshHits();
    const Alert *alertOf(const RunbookKey &key) const;
    void visit(const Visit &visit, bool remember);
    void goBack(int direction);
    void chooseCoverage(const RunbookCoverage &row);

    CockpitModels &m_models;
    Theme &m_theme;
    RunbookView *m_view;
    LinkStrip *m_strip;
    RunbookBinding *m_binding;
    RunLabel *m_counts = nullptr;
    Pill *m_offline = nullptr;
    Button *m_edit = nullptr;
    Button *m_print = nullptr;
    QWidget *m_left = nullptr;
    SearchField *m_search = nullptr;
    QStackedWidget *m_lists = nullptr;
    RunbookRowList *m_tree = nullptr;
    RunbookRowList *m_hits = nullptr;
    RunbookRowList *m_outline = nullptr;
    QStackedWidget *m_middle = nullptr;
    DocumentHead *m_head = nullptr;
    GlyphLabel *m_empty = nullptr;
    ElidedLabel *m_emptyNext = nullptr;
    CoverageView *m_coverage;
    RunbookPrinter *m_printer;
    QTimer *m_searchPause;
    QSet<QString> m_closed{};
    std::optional<Visit> m_wanted{}; ///< asked for and not known yet
    QList<Visit> m_visits{};
    qsizetype m_at = -1;
    std::optional<RunbookKey> m_marked{}; ///< in the tree
    int m_heading = -1;
    bool m_active = false;
};

} // namespace cockpit
