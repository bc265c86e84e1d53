// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/task_rows.h"

#include "models/items/incident_store.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/incident/entry_form.h"
#include "ui/incident/incident_words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/run_table.h"

#include <QHBoxLayout>
#include <QUuid>

namespace cockpit {

TaskRows::TaskRows(CockpitModels &models, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_table(new RunTable(theme, tr("Tasks"), {{QString(), 0}, {QString(), 58, Qt::AlignRight}, {QString(), 48, Qt::AlignRight}}))
    , m_add(new Button(theme, tr("New task"), Button::Kind::RowLit))
    , m_form(new EntryForm(theme))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(theme.px(6));
    auto *head = new QHBoxLayout;
    head->addWidget(new PlainLabel(theme, tr("Tasks"), FontRole::RowStrong12), 1);
    head->addWidget(m_add);
    rows->addLayout(head);
    rows->addWidget(m_table);
    rows->addWidget(m_form);
    connect(m_add, &Button::clicked, this, &TaskRows::openForm);
    connect(m_table, &RunTable::buttonClicked, this, &TaskRows::finish);
}

void TaskRows::setIncident(const IncidentPtr &incident)
{
    if (m_incident && (!incident || !(m_incident->head.id == incident->head.id)))
        m_form->close();
    m_incident = incident;
    const Instant now = m_models.time.now();
    QList<RunRow> rows;
    for (const IncidentTask &task : incident ? incident->tasks : std::vector<IncidentTask>()) {
        if (task.state != IncidentTask::State::Open)
            continue;
        const bool late = now > task.dueAt;
        const QString who = personWord(task.owner, m_models.incidents.person());
        RunRow row;
        row.id = task.task;
        row.cells = {{{{plainLine(task.text, 120), FontRole::Row12, Role::Text},
                       {QStringLiteral(", ") + who, FontRole::Row12, Role::Muted}},
                      late ? StateGlyph::Warning : StateGlyph::Unknown},
                     {{{late ? QStringLiteral("+") + shortClockText(now - task.dueAt) : shortClockText(task.dueAt - now),
                        FontRole::MonoStrong12, late ? Role::Warning : Role::Text}}},
                     {}};
        row.button = tr("Done");
        row.tip = plainLine(task.text, 400) + u'\n' +
                  (late ? tr("should have been back at %1") : tr("back at %1")).arg(utcTimeText(task.dueAt));
        rows.append(row);
    }
    m_table->setRows(rows);
    m_table->setVisible(!rows.isEmpty());
    m_add->setVisible(incident && incident->isOpen());
}

void TaskRows::openForm()
{
    FormView view;
    view.title = tr("A task with an end");
    view.fields = {{QStringLiteral("text"), tr("What"), {}, tr("Look at the locks of the database"), false, {}, 500},
                   {QStringLiteral("owner"), tr("Who"), m_models.incidents.person(), {}, false, {}, 100},
                   {QStringLiteral("minutes"), tr("Back in"), QStringLiteral("10"), {}, false,
                    {{QStringLiteral("5"), tr("5 min")}, {QStringLiteral("10"), tr("10 min")},
                     {QStringLiteral("15"), tr("15 min")}, {QStringLiteral("30"), tr("30 min")}}}};
    view.save = tr("Start it");
    m_form->open(view, [this](const EntryForm::Values &values) {
        IncidentTask task;
        task.task = QUuid::createUuid().toString(QUuid::WithoutBraces);
        task.text = values.value(QStringLiteral("text"));
        task.owner = values.value(QStringLiteral("owner"));
        task.dueAt = m_models.time.now() + std::chrono::minutes(values.value(QStringLiteral("minutes")).toInt());
        if (task.text.isEmpty())
            return tr("Say what is to be done.");
        if (m_incident)
            Q_EMIT m_models.requests.incidentEntryRequested(m_incident->head.id, task);
        return QString();
    });
}

void TaskRows::finish(const QString &task)
{
    for (IncidentTask one : m_incident ? m_incident->tasks : std::vector<IncidentTask>()) {
        if (one.task != task)
            continue;
        one.state = IncidentTask::State::Done;
        Q_EMIT m_models.requests.incidentEntryRequested(m_incident->head.id, one);
    }
}

} // namespace cockpit
