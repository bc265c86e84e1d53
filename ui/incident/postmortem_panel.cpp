// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/postmortem_panel.h"

#include "models/incident_figures.h"
#include "models/items/incident_store.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/incident/entry_form.h"
#include "ui/incident/incident_words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/plain_tool_tips.h"
#include "ui/widgets/run_table.h"
#include "ui/widgets/text_runs.h"

#include <QHBoxLayout>
#include <QUuid>

namespace cockpit {

namespace {

bool isTimeField(IncidentField field)
{
    return field == IncidentField::ImpactStarted || field == IncidentField::ImpactEnded;
}

bool isYesNoField(IncidentField field)
{
    return field == IncidentField::BreachSuspected || field == IncidentField::CustomersAffected;
}

const QString suggestedPrefix = QStringLiteral("suggested:");

} // namespace

void openFieldForm(EntryForm &form, CockpitModels &models, const Incident &incident, IncidentField field,
                   const QString &shown)
{
    FormField asked{QStringLiteral("value"), fieldWord(field), shown, {}};
    if (isYesNoField(field))
        asked.choices = {{QStringLiteral("yes"), EntryForm::tr("yes")}, {QStringLiteral("no"), EntryForm::tr("no")}};
    else if (isTimeField(field))
        asked.hint = EntryForm::tr("03:02 or 2026-11-23 03:02:10, in UTC");
    else
        asked.manyLines = field != IncidentField::Title && field != IncidentField::Tracker && field != IncidentField::Service;
    FormView view;
    view.title = fieldWord(field);
    view.words = EntryForm::tr("Both the new words and those of before stand in the timeline.");
    view.fields = {asked};
    view.save = EntryForm::tr("Save");
    const QString before = incident.fields.value(field);
    form.open(view, [&models, id = incident.head.id, field, before](const EntryForm::Values &values) {
        QString value = values.value(QStringLiteral("value"));
        if (isTimeField(field)) {
            const auto at = typedInstant(value, models.time.now());
            if (!at)
                return EntryForm::tr("This is not a time: write 03:02 or 2026-11-23 03:02:10, in UTC.");
            if (*at > models.time.now())
                return EntryForm::tr("This time has not come yet.");
            value = toRfc3339(*at);
        }
        if (field == IncidentField::Tracker && !value.startsWith(u"https://") && !value.startsWith(u"http://"))
            return EntryForm::tr("A link begins with https:// or http://.");
        Q_EMIT models.requests.incidentEntryRequested(id, IncidentFieldSet{field, value, before});
        return QString();
    });
}

PostmortemPanel::PostmortemPanel(CockpitModels &models, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_head(new RunLabel(theme))
    , m_open(new Button(theme, tr("Open"), Button::Kind::Link))
    , m_times(new RunTable(theme, tr("Times"), {{tr("Measure"), 0}, {QString(), 96, Qt::AlignRight}, {tr("goal"), 84, Qt::AlignRight}}, 24))
    , m_followUps(new RunTable(theme, tr("Follow-ups"), {{QString(), 0}, {QString(), 56, Qt::AlignRight}}, 24))
    , m_due(new PlainLabel(theme, FontRole::Row12, Role::Muted))
    , m_form(new EntryForm(theme))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(12));
    rows->setSpacing(theme.px(2));
    auto *head = new QHBoxLayout;
    head->addWidget(m_head, 1);
    m_open->setAccessibleName(tr("Open the postmortem"));
    head->addWidget(m_open);
    rows->addLayout(head);
    m_head->setRuns({{tr("Postmortem draft"), FontRole::RowStrong12, Role::Text},
                     {tr("  writes itself"), FontRole::Row12, Role::Muted}});
    addFact(*rows, tr("Impact"), IncidentField::Impact, true);
    addFact(*rows, tr("Impact since"), IncidentField::ImpactStarted, true);
    addFact(*rows, tr("Detected by"), IncidentField::Title, false);
    addFact(*rows, tr("Trigger"), IncidentField::Trigger, true);
    addFact(*rows, tr("Cause"), IncidentField::Cause, true);
    rows->addWidget(m_form);
    rows->addSpacing(theme.px(8));
    rows->addWidget(new PlainLabel(theme, tr("Times"), FontRole::RowStrong12));
    rows->addWidget(m_times);
    rows->addSpacing(theme.px(8));
    auto *follow = new QHBoxLayout;
    follow->addWidget(new PlainLabel(theme, tr("Follow-ups so far"), FontRole::RowStrong12), 1);
    auto *add = new Button(theme, tr("Add"), Button::Kind::RowLit);
    add->setAccessibleName(tr("Add a follow-up"));
    follow->addWidget(add);
    rows->addLayout(follow);
    m_followUps->setLines(false);
    rows->addWidget(m_followUps);
    m_due->setWordWrap(true);
    rows->addWidget(m_due);
    connect(m_open, &Button::clicked, this, &PostmortemPanel::openRequested);
    connect(add, &Button::clicked, this, [this] { openFollowUp({}); });
    connect(m_followUps, &RunTable::buttonClicked, this, &PostmortemPanel::followUpPressed);
}

