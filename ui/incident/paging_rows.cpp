// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/paging_rows.h"

#include "models/incident_clock.h"
#include "models/items/incident_store.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/incident/incident_words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/run_table.h"

#include <QHBoxLayout>

#include <algorithm>

namespace cockpit {

namespace {

QString levelWords(int level)
{
    return level == 1   ? PagingRows::tr("primary")
           : level == 2 ? PagingRows::tr("secondary")
                        : PagingRows::tr("level %1").arg(level);
}

RunRow pagingRow(StateGlyph glyph, const QString &who, const QString &beside, const QList<TextRun> &right)
{
    RunRow row;
    QList<TextRun> words{{plainLine(who, 60), FontRole::Row12, Role::Text}};
    if (!beside.isEmpty())
        words.append({QStringLiteral(", ") + beside, FontRole::Row12, Role::Text});
    row.cells = {{words, glyph}, {right}};
    row.tip = plainLine(who, 200) + (beside.isEmpty() ? QString() : QStringLiteral(", ") + beside);
    return row;
}

QList<TextRun> atRuns(std::optional<Instant> at)
{
    return at ? QList<TextRun>{{utcTimeText(*at), FontRole::Mono12, Role::Muted}} : QList<TextRun>();
}

/// When the clock of mitigation began: the first alert, else when it was declared.
Instant responseStart(const Incident &incident)
{
    Instant start = incident.openedAt;
    for (const AttachedAlert &alert : incident.alerts)
        start = std::min(start, alert.startsAt);
    return start;
}

} // namespace

const Page *pageOf(const Incident &incident, const std::optional<PagingUpdate> &paging)
{
    if (!paging || !paging->pages)
        return nullptr;
    QSet<QString> ids;
    for (const IncidentEntry &entry : incident.timeline) {
        if (const auto *page = std::get_if<IncidentPage>(&entry.body))
            ids.insert(page->page);
    }
    const Page *found = nullptr;
    for (const Page &page : *paging->pages) {
        const bool its = ids.contains(page.id) || page.dedupKey == incident.head.id.toString();
        if (its && (!found || (found->state == Page::State::Resolved && page.state != Page::State::Resolved)))
            found = &page;
    }
    return found;
}

PagingRows::PagingRows(CockpitModels &models, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_table(new RunTable(theme, tr("Escalation"), {{QString(), 0}, {QString(), 84, Qt::AlignRight}}, 32))
    , m_none(new PlainLabel(theme, FontRole::Row12, Role::Muted))
    , m_acknowledge(new Button(theme, tr("Acknowledge")))
    , m_escalate(new Button(theme, tr("Escalate now")))
    , m_call(new Button(theme, tr("Call a person")))
    , m_people(new RunTable(theme, tr("People on call"), {{QString(), 0}, {QString(), 48, Qt::AlignRight}}))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(theme.px(8));
    rows->addWidget(m_table);
    m_none->setWordWrap(true);
    rows->addWidget(m_none);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(theme.px(8));
    m_escalate->setKeyHint(QStringLiteral("E"));
    m_acknowledge->setKeyHint(QStringLiteral("A"));
    buttons->addWidget(m_escalate);
    buttons->addWidget(m_call);
    buttons->addStretch(1);
    rows->addLayout(buttons);
    rows->addWidget(m_acknowledge, 0, Qt::AlignLeft);
    rows->addWidget(m_people);
    m_people->hide();
    connect(m_escalate, &Button::clicked, this, [this] { escalate(false); });
    connect(m_acknowledge, &Button::clicked, this, [this] { acknowledge(false); });
    connect(m_call, &Button::clicked, this, [this] {
        m_calling = !m_calling;
        refreshPeople();
    });
    connect(m_people, &RunTable::buttonClicked, this, &PagingRows::call);
}

QString PagingRows::configured() const
{
    if (!m_incident)
        return tr("no incident is open");
    if (!m_models.incidents.hasPaging())
        return tr("no paging service is configured");
    return m_models.incidents.paging() ? QString() : tr("the paging service has not answered yet");
}

QString PagingRows::escalateRefusal() const
{
    const QString refusal = configured();
    if (!refusal.isEmpty())
        return refusal;
    return m_incident->isOpen() ? QString() : tr("the incident is no longer open");
}

QString PagingRows::acknowledgeRefusal() const
{
    if (const QString refusal = configured(); !refusal.isEmpty())
        return refusal;
    const Page *page = pageOf(*m_incident, m_models.incidents.paging());
    if (!page)
        return tr("no page is open for it");
    return page->state == Page::State::Triggered ? QString() : tr("its page is %1 already").arg(toWireName(page->state));
}

void PagingRows::setIncident(const IncidentPtr &incident)
{
    m_incident = incident;
    refreshTable();
    refreshPeople();
    const QString refusal = escalateRefusal();
    const Page *page = incident ? pageOf(*incident, m_models.incidents.paging()) : nullptr;
    m_escalate->setText(page && page->state != Page::State::Resolved ? tr("Escalate now") : tr("Page now"));
    m_escalate->setDisabledReason(refusal);
    m_escalate->updateGeometry();
    m_call->setDisabledReason(refusal);
    m_acknowledge->setVisible(acknowledgeRefusal().isEmpty());
}

void PagingRows::refreshTable()
{
    QList<RunRow> rows;
    const IncidentStore &store = m_models.incidents;
    const Page *page = m_incident ? pageOf(*m_incident, store.paging()) : nullptr;
    if (page) {
        QStringList told;
        for (const QString &person : page->acknowledgedBy) {
            told.append(person);
            rows.append(pagingRow(StateGlyph::Ok, personWord(person, store.person()), tr("acknowledged"),
                                  atRuns(page->acknowledgedAt)));
        }
        for (const QString &person : page->assignees) {
            if (told.contains(person))
                continue;
            told.append(person);
            rows.append(pagingRow(page->state == Page::State::Triggered ? StateGlyph::Warning : StateGlyph::Ok,
                                  personWord(person, store.person()), tr("paged"), atRuns(page->createdAt)));
        }
        if (page->escalatesAt && page->state == Page::State::Triggered)
            rows.append(pagingRow(StateGlyph::Unknown, tr("next level"), {},
                                  {{tr("in "), FontRole::Row12, Role::Muted},
                                   {shortClockText(*page->escalatesAt - m_models.time.now()), FontRole::MonoStrong12}}));
    } else if (store.paging() && store.paging()->onCalls) {
        for (const OnCall &one : *store.paging()->onCalls) {
            if (one.level <= 2 && rows.size() < 4)
                rows.append(pagingRow(StateGlyph::Unknown, personWord(one.person, store.person()), levelWords(one.level),
                                      {{tr("on call"), FontRole::Row12, Role::Muted}}));
        }
    }
    if (m_incident && m_incident->isOpen() && !m_incident->mitigatedAt && !store.ownerTeam().isEmpty()) {
        const Duration left = responseStart(*m_incident) + store.targets().mitigate - m_models.time.now();
        const bool due = left <= Duration(0);
        rows.append(pagingRow(due ? StateGlyph::Warning : StateGlyph::Unknown, tr("team %1").arg(plainLine(store.ownerTeam(), 40)),
                              tr("if unmitigated"),
                              due ? QList<TextRun>{{tr("now"), FontRole::RowStrong12, Role::Warning}}
                                  : QList<TextRun>{{tr("in "), FontRole::Row12, Role::Muted},
                                                   {shortClockText(left), FontRole::MonoStrong12, Role::Text}}));
    }
    m_table->setRows(rows);
    m_table->setVisible(!rows.isEmpty());
    const QString why = configured();
    const QString none = !why.isEmpty() ? why + QStringLiteral(". ") +
                                              (m_incident ? tr("At this level it calls %1.").arg(whoIsPaged(m_incident->level)) : QString())
                         : page ? QString()
                                : tr("No page is open for it. Page now calls %1.").arg(whoIsPaged(m_incident->level));
    m_none->setText(none.isEmpty() ? none : none.at(0).toUpper() + none.mid(1));
    m_none->setVisible(!none.isEmpty());
}

void PagingRows::refreshPeople()
{
    QList<RunRow> rows;
    const std::optional<PagingUpdate> &paging = m_models.incidents.paging();
    if (m_calling && paging && paging->onCalls) {
        for (const OnCall &one : *paging->onCalls) {
            RunRow row;
            row.id = one.personId;
            row.cells = {{{{plainLine(one.person, 40), FontRole::Row12, Role::Text},
                           {QStringLiteral(", ") + plainLine(one.schedule, 40), FontRole::Row12, Role::Muted}}},
                         {}};
            row.button = tr("Call");
            row.disabledReason = escalateRefusal();
            const auto same = [&row](const RunRow &other) { return other.id == row.id; };
            if (!row.id.isEmpty() && std::none_of(rows.cbegin(), rows.cend(), same))
                rows.append(row);
        }
    }
    m_people->setRows(rows);
    m_people->setVisible(!rows.isEmpty());
}

ActionRequest PagingRows::requestOf(ActionIntent intent) const
{
    ActionRequest request;
    request.intent = std::move(intent);
    request.service = m_incident->service;
    request.target = plainLine(m_incident->name() + u' ' + m_incident->title, 160);
    return request;
}

void PagingRows::escalate(bool byKey)
{
    if (!escalateRefusal().isEmpty())
        return;
    const SourceId source = m_models.incidents.paging()->source;
    const Page *page = pageOf(*m_incident, m_models.incidents.paging());
    if (page && page->state != Page::State::Resolved) {
        EscalatePage intent;
        intent.source = source;
        intent.page = page->id;
        intent.title = page->title;
        Q_EMIT asked(requestOf(intent), byKey);
        return;
    }
    TriggerPage intent;
    intent.source = source;
    intent.dedupKey = m_incident->head.id.toString();
    intent.summary = m_incident->title;
    intent.level = m_incident->level;
    intent.component = m_incident->service.toString();
    intent.incident = m_incident->name();
    Q_EMIT asked(requestOf(intent), byKey);
}

void PagingRows::acknowledge(bool byKey)
{
    if (!acknowledgeRefusal().isEmpty())
        return;
    const Page *page = pageOf(*m_incident, m_models.incidents.paging());
    AcknowledgePage intent;
    intent.source = m_models.incidents.paging()->source;
    intent.page = page->id;
    intent.dedupKey = page->dedupKey;
    intent.title = page->title;
    Q_EMIT asked(requestOf(intent), byKey);
}

void PagingRows::call(const QString &personId)
{
    const std::optional<PagingUpdate> &paging = m_models.incidents.paging();
    if (!escalateRefusal().isEmpty() || !paging->onCalls)
        return;
    const Page *page = pageOf(*m_incident, paging);
    if (!page || page->state == Page::State::Resolved)
        return escalate(false); // without a page there is nothing to call them to: page first
    for (const OnCall &one : *paging->onCalls) {
        if (one.personId != personId)
            continue;
        AddResponders intent;
        intent.source = paging->source;
        intent.page = page->id;
        intent.title = page->title;
        intent.people = {one.personId};
        intent.names = {one.person};
        intent.message = tr("%1: please join %2").arg(m_incident->name(), plainLine(m_incident->title, 200));
        Q_EMIT asked(requestOf(intent), false);
        return;
    }
}

} // namespace cockpit
