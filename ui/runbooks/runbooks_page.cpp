// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbooks_page.h"

#include "models/items/command_registry.h"
#include "models/items/fleet_model.h"
#include "models/items/requests.h"
#include "models/items/runbook_store.h"
#include "models/items/time_model.h"
#include "ui/runbooks/coverage_view.h"
#include "ui/runbooks/document_head.h"
#include "ui/runbooks/link_strip.h"
#include "ui/runbooks/runbook_binding.h"
#include "ui/runbooks/runbook_printer.h"
#include "ui/runbooks/runbook_row_list.h"
#include "ui/runbooks/runbook_view.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/text_runs.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace cockpit {

RunbooksPage::RunbooksPage(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_view(new RunbookView(theme, Role::Surface, 24))
    , m_strip(new LinkStrip(theme))
    , m_binding(new RunbookBinding(models, theme, *m_view, *m_strip))
    , m_coverage(new CoverageView(theme))
    , m_printer(new RunbookPrinter(*this))
    , m_searchPause(new QTimer(this))
{
    setAccessibleName(tr("Runbooks"));
    setFocusPolicy(Qt::ClickFocus);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(makeHeader());
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    m_left = makeLeft();
    columns->addWidget(m_left);
    auto *line = new Panel(theme, Role::Border);
    line->setFixedWidth(1);
    columns->addWidget(line);
    columns->addWidget(makeMiddle(), 1);
    columns->addWidget(m_coverage);
    rows->addLayout(columns, 1);
    m_searchPause->setSingleShot(true);
    m_searchPause->setInterval(60);
    connectModels();
    connectParts();
    registerCommands();
    refresh();
}

QWidget *RunbooksPage::makeHeader()
{
    auto *header = new Panel(m_theme, Role::Surface, Qt::BottomEdge);
    header->setFixedHeight(m_theme.px(48));
    auto *line = new QHBoxLayout(header);
    line->setContentsMargins(m_theme.px(16), 0, m_theme.px(16), 0);
    line->setSpacing(m_theme.px(8));
    line->addWidget(new PlainLabel(m_theme, tr("Runbooks"), FontRole::Title15));
    m_counts = new RunLabel(m_theme);
    line->addWidget(m_counts, 1);
    m_offline = new Pill(m_theme);
    line->addWidget(m_offline);
    m_edit = new Button(m_theme, tr("Open in editor"));
    m_print = new Button(m_theme, tr("Print"));
    line->addWidget(m_edit);
    line->addWidget(m_print);
    return header;
}

QWidget *RunbooksPage::makeLeft()
{
    auto *left = new QWidget;
    auto *rows = new QVBoxLayout(left);
    rows->setContentsMargins(0, m_theme.px(12), 0, 0);
    rows->setSpacing(0);
    m_search = new SearchField(m_theme, tr("Search all runbooks"), tr("Search all"), QStringLiteral("Ctrl+F"));
    m_search->lineEdit()->setMaxLength(200);
    auto *field = new QHBoxLayout;
    field->setContentsMargins(m_theme.px(12), 0, m_theme.px(12), m_theme.px(8));
    field->addWidget(m_search);
    rows->addLayout(field);
    m_tree = new RunbookRowList(m_theme, tr("Folders and runbooks"));
    m_hits = new RunbookRowList(m_theme, tr("What was found"));
    m_outline = new RunbookRowList(m_theme, tr("Outline of the runbook"));
    m_lists = new QStackedWidget;
    m_lists->addWidget(m_tree);
    m_lists->addWidget(m_hits);
    rows->addWidget(m_lists, 5);
    auto *line = new Panel(m_theme, Role::Border);
    line->setFixedHeight(1);
    rows->addWidget(line);
    auto *title = new PlainLabel(m_theme, tr("Outline"), FontRole::RowStrong12);
    title->setContentsMargins(m_theme.px(12), m_theme.px(12), 0, m_theme.px(6));
    rows->addWidget(title);
    rows->addWidget(m_outline, 4);
    return left;
}

QWidget *RunbooksPage::makeMiddle()
{
    m_middle = new QStackedWidget;
    auto *document = new QWidget;
    auto *rows = new QVBoxLayout(document);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    m_head = new DocumentHead(m_theme);
    rows->addWidget(m_head);
    rows->addWidget(m_view, 1);
    m_view->setAccessibleName(tr("The runbook"));
    m_view->setTitleShown(false);
    m_middle->addWidget(document);
    m_middle->addWidget(makeEmpty());
    auto *middle = new QWidget;
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_middle, 1);
    column->addWidget(m_strip);
    return middle;
}

