// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/role_rows.h"

#include "models/incident_proposal.h"
#include "models/items/incident_store.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/incident/entry_form.h"
#include "ui/incident/incident_words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>

namespace cockpit {

RoleRows::RoleRows(CockpitModels &models, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_form(new EntryForm(theme))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    for (const IncidentRole role : {IncidentRole::Commander, IncidentRole::Deputy, IncidentRole::Communications,
                                    IncidentRole::OperationsLead, IncidentRole::Scribe}) {
        m_rows.push_back(makeRow(role));
        rows->addWidget(m_rows.back().line);
    }
    rows->addWidget(m_form);
}

RoleRows::Row RoleRows::makeRow(IncidentRole role)
{
    auto *panel = new Panel(m_theme, Role::Surface, Qt::TopEdge);
    panel->setFixedHeight(m_theme.px(32));
    auto *line = new QHBoxLayout(panel);
    line->setContentsMargins(0, 1, 0, 0);
    line->setSpacing(m_theme.px(6));
    auto *name = new PlainLabel(m_theme, roleWord(role), FontRole::Row12, Role::Muted);
    name->setFixedWidth(m_theme.px(102));
    line->addWidget(name);
    Row row{role, panel, new PlainLabel(m_theme, FontRole::Row12), new Button(m_theme, QString(), Button::Kind::Row),
            new Button(m_theme, tr("Take"), Button::Kind::RowLit), new Button(m_theme, tr("Ask"), Button::Kind::RowLit)};
    line->addWidget(row.person, 1);
    for (Button *button : {row.since, row.take, row.ask})
        line->addWidget(button);
    row.take->setAccessibleName(tr("Take the role: %1").arg(roleWord(role)));
    row.ask->setAccessibleName(tr("Ask somebody to take the role: %1").arg(roleWord(role)));
    connect(row.since, &Button::clicked, this, [this, role] { handOver(role); });
    connect(row.ask, &Button::clicked, this, [this, role] { handOver(role); });
    connect(row.take, &Button::clicked, this, [this, role] { give(role, m_models.incidents.person(), {}); });
    return row;
}

void RoleRows::setIncident(const IncidentPtr &incident)
{
    if (m_incident && (!incident || !(m_incident->head.id == incident->head.id)))
        m_form->close();
    m_incident = incident;
    for (const Row &row : m_rows)
        refreshRow(row);
}

void RoleRows::refreshRow(const Row &row)
{
    const RoleHolder holder = m_incident ? m_incident->roles.value(row.role) : RoleHolder();
    const bool held = !holder.person.isEmpty();
    const bool open = m_incident && m_incident->isOpen();
    const bool scribe = row.role == IncidentRole::Scribe;
    const QString me = m_models.incidents.person();
    row.person->setText(held ? personWord(holder.person, me) : scribe ? tr("cockpit") : tr("nobody"));
    row.person->setFontRole(held && holder.person == me ? FontRole::RowStrong12 : FontRole::Row12);
    row.since->setVisible(held || scribe);
    row.since->setText(held ? tr("since %1").arg(utcShortTimeText(holder.since)) : tr("automatic"));
    row.since->setAccessibleName(tr("Hand over %1, held by %2 %3").arg(roleWord(row.role), row.person->text(), row.since->text()));
    row.since->setToolTip(tr("Hand over"));
    row.since->setEnabled(open);
    row.since->updateGeometry();
    row.take->setVisible(open && !held && !scribe);
    row.ask->setVisible(open && !held && !scribe);
}

void RoleRows::handOver(IncidentRole role)
{
    if (!m_incident)
        return;
    const RoleHolder holder = m_incident->roles.value(role);
    const QString me = m_models.incidents.person();
    FormView view;
    view.title = holder.person.isEmpty() ? tr("Give the role: %1").arg(roleWord(role))
                                         : tr("Hand over: %1").arg(roleWord(role));
    view.words = tr("The summary stands in the timeline, for the next holder.");
    view.fields = {{QStringLiteral("person"), tr("To whom"), holder.person == me ? QString() : me, tr("name"), false, {}, 100},
                   {QStringLiteral("summary"), tr("What they have to know"),
                    handOverSummary(*m_incident, m_models.time.now()), {}, true}};
    view.save = holder.person.isEmpty() ? tr("Give the role") : tr("Hand over");
    m_form->open(view, [this, role](const EntryForm::Values &values) {
        const QString person = values.value(QStringLiteral("person"));
        if (person.isEmpty())
            return tr("Say who takes it.");
        give(role, person, values.value(QStringLiteral("summary")));
        return QString();
    });
}

void RoleRows::give(IncidentRole role, const QString &person, const QString &summary)
{
    if (m_incident)
        Q_EMIT m_models.requests.incidentEntryRequested(m_incident->head.id, IncidentRoleSet{role, person, summary});
}

} // namespace cockpit
