// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/entry_detail.h"

#include "models/items/incident_store.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/incident/entry_form.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"

#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QImageReader>
#include <QPainter>
#include <QPlainTextEdit>

namespace cockpit {

namespace {

constexpr int largestPicture = 4096; ///< px of a side: what is larger is not opened

QImage pictureOf(const IncidentAttachment &attachment)
{
    QBuffer buffer;
    buffer.setData(attachment.bytes);
    if (!buffer.open(QIODevice::ReadOnly))
        return {};
    QImageReader reader(&buffer, attachment.mediaType == u"image/png" ? "png" : "jpg");
    const QSize size = reader.size();
    if (!size.isValid() || size.width() > largestPicture || size.height() > largestPicture)
        return {};
    return reader.read();
}

} // namespace

PictureView::PictureView(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
{
    setAccessibleName(tr("Attached picture"));
    hide();
}

void PictureView::setPicture(const QImage &picture)
{
    m_picture = picture;
    setVisible(!picture.isNull());
    updateGeometry();
    update();
}

QSize PictureView::sizeHint() const { return {theme().px(200), m_picture.isNull() ? 0 : theme().px(160)}; }

void PictureView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const QSize size = m_picture.size().scaled(this->size(), Qt::KeepAspectRatio);
    painter.drawImage(QRect(QPoint(0, 0), size), m_picture);
}

EntryDetail::EntryDetail(CockpitModels &models, const Theme &theme, QWidget *parent)
    : Panel(theme, Role::Raised, Qt::TopEdge, parent)
    , m_models(models)
    , m_when(new PlainLabel(theme, FontRole::Chip11, Role::Muted))
    , m_original(new PlainLabel(theme, FontRole::Row12, Role::Muted))
    , m_text(new QPlainTextEdit)
    , m_picture(new PictureView(theme))
    , m_form(new EntryForm(theme))
    , m_correct(new Button(theme, tr("Correct it")))
    , m_copy(new Button(theme, tr("Copy")))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8));
    rows->setSpacing(theme.px(6));
    m_when->setWordWrap(true);
    rows->addWidget(m_when);
    m_text->setReadOnly(true);
    m_text->setFont(theme.font(FontRole::Row12));
    m_text->setAccessibleName(tr("What the entry says"));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(theme.px(84));
    rows->addWidget(m_text);
    rows->addWidget(m_picture);
    m_original->setWordWrap(true);
    QFont struck = m_original->font();
    struck.setStrikeOut(true);
    m_original->setFont(struck);
    rows->addWidget(m_original);
    rows->addWidget(m_form);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(theme.px(8));
    auto *shut = new Button(theme, tr("Close"));
    buttons->addWidget(m_correct);
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    buttons->addWidget(shut);
    rows->addLayout(buttons);
    connect(m_correct, &Button::clicked, this, &EntryDetail::correct);
    connect(m_copy, &Button::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_text->toPlainText()); });
    connect(shut, &Button::clicked, this, &EntryDetail::close);
    hide();
}

QString EntryDetail::text() const { return m_text->toPlainText(); }

void EntryDetail::setEntry(const IncidentPtr &incident, const TimelineRows &rows, const IncidentEntry &entry)
{
    if (m_form->isOpen() && !(m_id == entry.id))
        m_form->close();
    m_id = entry.id;
    m_incident = incident->head.id;
    m_line = rows.lineOf(entry);
    m_at = rows.timeOf(entry);
    m_when->setText(tr("%1, from %2, written by %3")
                        .arg(bothTimesText(m_at), plainLine(entry.origin, 80),
                             personWord(entry.actor, m_models.incidents.person())));
    const QString detail = entryDetail(*incident, entry);
    if (m_text->toPlainText() != detail)
        m_text->setPlainText(detail.left(IncidentNote::kLongestNote));
    const bool corrected = rows.isCorrected(entry);
    m_original->setVisible(corrected);
    m_original->setText(corrected ? utcTimeText(entry.at) + u' ' + plainLine(entryText(entry), 300) : QString());
    m_original->setAccessibleName(corrected ? tr("It first said: %1").arg(m_original->text()) : QString());
    showAttachment(entry);
    show();
}

void EntryDetail::showAttachment(const IncidentEntry &entry)
{
    const auto *attachment = std::get_if<IncidentAttachment>(&entry.body);
    const bool picture = attachment && attachment->mediaType.startsWith(u"image/");
    m_picture->setPicture(picture ? pictureOf(*attachment) : QImage());
    if (attachment && !picture)
        m_text->setPlainText(QString::fromUtf8(attachment->bytes.left(IncidentNote::kLongestNote)));
}

void EntryDetail::close()
{
    m_form->close();
    hide();
}

void EntryDetail::correct()
{
    FormView view;
    view.title = tr("Correct this entry");
    view.words = tr("What it said first is kept.");
    view.fields = {{QStringLiteral("text"), tr("What it should say"), m_line, {}, false, {}, 2000},
                   {QStringLiteral("at"), tr("When it happened (UTC)"), typedText(m_at), tr("03:02:10")}};
    view.save = tr("Save the correction");
    m_form->open(view, [this, id = m_id, incident = m_incident, line = m_line, at = m_at](const EntryForm::Values &values) {
        IncidentCorrection correction;
        correction.corrects = id;
        const QString text = values.value(QStringLiteral("text"));
        if (text != line)
            correction.text = text;
        const QString typed = values.value(QStringLiteral("at"));
        if (typed != typedText(at)) {
            correction.at = typedInstant(typed, m_models.time.now());
            if (!correction.at)
                return tr("This is not a time: write 03:02:10 or 2026-11-23 03:02:10, in UTC.");
        }
        if (correction.text.isEmpty() && !correction.at)
            return tr("Nothing was changed.");
        Q_EMIT m_models.requests.incidentEntryRequested(incident, correction);
        return QString();
    });
}

} // namespace cockpit