QWidget *RunbooksPage::makeEmpty()
{
    auto *page = new QWidget;
    auto *rows = new QVBoxLayout(page);
    rows->setContentsMargins(m_theme.px(24), m_theme.px(24), m_theme.px(24), 0);
    rows->setSpacing(m_theme.px(8));
    m_empty = new GlyphLabel(m_theme, FontRole::Text15);
    m_emptyNext = new ElidedLabel(m_theme, FontRole::Base13, Role::Muted, nullptr, 6);
    rows->addWidget(m_empty);
    rows->addWidget(m_emptyNext);
    rows->addStretch(1);
    return page;
}

void RunbooksPage::connectModels()
{
    const auto whenActive = [this](void (RunbooksPage::*slot)()) {
        return [this, slot] {
            if (m_active)
                (this->*slot)();
        };
    };
    connect(&m_models.runbooks, &RunbookStore::libraryChanged, this, whenActive(&RunbooksPage::refresh));
    connect(&m_models.runbooks, &RunbookStore::linksChanged, this, whenActive(&RunbooksPage::refreshDocument));
    connect(&m_models.runbooks, &RunbookStore::coverageChanged, this, whenActive(&RunbooksPage::refreshCoverage));
    connect(&m_models.runbooks, &RunbookStore::hitsChanged, this, &RunbooksPage::refreshHits);
    connect(&m_models.fleet, &FleetModel::changed, this, whenActive(&RunbooksPage::refreshDocument));
    connect(&m_models.requests, &Requests::runbookNoticed, this, [this](const QString &words) {
        if (m_active && !m_view->isVisible())
            m_strip->say(words);
    });
    connect(&m_models.time, &TimeModel::ticked, this, whenActive(&RunbooksPage::refreshHeader));
}

void RunbooksPage::connectParts()
{
    connect(m_searchPause, &QTimer::timeout, this,
            [this] { Q_EMIT m_models.requests.runbookSearchRequested(m_search->text().trimmed()); });
    connect(m_search, &SearchField::textChanged, this, [this](const QString &text) {
        m_searchPause->start();
        m_lists->setCurrentWidget(text.trimmed().isEmpty() ? m_tree : m_hits);
    });
    const auto open = [this](const RunbookRow &row) { visit({row.runbook, row.slug}, true); };
    connect(m_tree, &RunbookRowList::chosen, this, open);
    connect(m_hits, &RunbookRowList::chosen, this, open);
    connect(m_tree, &RunbookRowList::folderToggled, this, [this](const QString &folder, bool shown) {
        if (shown)
            m_closed.remove(folder);
        else
            m_closed.insert(folder);
        refreshTree();
    });
    connect(m_outline, &RunbookRowList::chosen, this,
            [this](const RunbookRow &row) { m_view->scrollToSlug(row.slug); });
    connect(m_view, &RunbookView::headingChanged, this, [this](int block) {
        m_heading = block;
        refreshOutline();
    });
    connect(m_binding, &RunbookBinding::progressChanged, this, &RunbooksPage::refreshOutline);
    connect(m_view, &RunbookView::backAsked, this, [this] { goBack(-1); });
    connect(m_view, &RunbookView::forwardAsked, this, [this] { goBack(+1); });
    connect(m_coverage, &CoverageView::chosen, this, &RunbooksPage::chooseCoverage);
    connect(m_coverage, &CoverageView::skeletonAsked, &m_models.requests, &Requests::skeletonRequested);
    connect(m_edit, &Button::clicked, this, [this] {
        const RunbookPtr runbook = m_view->runbook();
        if (runbook)
            Q_EMIT m_models.requests.runbookEditRequested(runbook->key,
                                                          m_heading >= 0 ? runbook->blocks.at(m_heading).line : 1);
    });
    connect(m_print, &Button::clicked, this, [this] {
        if (m_view->runbook())
            m_printer->print(m_view->runbook(), m_view->flow().look().filling);
    });
    connect(m_printer, &RunbookPrinter::noticed, m_strip, &LinkStrip::say);
}

