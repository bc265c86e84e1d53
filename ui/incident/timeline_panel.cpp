// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/timeline_panel.h"

#include "models/items/incident_store.h"
#include "models/items/requests.h"
#include "ui/incident/entry_detail.h"
#include "ui/incident/entry_form.h"
#include "ui/incident/timeline_view.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_runs.h"

#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QImage>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>

namespace cockpit {

namespace {

QIcon noteIcon(const Theme &theme)
{
    QPixmap pixmap(theme.px(16), theme.px(16));
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintIcon(painter, QRectF(pixmap.rect()), Icon::Note, theme.color(Role::Accent));
    return QIcon(pixmap);
}

} // namespace

TimelinePanel::TimelinePanel(CockpitModels &models, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_rows(new TimelineRows(this))
    , m_form(new EntryForm(theme))
    , m_view(new TimelineView(*m_rows, theme))
    , m_detail(new EntryDetail(models, theme))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    makeHead(*rows);
    auto *form = new QHBoxLayout;
    form->setContentsMargins(theme.px(16), 0, theme.px(16), 0);
    form->addWidget(m_form);
    rows->addLayout(form);
    auto *line = new Panel(theme, Role::Border);
    line->setFixedHeight(1);
    rows->addWidget(line);
    rows->addWidget(m_view, 1);
    rows->addWidget(m_detail);
    m_view->setPerson(models.incidents.person());
    connect(m_filter, &SegmentedControl::selected, this, &TimelinePanel::refresh);
    connect(m_note, &QLineEdit::returnPressed, this, &TimelinePanel::saveNote);
    connect(m_view, &TimelineView::opened, this, [this] {
        if (const IncidentEntry *entry = m_view->selected())
            m_detail->setEntry(m_incident, *m_rows, *entry);
    });
    connect(m_view, &TimelineView::selectionMoved, this, [this] {
        const IncidentEntry *entry = m_view->selected();
        if (entry && m_detail->isVisible() && !m_detail->form()->isOpen())
            m_detail->setEntry(m_incident, *m_rows, *entry);
    });
}

void TimelinePanel::makeHead(QVBoxLayout &rows)
{
    auto *head = new QHBoxLayout;
    head->setContentsMargins(m_theme.px(16), m_theme.px(5), m_theme.px(16), m_theme.px(8));
    m_head = new RunLabel(m_theme);
    head->addWidget(m_head, 1);
    QList<SegmentedControl::Segment> segments;
    for (const auto &[filter, word] :
         {std::pair{TimelineFilter::All, tr("all")}, std::pair{TimelineFilter::Alerts, tr("alerts")},
          std::pair{TimelineFilter::Actions, tr("actions")}, std::pair{TimelineFilter::Changes, tr("changes")},
          std::pair{TimelineFilter::Notes, tr("notes")}})
        segments.append({toWireName(filter), word});
    m_filter = new SegmentedControl(m_theme, tr("Show"), segments);
    m_filter->setCurrent(toWireName(TimelineFilter::All));
    head->addWidget(m_filter);
    rows.addLayout(head);
    auto *note = new QHBoxLayout;
    note->setContentsMargins(m_theme.px(16), 0, m_theme.px(16), m_theme.px(8));
    m_note = new QLineEdit;
    m_note->setAccessibleName(tr("Note for the timeline"));
    m_note->setPlaceholderText(tr("Add a note, Enter saves it with the time"));
    m_note->setFont(m_theme.font(FontRole::Row12));
    m_note->setFixedHeight(m_theme.px(36));
    m_note->setMaxLength(static_cast<int>(IncidentNote::kLongestNote));
    m_note->addAction(noteIcon(m_theme), QLineEdit::LeadingPosition);
    m_note->installEventFilter(this);
    note->setSpacing(m_theme.px(8));
    note->addWidget(m_note, 1);
    const auto add = [&](const QString &text, const QString &name, auto run) {
        auto *button = new Button(m_theme, text);
        button->setAccessibleName(name);
        button->setToolTip(name);
        note->addWidget(button);
        connect(button, &Button::clicked, this, run);
    };
    add(tr("Report"), tr("Report: conditions, actions, needs"), [this] { openReport(); });
    add(tr("Attach"), tr("Attach the picture or the text of the clipboard"), [this] { attachClipboard(); });
    rows.addLayout(note);
}

void TimelinePanel::setIncident(const IncidentPtr &incident)
{
    const bool other = !m_incident || !incident || !(m_incident->head.id == incident->head.id);
    m_incident = incident;
    if (other) {
        m_detail->close();
        m_form->close();
        m_note->clear();
    }
    refresh();
}

void TimelinePanel::refresh()
{
    m_rows->setIncident(m_incident, timelineFilterOf(m_filter->current()));
    m_head->setRuns({{tr("Timeline"), FontRole::RowStrong12, Role::Text},
                     {QStringLiteral("  ") + tr("%1, newest first").arg(entryCountWords(m_rows->rowCount())),
                      FontRole::Row12, Role::Muted}});
    const IncidentEntry *entry = m_view->selected();
    if (entry && m_detail->isVisible() && !m_detail->form()->isOpen())
        m_detail->setEntry(m_incident, *m_rows, *entry);
}

void TimelinePanel::focusNote() { m_note->setFocus(Qt::ShortcutFocusReason); }

void TimelinePanel::saveNote()
{
    const QString text = m_note->text().trimmed();
    if (text.isEmpty() || !m_incident)
        return;
    Q_EMIT m_models.requests.incidentEntryRequested(m_incident->head.id, IncidentNote{text});
    m_note->clear();
}

void TimelinePanel::openReport()
{
    FormView view;
    view.title = tr("Report");
    view.fields = {{QStringLiteral("condition"), tr("Conditions: how it is"), {}, tr("what is seen now")},
                   {QStringLiteral("actions"), tr("Actions: what is being done"), {}, {}},
                   {QStringLiteral("needs"), tr("Needs: what is missing"), {}, tr("nothing")}};
    view.save = tr("Save the report");
    m_form->open(view, [this](const EntryForm::Values &values) {
        IncidentCan report{values.value(QStringLiteral("condition")), values.value(QStringLiteral("actions")),
                           values.value(QStringLiteral("needs"))};
        if (report.condition.isEmpty() && report.actions.isEmpty() && report.needs.isEmpty())
            return tr("Write at least one line.");
        if (m_incident)
            Q_EMIT m_models.requests.incidentEntryRequested(m_incident->head.id, report);
        return QString();
    });
}

void TimelinePanel::attachClipboard()
{
    const QImage picture = QGuiApplication::clipboard()->image();
    if (picture.isNull())
        return attach(tr("Excerpt"), QStringLiteral("text/plain"), QGuiApplication::clipboard()->text().toUtf8());
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (buffer.open(QIODevice::WriteOnly))
        picture.save(&buffer, "png");
    attach(tr("Picture"), QStringLiteral("image/png"), bytes);
}

void TimelinePanel::attach(const QString &name, const QString &mediaType, const QByteArray &bytes)
{
    if (!m_incident)
        return;
    if (bytes.isEmpty()) {
        Q_EMIT m_models.requests.incidentRefused(
            m_incident->head.id, tr("The clipboard holds neither a picture nor text. Copy one first, then attach it."));
    } else if (bytes.size() > IncidentAttachment::kLargest) {
        Q_EMIT m_models.requests.incidentRefused(
            m_incident->head.id, tr("An attachment may have 2 MB; this one is larger. Copy a smaller part of it."));
    } else {
        Q_EMIT m_models.requests.incidentEntryRequested(m_incident->head.id,
                                                        IncidentAttachment{name, mediaType, bytes});
    }
}

bool TimelinePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        m_note->clear();
        m_view->setFocus();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace cockpit