void PostmortemPanel::addFact(QVBoxLayout &rows, const QString &label, IncidentField field, bool editable)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(m_theme.px(8));
    auto *name = new PlainLabel(m_theme, label, FontRole::Row12, Role::Muted);
    name->setFixedSize(m_theme.px(96), m_theme.px(20));
    line->addWidget(name, 0, Qt::AlignTop);
    auto *value = new ElidedLabel(m_theme, FontRole::Row12, Role::Text, nullptr, 2);
    line->addWidget(value, 1);
    auto *edit = new Button(m_theme, tr("edit"), Button::Kind::Row);
    edit->setAccessibleName(tr("Edit: %1").arg(label));
    line->addWidget(edit, 0, Qt::AlignTop);
    rows.addLayout(line);
    edit->setVisible(editable);
    m_facts.push_back({field, value, editable ? edit : nullptr});
    connect(edit, &Button::clicked, this, [this, field, value] {
        if (!m_incident)
            return;
        const QString known = field == IncidentField::ImpactStarted
                                  ? (m_incident->impactStarted ? typedText(*m_incident->impactStarted) : QString())
                                  : m_incident->fields.value(field);
        const bool unknown = known.isEmpty() && value->property("unknown").toBool();
        openFieldForm(*m_form, m_models, *m_incident, field, known.isEmpty() && !unknown ? value->text() : known);
    });
}

void PostmortemPanel::setIncident(const IncidentPtr &incident)
{
    if (m_incident && (!incident || !(m_incident->head.id == incident->head.id)))
        m_form->close();
    m_incident = incident;
    if (!incident)
        return;
    const Postmortem *draft = m_models.incidents.postmortem(incident->head.id);
    m_open->setDisabledReason(draft ? QString() : tr("it is being written"));
    refreshFacts(draft);
    refreshTimes(draft);
    refreshFollowUps(draft);
}

void PostmortemPanel::refreshFacts(const Postmortem *draft)
{
    for (const Fact &fact : m_facts) {
        QString words;
        switch (fact.field) {
        case IncidentField::Impact: words = draft ? draft->impact : m_incident->fields.value(fact.field); break;
        case IncidentField::ImpactStarted:
            words = m_incident->impactStarted
                        ? utcDateTimeText(*m_incident->impactStarted) +
                              (m_incident->isImpactStartSet ? QString() : tr(", the first alert"))
                        : QString();
            break;
        case IncidentField::Title: words = draft ? draft->detectedBy : QString(); break;
        case IncidentField::Trigger: words = draft ? draft->trigger : m_incident->fields.value(fact.field); break;
        default: words = draft ? draft->cause : m_incident->fields.value(fact.field); break;
        }
        const bool unknown = words.isEmpty();
        fact.value->setProperty("unknown", unknown);
        fact.value->setText(unknown ? tr("not known yet: add it when you know") : plainLine(words, 600));
        fact.value->setColorRole(unknown ? Role::Muted : Role::Text);
    }
}