void RunbooksPage::registerCommands()
{
    const QString group = tr("Runbook");
    const auto here = [this]() -> QString { return isVisible() ? QString() : tr("open Runbooks first"); };
    CommandRegistry &commands = m_models.commands;
    commands.add({QStringLiteral("runbook.search"), tr("Search all runbooks"), group, {QStringLiteral("Ctrl+F")}, {}},
                 here, [this] {
                     m_search->lineEdit()->setFocus();
                     m_search->lineEdit()->selectAll();
                 });
    commands.add(
        {QStringLiteral("runbook.find"), tr("Find in this runbook"), group, {}, {}},
        [this, here] { return isVisible() && !m_view->runbook() ? tr("no runbook is open") : here(); },
        [this] { m_view->openFind(); });
    commands.add(
        {QStringLiteral("runbook.page-tick"),
         tr("Tick the next step of the runbook that is open"),
         group,
         {QStringLiteral("Space")},
         {}},
        [this, here] { return isVisible() ? m_view->tickRefusal() : here(); }, [this] { m_view->tickCurrent(); });
    commands.add(
        {QStringLiteral("runbook.page-copy"),
         tr("Copy the command of its next step"),
         group,
         {QStringLiteral("C")},
         {}},
        [this, here] { return isVisible() ? m_view->copyRefusal() : here(); }, [this] { m_view->copyCurrent(); });
    commands.add(
        {QStringLiteral("runbook.back"), tr("Back to the runbook before"), group, {QStringLiteral("Alt+Left")}, {}},
        [this, here] { return isVisible() && m_at <= 0 ? tr("there is none before") : here(); },
        [this] { goBack(-1); });
    commands.add(
        {QStringLiteral("runbook.forward"), tr("Forward again"), group, {QStringLiteral("Alt+Right")}, {}},
        [this, here] { return isVisible() && m_at + 1 >= m_visits.size() ? tr("there is none after") : here(); },
        [this] { goBack(+1); });
    commands.add(
        {QStringLiteral("runbook.lessons"), tr("Write down what was learned"), group, {}, {}},
        [this, here] { return isVisible() && !m_view->runbook() ? tr("no runbook is open") : here(); },
        [this] { Q_EMIT m_models.requests.lessonRequested(m_view->runbook()->key); });
}

void RunbooksPage::layOutColumns()
{
    const double part =
        std::clamp((width() - m_theme.px(1302)) / double(m_theme.px(1856) - m_theme.px(1302)), 0.0, 1.0);
    m_left->setFixedWidth(m_theme.px(223 + int(76 * part)));
    m_coverage->setFixedWidth(m_theme.px(480 + int(80 * part)) -
                              std::clamp(m_theme.px(1302) - width(), 0, m_theme.px(20)));
}

void RunbooksPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_active = true;
    layOutColumns();
    refresh();
    if (!focusWidget())
        m_view->setFocus();
}

void RunbooksPage::hideEvent(QHideEvent *event)
{
    m_active = false;
    QWidget::hideEvent(event);
}

void RunbooksPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOutColumns();
}

void RunbooksPage::keyPressEvent(QKeyEvent *event)
{
    // The window's shortcuts come first where there are any; these are the same commands for a page on its own.
    const bool plain = event->modifiers() == Qt::NoModifier && !event->isAutoRepeat();
    if (event->modifiers() == Qt::ControlModifier && event->key() == Qt::Key_F)
        m_models.commands.run(QStringLiteral("runbook.search"));
    else if (plain && event->key() == Qt::Key_Space)
        m_models.commands.run(QStringLiteral("runbook.page-tick"));
    else if (plain && event->key() == Qt::Key_C)
        m_models.commands.run(QStringLiteral("runbook.page-copy"));
    else
        QWidget::keyPressEvent(event);
}

} // namespace cockpit
