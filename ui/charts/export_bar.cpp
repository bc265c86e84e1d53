// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/export_bar.h"

#include "models/items/requests.h"
#include "models/plain_line.h"
#include "ui/charts/time_chart.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"

#include <QBuffer>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPixmap>
#include <QRegularExpression>
#include <QStandardPaths>

namespace cockpit {

namespace {

/// A name that every file system takes.
QString fileName(const QString &name)
{
    static const QRegularExpression unsafe(QStringLiteral("[^A-Za-z0-9._-]+"));
    return QString(name).left(80).replace(unsafe, QStringLiteral("-"));
}

} // namespace

ExportBar::ExportBar(Requests &requests, const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
    , m_requests(requests)
    , m_path(new QLineEdit)
    , m_picture(new Button(theme, tr("Save PNG")))
    , m_table(new Button(theme, tr("Save CSV")))
    , m_text(new Button(theme, tr("Save")))
    , m_cancel(new Button(theme, tr("Close")))
    , m_words(new PlainLabel(theme, FontRole::Chip11, Role::Muted))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(8), theme.px(8), theme.px(8), theme.px(8));
    layout->setSpacing(theme.px(4));
    auto *line = new QHBoxLayout;
    line->setSpacing(theme.px(8));
    m_path->setAccessibleName(tr("File to write"));
    m_path->setFont(theme.font(FontRole::Mono12));
    m_path->setFixedHeight(theme.px(28));
    line->addWidget(m_path, 1);
    for (Button *button : {m_picture, m_table, m_text, m_cancel})
        line->addWidget(button);
    layout->addLayout(line);
    layout->addWidget(m_words);
    hide();
    connect(m_picture, &Button::clicked, this, [this] { write(QStringLiteral("png"), picture()); });
    connect(m_table, &Button::clicked, this, [this] { write(QStringLiteral("csv"), tables()); });
    connect(m_text, &Button::clicked, this, [this] { write(m_suffix, m_content); });
    connect(m_cancel, &Button::clicked, this, &ExportBar::close);
    connect(&requests, &Requests::exportFinished, this, [this](const QString &path, const QString &problem) {
        if (path == m_written && m_open)
            m_words->setText(problem.isEmpty() ? tr("Written: %1").arg(plainLine(path, 200)) : plainLine(problem, 200));
    });
}

void ExportBar::show(const QString &name, const QString &suffix)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    m_path->setText(folder + u'/' + fileName(name) + u'.' + suffix);
    m_words->setText(QString());
    m_suffix = suffix;
    m_open = true;
    const bool charts = !m_charts.isEmpty();
    m_picture->setVisible(charts);
    m_table->setVisible(charts);
    m_text->setVisible(!charts);
    setVisible(true);
    m_path->setFocus();
    m_path->selectAll();
}

void ExportBar::open(const QString &name, const QList<TimeChart *> &charts)
{
    m_charts = charts;
    show(name, QStringLiteral("png"));
}

void ExportBar::openText(const QString &name, const QString &suffix, const QByteArray &text)
{
    m_charts.clear();
    m_content = text;
    show(name, suffix);
}

void ExportBar::close()
{
    m_open = false;
    m_content.clear();
    hide();
}

QString ExportBar::pathWith(const QString &suffix) const
{
    QString path = m_path->text().trimmed();
    const qsizetype dot = path.lastIndexOf(u'.');
    if (dot > path.lastIndexOf(u'/'))
        path.truncate(dot);
    return path + u'.' + suffix;
}

void ExportBar::write(const QString &suffix, const QByteArray &content)
{
    if (m_path->text().trimmed().isEmpty()) {
        m_words->setText(tr("Name a file to write to."));
        return;
    }
    m_written = pathWith(suffix);
    m_words->setText(tr("Writing"));
    Q_EMIT m_requests.exportRequested(m_written, content);
}

QByteArray ExportBar::picture() const
{
    int height = 0;
    int width = 0;
    for (const TimeChart *chart : m_charts) {
        height += chart->height();
        width = std::max(width, chart->width());
    }
    QImage image(QSize(width, height) * 2, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(2.0);
    image.fill(theme().color(Role::Surface));
    int y = 0;
    QPainter painter(&image);
    for (TimeChart *chart : m_charts) {
        chart->render(&painter, QPoint(0, y));
        y += chart->height();
    }
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

QByteArray ExportBar::tables() const
{
    QByteArray csv;
    for (const TimeChart *chart : m_charts)
        csv += (csv.isEmpty() ? QByteArray() : QByteArray("\n")) + chartCsv(chart->shownView());
    return csv;
}

void ExportBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(painter, rect(), theme().px(6), theme().color(Role::Raised), theme().color(Role::Border));
}

void ExportBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        event->accept(); // letters typed here are never commands of the page
}

} // namespace cockpit