void PostmortemPanel::refreshTimes(const Postmortem *draft)
{
    m_times->setHeads({tr("Measure"), plainLine(m_incident->name(), 16), tr("goal")});
    QList<RunRow> rows;
    for (const IncidentFigure &figure : draft ? draft->figures : QList<IncidentFigure>()) {
        RunRow row;
        const bool late = figure.value && figure.goal && *figure.value > *figure.goal;
        QList<TextRun> value;
        if (figure.value && !figure.running)
            value = {{durationText(*figure.value), FontRole::MonoStrong12, late ? Role::Warning : Role::Text}};
        else
            value = {{figure.running ? tr("running") : tr("not known"), FontRole::Row12, Role::Muted}};
        row.cells = {{{{figureWord(figure.what), FontRole::Row12, Role::Text}}},
                     {value},
                     {figure.goal ? QList<TextRun>{{durationText(*figure.goal), FontRole::Mono12, Role::Muted}}
                                  : QList<TextRun>{}}};
        row.tip = figure.definition + (figure.missing.isEmpty() ? QString() : u'\n' + figure.missing);
        rows.append(row);
    }
    m_times->setRows(rows);
}

void PostmortemPanel::refreshFollowUps(const Postmortem *draft)
{
    QList<RunRow> rows;
    for (const IncidentFollowUp &item : m_incident->followUps) {
        RunRow row;
        row.id = item.item;
        QList<TextRun> words{{plainLine(item.text, 200), FontRole::Row12, item.done ? Role::Muted : Role::Text}};
        if (!item.owner.isEmpty())
            words.append({QStringLiteral(", ") + personWord(item.owner, m_models.incidents.person()), FontRole::Row12, Role::Muted});
        if (item.dueAt)
            words.append({QStringLiteral(", ") + typedText(*item.dueAt).left(10), FontRole::Mono12, Role::Muted});
        row.cells = {{words, item.done ? StateGlyph::Ok : StateGlyph::Unknown}, {}};
        row.button = item.done ? QString() : tr("Done");
        row.tip = plainLine(item.text, 600);
        rows.append(row);
    }
    m_suggested = draft ? draft->suggestedItems : QStringList();
    for (qsizetype at = 0; at < m_suggested.size(); ++at) {
        RunRow row;
        row.id = suggestedPrefix + QString::number(at);
        row.cells = {{{{plainLine(m_suggested.at(at), 200), FontRole::Row12, Role::Text}}, StateGlyph::Unknown}, {}};
        row.button = tr("Take");
        row.lit = true;
        row.tip = tr("suggested: ") + plainLine(m_suggested.at(at), 600);
        rows.append(row);
    }
    m_followUps->setRows(rows);
    m_followUps->setVisible(!rows.isEmpty());
    m_due->setVisible(draft && draft->dueAt);
    if (draft && draft->dueAt)
        m_due->setText(tr("The postmortem is due on %1.").arg(utcDateTimeText(*draft->dueAt)));
}

void PostmortemPanel::openFollowUp(const QString &text)
{
    FormView view;
    view.title = tr("Follow-up");
    view.fields = {{QStringLiteral("text"), tr("What has to be done"), text, {}, false, {}, 500},
                   {QStringLiteral("owner"), tr("Who"), m_models.incidents.person(), {}, false, {}, 100},
                   {QStringLiteral("due"), tr("Until"), {}, tr("2026-12-01; may stay empty")}};
    view.save = tr("Add it");
    m_form->open(view, [this](const EntryForm::Values &values) {
        IncidentFollowUp item;
        item.item = QUuid::createUuid().toString(QUuid::WithoutBraces);
        item.text = values.value(QStringLiteral("text"));
        item.owner = values.value(QStringLiteral("owner"));
        if (const QString due = values.value(QStringLiteral("due")); !due.isEmpty()) {
            item.dueAt = typedInstant(due + QStringLiteral(" 12:00"), m_models.time.now());
            if (!item.dueAt)
                return tr("This is not a day: write 2026-12-01, or nothing.");
        }
        if (item.text.isEmpty())
            return tr("Say what has to be done.");
        if (m_incident)
            Q_EMIT m_models.requests.incidentEntryRequested(m_incident->head.id, item);
        return QString();
    });
}

void PostmortemPanel::followUpPressed(const QString &id)
{
    if (id.startsWith(suggestedPrefix))
        return openFollowUp(m_suggested.value(id.mid(suggestedPrefix.size()).toInt()));
    for (IncidentFollowUp item : m_incident ? m_incident->followUps : std::vector<IncidentFollowUp>()) {
        if (item.item != id)
            continue;
        item.done = true;
        Q_EMIT m_models.requests.incidentEntryRequested(m_incident->head.id, item);
    }
}

} // namespace cockpit
