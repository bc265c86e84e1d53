// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/incident_overview.h"

#include "models/incident_figures.h"
#include "models/items/incident_store.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/incident/declare_strip.h"
#include "ui/incident/incident_words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/run_table.h"

#include <QHBoxLayout>
#include <QScrollArea>

namespace cockpit {

namespace {

constexpr qsizetype listedIncidents = 50;
constexpr std::chrono::hours figureWindow{30 * 24};

QList<TextRun> meanRuns(const std::optional<Duration> &value)
{
    return value ? QList<TextRun>{{durationText(*value), FontRole::MonoStrong12, Role::Text}}
                 : QList<TextRun>{{IncidentOverview::tr("not known"), FontRole::Row12, Role::Muted}};
}

} // namespace

IncidentOverview::IncidentOverview(CockpitModels &models, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_state(new GlyphLabel(theme, FontRole::Text15))
    , m_words(new PlainLabel(theme, FontRole::Row12, Role::Muted))
    , m_declare(new Button(theme, tr("Declare an incident"), Button::Kind::Big))
    , m_strip(new DeclareStrip(models, theme))
    , m_figures(new RunTable(theme, tr("Times over 30 days"),
                             {{tr("Over 30 days"), 96}, {tr("mean"), 100, Qt::AlignRight}, {tr("median"), 100, Qt::AlignRight},
                              {tr("incidents"), 80, Qt::AlignRight}, {QString(), 16}, {tr("what it is, and what is left out"), 0}}))
    , m_list(new RunTable(theme, tr("Incidents"),
                          {{tr("Incident"), 96}, {tr("Level"), 48}, {tr("Title"), 0}, {tr("Phase"), 110},
                           {tr("Declared"), 150}, {tr("acknowledged"), 96, Qt::AlignRight}, {tr("mitigated"), 96, Qt::AlignRight},
                           {tr("resolved"), 96, Qt::AlignRight}, {QString(), 64, Qt::AlignRight}}))
    , m_more(new PlainLabel(theme, FontRole::Row12, Role::Muted))
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget;
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(theme.px(16), theme.px(20), theme.px(16), theme.px(16));
    rows->setSpacing(theme.px(8));
    rows->addWidget(m_state);
    rows->addWidget(m_words);
    m_declare->setKeyHint(QStringLiteral("I"));
    rows->addWidget(m_declare, 0, Qt::AlignLeft);
    m_strip->setMaximumWidth(theme.px(720));
    rows->addWidget(m_strip);
    rows->addSpacing(theme.px(12));
    rows->addWidget(m_figures);
    rows->addSpacing(theme.px(12));
    rows->addWidget(m_list);
    rows->addWidget(m_more);
    rows->addStretch(1);
    scroll->setWidget(content);
    outer->addWidget(scroll);
    connect(m_declare, &Button::clicked, this, [this] { m_strip->open({}); });
    connect(m_list, &RunTable::buttonClicked, this, [this](const QString &id) { Q_EMIT chosen(IncidentId(id)); });
    connect(m_strip, &DeclareStrip::openChanged, this, [this] { m_declare->setVisible(!m_strip->isOpen()); });
}

void IncidentOverview::refresh()
{
    refreshState();
    refreshFigures();
    refreshList();
}

void IncidentOverview::refreshState()
{
    const QList<IncidentPtr> &all = m_models.incidents.incidents();
    const auto open = std::count_if(all.cbegin(), all.cend(), [](const IncidentPtr &one) { return one->isOpen(); });
    const ArchiveCondition::State archive = m_models.incidents.archive().state;
    if (archive == ArchiveCondition::State::Opening || archive == ArchiveCondition::State::Failed) {
        m_state->setState(StateGlyph::Unknown, tr("Whether an incident is open is not known"));
        m_words->setText(archive == ArchiveCondition::State::Opening ? tr("Incidents are being read.")
                                                                     : tr("Incidents cannot be read; the line above says why."));
    } else if (open > 0) {
        m_state->setState(StateGlyph::Warning, open == 1 ? tr("1 incident is open") : tr("%1 incidents are open").arg(open));
        m_words->setText(tr("Open shows one of them; the frame shows the one that was chosen, else the gravest."));
    } else {
        m_state->setState(StateGlyph::Ok, tr("No incident is open"));
        m_words->setText(tr("Declare one when people notice something: from an alert with I on Triage, or here. Kept on: %1.")
                             .arg(plainLine(m_models.incidents.archive().place, 80)));
    }
}

void IncidentOverview::refreshFigures()
{
    const Instant now = m_models.time.now();
    QList<RunRow> rows;
    for (const MeanFigure &figure : meanFigures(m_models.incidents.incidents(), now - figureWindow, now, now)) {
        RunRow row;
        const QString words = figure.exclusion.isEmpty() ? figure.definition
                                                         : figure.definition + tr("; left out: %1").arg(figure.exclusion);
        row.cells = {{{{figure.name, FontRole::RowStrong12, Role::Text}}},
                     {meanRuns(figure.mean)},
                     {meanRuns(figure.median)},
                     {{{QString::number(figure.counted), FontRole::Mono12, Role::Muted}}},
                     {},
                     {{{words, FontRole::Row12, Role::Muted}}}};
        row.tip = words;
        rows.append(row);
    }
    m_figures->setRows(rows);
}

void IncidentOverview::refreshList()
{
    const Instant now = m_models.time.now();
    const QList<IncidentPtr> &all = m_models.incidents.incidents();
    QList<RunRow> rows;
    for (const IncidentPtr &one : all) {
        if (rows.size() == listedIncidents)
            break;
        RunRow row;
        row.id = one->head.id.toString();
        const Role ink = one->isOpen() ? Role::Text : Role::Muted;
        const QString phase = one->phase == IncidentPhase::Merged && !one->mergedIntoName.isEmpty()
                                  ? tr("merged into %1").arg(plainLine(one->mergedIntoName, 20))
                                  : phaseWord(one->phase);
        row.cells = {{{{plainLine(one->name(), 20), FontRole::MonoStrong12, ink}},
                      one->isOpen() ? levelGlyph(one->level) : StateGlyph::Ok},
                     {{{toWireName(one->level), FontRole::MonoStrong12, one->isOpen() ? levelRole(one->level) : Role::Muted}}},
                     {{{plainLine(one->title, 200), FontRole::Row12, ink}}},
                     {{{phase, FontRole::Row12, ink}}},
                     {{{typedText(one->openedAt).left(16), FontRole::Mono12, Role::Muted}}}};
        const Postmortem *draft = m_models.incidents.postmortem(one->head.id);
        const QList<IncidentFigure> figures =
            draft ? draft->figures : figuresOf(*one, now, m_models.incidents.targets());
        for (const IncidentFigure &figure : figures) {
            if (figure.what == IncidentFigure::What::Detect)
                continue;
            row.cells.append({figure.value && !figure.running
                                  ? QList<TextRun>{{durationText(*figure.value), FontRole::Mono12, Role::Text}}
                                  : QList<TextRun>{{figure.running ? tr("running") : tr("not known"), FontRole::Row12, Role::Muted}}});
        }
        while (row.cells.size() < 9)
            row.cells.append(RunCell());
        row.button = tr("Open");
        row.lit = one->isOpen();
        row.tip = plainLine(one->title, 400);
        rows.append(row);
    }
    m_list->setRows(rows);
    m_list->setVisible(!rows.isEmpty());
    m_more->setText(all.size() > listedIncidents
                        ? tr("The newest %1 of %2 are listed; dt-cockpit incidents lists all.").arg(listedIncidents).arg(all.size())
                        : QString());
    m_more->setVisible(all.size() > listedIncidents);
}

} // namespace cockpit
