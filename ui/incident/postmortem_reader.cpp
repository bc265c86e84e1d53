// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/postmortem_reader.h"

#include "models/items/incident_store.h"
#include "models/items/requests.h"
#include "models/plain_line.h"
#include "ui/incident/entry_form.h"
#include "ui/incident/incident_words.h"
#include "ui/incident/postmortem_document.h"
#include "ui/incident/postmortem_panel.h"
#include "ui/runbooks/runbook_view.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/text_runs.h"

#include <QFileDialog>
#include <QHBoxLayout>

namespace cockpit {

namespace {

constexpr std::array writtenFields{IncidentField::Summary,       IncidentField::Impact,       IncidentField::ImpactStarted,
                                   IncidentField::ImpactEnded,   IncidentField::UsersAffected,
                                   IncidentField::CustomersAffected, IncidentField::RevenueImpact, IncidentField::Trigger,
                                   IncidentField::Cause,         IncidentField::WentWell,     IncidentField::CouldBeImproved,
                                   IncidentField::Lessons,       IncidentField::Tracker,      IncidentField::BreachSuspected};

} // namespace

PostmortemReader::PostmortemReader(CockpitModels &models, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_view(new RunbookView(theme, Role::Surface, 24))
    , m_form(new EntryForm(theme))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(makeHead());
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    m_view->setAccessibleName(tr("Postmortem"));
    columns->addWidget(m_view, 1);
    columns->addWidget(makeSide());
    rows->addLayout(columns, 1);
    connect(&models.requests, &Requests::exportFinished, this, &PostmortemReader::exported);
    connect(m_view, &RunbookView::linkAsked, this, [this](const QString &target) {
        if (target.startsWith(u"http"))
            Q_EMIT m_models.requests.linkRequested(target);
    });
}

QWidget *PostmortemReader::makeHead()
{
    auto *head = new Panel(m_theme, Role::Surface, Qt::BottomEdge);
    head->setFixedHeight(m_theme.px(48));
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(m_theme.px(16), 0, m_theme.px(16), 0);
    line->setSpacing(m_theme.px(8));
    auto *back = new Button(m_theme, tr("Back"));
    back->setGlyphIcon(Icon::ChevronLeft);
    connect(back, &Button::clicked, this, &PostmortemReader::backRequested);
    line->addWidget(back);
    m_title = new RunLabel(m_theme);
    line->addWidget(m_title, 1);
    m_outcome = new GlyphLabel(m_theme);
    m_outcome->hide();
    line->addWidget(m_outcome);
    for (const auto &[format, text] : {std::pair{QStringLiteral("md"), tr("Export Markdown")},
                                       std::pair{QStringLiteral("html"), tr("Export HTML")},
                                       std::pair{QStringLiteral("pdf"), tr("Export PDF")}}) {
        auto *button = new Button(m_theme, text);
        connect(button, &Button::clicked, this, [this, format = format] { exportAs(format); });
        line->addWidget(button);
    }
    return head;
}

QWidget *PostmortemReader::makeSide()
{
    auto *side = new Panel(m_theme, Role::Raised, Qt::LeftEdge);
    side->setFixedWidth(m_theme.px(360));
    auto *rows = new QVBoxLayout(side);
    rows->setContentsMargins(m_theme.px(16), m_theme.px(12), m_theme.px(16), m_theme.px(12));
    rows->setSpacing(m_theme.px(4));
    rows->addWidget(new PlainLabel(m_theme, tr("What only a person knows"), FontRole::RowStrong12));
    auto *words = new PlainLabel(m_theme, tr("Everything else follows from the timeline."), FontRole::Row12, Role::Muted);
    words->setWordWrap(true);
    rows->addWidget(words);
    for (const IncidentField field : writtenFields) {
        auto *button = new Button(m_theme, tr("Write: %1").arg(fieldWord(field)), Button::Kind::Row);
        rows->addWidget(button, 0, Qt::AlignLeft);
        connect(button, &Button::clicked, this, [this, field] {
            if (!m_incident)
                return;
            QString known = m_incident->fields.value(field);
            const auto at = field == IncidentField::ImpactStarted ? m_incident->impactStarted : std::nullopt;
            if (at)
                known = typedText(*at);
            openFieldForm(*m_form, m_models, *m_incident, field, known);
        });
    }
    rows->addWidget(m_form);
    rows->addStretch(1);
    return side;
}

void PostmortemReader::setIncident(const IncidentPtr &incident)
{
    const bool other = !m_incident || !incident || !(m_incident->head.id == incident->head.id);
    if (other) {
        m_form->close();
        m_outcome->hide();
    }
    m_incident = incident;
    const Postmortem *draft = incident ? m_models.incidents.postmortem(incident->head.id) : nullptr;
    if (!draft)
        return;
    m_title->setRuns({{tr("Postmortem "), FontRole::Title15, Role::Text},
                      {plainLine(draft->name, 24), FontRole::Title15, Role::Text},
                      {QStringLiteral("  ") + plainLine(draft->status, 120), FontRole::Row12, Role::Muted}});
    RunbookPtr document = postmortemDocument(*draft);
    if (!m_view->runbook() || *m_view->runbook() != *document)
        m_view->setRunbook(std::move(document), {}, {});
}

void PostmortemReader::exportAs(const QString &format)
{
    if (!m_incident)
        return;
    auto *dialog = new QFileDialog(this, tr("Export the postmortem"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(format);
    QString name = m_incident->name();
    name.replace(u'/', u'-');
    dialog->selectFile(QStringLiteral("postmortem-") + name + u'.' + format);
    connect(dialog, &QFileDialog::fileSelected, this, [this, format, id = m_incident->head.id](const QString &path) {
        m_waiting = path;
        m_outcome->setState(StateGlyph::Info, tr("is being written"), Role::Muted);
        m_outcome->show();
        Q_EMIT m_models.requests.postmortemExportRequested(id, format, path);
    });
    dialog->open();
}

void PostmortemReader::exported(const QString &path, const QString &problem)
{
    if (path != m_waiting || path.isEmpty())
        return;
    m_waiting.clear();
    m_outcome->setState(problem.isEmpty() ? StateGlyph::Ok : StateGlyph::Critical,
                        problem.isEmpty() ? tr("Written: %1").arg(plainLine(path.section(u'/', -1), 60)) : plainLine(problem, 160));
    m_outcome->setToolTip(problem.isEmpty() ? path : problem);
    m_outcome->show();
}

} // namespace cockpit
