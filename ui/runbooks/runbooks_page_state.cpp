// SPDX-License-Identifier: GPL-3.0-or-later
// What the Runbooks page shows: header, tree, document, outline, coverage, what was found.
#include "models/items/fleet_model.h"
#include "models/items/requests.h"
#include "models/items/runbook_store.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/runbooks/coverage_view.h"
#include "ui/runbooks/document_head.h"
#include "ui/runbooks/link_strip.h"
#include "ui/runbooks/runbook_binding.h"
#include "ui/runbooks/runbook_row_list.h"
#include "ui/runbooks/runbook_view.h"
#include "ui/runbooks/runbooks_page.h"
#include "ui/widgets/button.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/text_runs.h"

#include <QStackedWidget>

#include <algorithm>

namespace cockpit {

void RunbooksPage::openRunbook(const RunbookKey &key, const QString &slug) { visit({key, slug}, true); }

void RunbooksPage::visit(const Visit &visit, bool remember)
{
    if (!m_models.runbooks.library().find(visit.runbook)) {
        m_wanted = visit;
        if (m_models.runbooks.isKnown())
            m_strip->say(tr("This runbook is no longer among the sources: ") + plainLine(visit.runbook.path, 120));
        return;
    }
    m_wanted.reset();
    if (remember) {
        m_visits = m_visits.mid(0, m_at + 1);
        m_visits.append(visit);
        if (m_visits.size() > 50)
            m_visits.removeFirst();
        m_at = m_visits.size() - 1;
    }
    refreshDocument();
    if (!visit.slug.isEmpty() && !m_view->scrollToSlug(visit.slug))
        m_strip->say(tr("This runbook has no section of this name: ") + plainLine(visit.slug, 80));
    refreshTree();
}

void RunbooksPage::goBack(int direction)
{
    const qsizetype wanted = m_at + direction;
    if (wanted < 0 || wanted >= m_visits.size())
        return;
    m_at = wanted;
    visit(m_visits.at(m_at), false);
}

void RunbooksPage::chooseCoverage(const RunbookCoverage &row)
{
    if (row.link.found)
        visit({row.link.runbook, row.link.anchorFound ? row.link.anchor : QString()}, true);
}

void RunbooksPage::refresh()
{
    if (m_wanted && m_models.runbooks.library().find(m_wanted->runbook))
        visit(Visit(*m_wanted), true);
    if (m_at < 0 && !m_models.runbooks.library().runbooks.isEmpty()) {
        // What fires is what is wanted, else the first one.
        RunbookKey first = m_models.runbooks.library().runbooks.first()->key;
        for (const Alert &alert : m_models.fleet.fleet().alerts) {
            const auto link = m_models.runbooks.linkOf(alert.key);
            if (link && link->found && alert.state == AlertState::Firing) {
                first = link->runbook;
                break;
            }
        }
        visit({first, {}}, true);
    }
    refreshHeader();
    refreshTree();
    refreshDocument();
    refreshCoverage();
    refreshEmpty();
}

void RunbooksPage::refreshHeader()
{
    const RunbookLibrary &library = m_models.runbooks.library();
    const qsizetype documents = library.runbooks.size();
    const qsizetype rules = m_models.runbooks.coverage().size();
    const QString counts = !m_models.runbooks.isKnown()
                               ? tr("reading")
                               : (documents == 1 ? tr("1 document") : tr("%1 documents").arg(documents)) +
                                     QStringLiteral(", ") +
                                     (rules == 1 ? tr("1 alert rule") : tr("%1 alert rules").arg(rules));
    m_counts->setRuns({{counts, FontRole::Row12, Role::Muted}});
    // The source of what is shown, else the first one.
    const RunbookPtr shown = m_view->runbook();
    const RunbookSourceState *source = library.sources.isEmpty() ? nullptr : &library.sources.first();
    for (const RunbookSourceState &each : library.sources) {
        if (shown && each.name == shown->key.source)
            source = &each;
    }
    m_offline->setVisible(source != nullptr);
    if (!source)
        return;
    PillView pill;
    pill.name = source->offline                                 ? tr("Offline copy")
                : source->kind == RunbookSourceState::Kind::Git ? tr("Git checkout")
                                                                : tr("Up to date");
    if (source->kind == RunbookSourceState::Kind::Folder && !source->offline)
        pill.name = tr("Folder");
    pill.glyph = !source->problem.isEmpty() ? StateGlyph::Warning : StateGlyph::Ok;
    QStringList age;
    if (!source->revision.isEmpty())
        age.append(QStringLiteral("git ") + plainLine(source->revision, 12));
    if (source->changedAt)
        age.append(roughDurationText(m_models.time.now() - *source->changedAt));
    pill.age = age.join(QStringLiteral(", "));
    QStringList details{plainLine(source->name, 80) + QStringLiteral(": ") + plainLine(source->root, 200)};
    if (!source->problem.isEmpty())
        details.append(plainLine(source->problem, 300));
    if (source->readAt)
        details.append(tr("read at ") + utcDateTimeText(*source->readAt));
    pill.details = details.join(u'\n');
    m_offline->setView(pill);
}

void RunbooksPage::refreshTree()
{
    QSet<RunbookKey> warned;
    for (const RunbookCoverage &row : m_models.runbooks.coverage()) {
        if (row.link.found && row.state == RunbookCoverage::State::NeedsWork)
            warned.insert(row.link.runbook);
    }
    const QList<RunbookRow> rows = treeRows(m_models.runbooks.library(), m_closed, warned);
    m_tree->setRows(rows);
    // Marked when it is opened: later on the arrows may have gone elsewhere.
    const RunbookPtr shown = m_view->runbook();
    if (!shown || m_marked == shown->key)
        return;
    for (int index = 0; index < rows.size(); ++index) {
        if (rows.at(index).kind == RunbookRow::Kind::Document && rows.at(index).runbook == shown->key) {
            m_marked = shown->key;
            m_tree->mark(index);
        }
    }
}

const Alert *RunbooksPage::alertOf(const RunbookKey &key) const
{
    const Alert *best = nullptr;
    for (const Alert &alert : m_models.fleet.fleet().alerts) {
        if (alert.state != AlertState::Firing && alert.state != AlertState::Acknowledged)
            continue;
        if (best && !(alert.isUrgent() && !best->isUrgent()))
            continue;
        const auto link = m_models.runbooks.linkOf(alert.key);
        if (link && link->found && link->runbook == key)
            best = &alert;
    }
    return best;
}

void RunbooksPage::refreshDocument()
{
    const RunbookLibrary &library = m_models.runbooks.library();
    const RunbookPtr runbook = m_at < 0 ? nullptr : library.find(m_visits.at(m_at).runbook);
    m_middle->setCurrentIndex(runbook ? 0 : 1);
    m_edit->setDisabledReason(runbook ? QString() : tr("no runbook is open"));
    m_print->setDisabledReason(runbook ? QString() : tr("no runbook is open"));
    if (!runbook) {
        m_binding->clear();
        refreshEmpty();
        refreshOutline();
        return;
    }
    const Alert *alert = alertOf(runbook->key);
    const RunbookFilling filling = alert ? fillingOf(*alert, m_models) : RunbookFilling();
    m_binding->show(runbook, {}, alert ? occasionOf(*alert) : QStringLiteral("reading"), filling);
    m_head->setRunbook(*runbook, library, alert, alert ? filledValues(*runbook, filling) : QStringList(),
                       m_models.time.now());
    refreshOutline();
}

void RunbooksPage::refreshOutline()
{
    const RunbookPtr runbook = m_view->runbook();
    const QList<RunbookRow> rows = runbook ? outlineRows(*runbook, m_view->progress(), m_heading) : QList<RunbookRow>();
    m_outline->setRows(rows);
    if (!runbook || m_heading < 0 || m_heading >= runbook->blocks.size())
        return m_outline->mark(-1);
    const QString slug = runbook->blocks.at(m_heading).slug;
    for (int index = 0; index < rows.size(); ++index) {
        if (rows.at(index).kind == RunbookRow::Kind::Heading && rows.at(index).slug == slug)
            return m_outline->mark(index);
    }
    m_outline->mark(-1);
}

void RunbooksPage::refreshCoverage()
{
    m_coverage->setCoverage(m_models.runbooks.coverage(), m_models.time.now(), m_models.runbooks.isKnown());
    refreshTree();
    refreshHeader();
}

void RunbooksPage::refreshHits()
{
    const QString words = m_search->text().trimmed();
    const bool none = !words.isEmpty() && m_models.runbooks.searched() == words && m_models.runbooks.hits().isEmpty();
    m_search->setProblem(none ? tr("No runbook has these words.") : QString());
    m_hits->setRows(hitRows(m_models.runbooks.hits()));
}

void RunbooksPage::refreshEmpty()
{
    const RunbookLibrary &library = m_models.runbooks.library();
    QStringList problems;
    for (const RunbookSourceState &source : library.sources) {
        if (!source.problem.isEmpty())
            problems.append(plainLine(source.name, 60) + QStringLiteral(": ") + plainLine(source.problem, 200));
    }
    if (!m_models.runbooks.isKnown()) {
        m_empty->setState(StateGlyph::Unknown, tr("Reading the runbooks."));
        m_emptyNext->setText({});
    } else if (library.sources.isEmpty()) {
        m_empty->setState(StateGlyph::Unknown, tr("No source of runbooks is configured."));
        m_emptyNext->setText(tr("Name a folder with Markdown files in the configuration:\nrunbooks:\n  - path: "
                                "/home/you/dark-tower/docs/runbooks"));
    } else if (!problems.isEmpty()) {
        m_empty->setState(StateGlyph::Warning, tr("No runbook can be read."));
        m_emptyNext->setText(problems.join(u'\n'));
    } else {
        m_empty->setState(StateGlyph::Warning, tr("The sources hold no runbook."));
        m_emptyNext->setText(tr("They were read, but no Markdown file is in them: see path and include under runbooks: "
                                "in the configuration."));
    }
}

} // namespace cockpit
