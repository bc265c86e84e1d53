// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icon.h"

#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace cockpit {

namespace {

QString iconFile(Icon icon)
{
    static constexpr const char *names[] = {
        "activity", "grid",  "steps", "breaker",       "book",         "flag",         "bars",     "keyboard",
        "list",     "search", "clock", "copy",         "check",        "close",        "chevron-right", "chevron-down",
        "chevron-left", "external", "document", "scale", "bell", "bell-off",
        "note", "person", "hash", "clip"};
    return QStringLiteral(":/icons/") + QLatin1String(names[static_cast<std::size_t>(icon)]) + QStringLiteral(".svg");
}

QPixmap renderedIcon(Icon icon, const QSizeF &size, const QColor &color, qreal ratio)
{
    QPixmap pixmap((size * ratio).toSize());
    pixmap.fill(Qt::transparent);
    QFile file(iconFile(icon));
    if (!file.open(QIODevice::ReadOnly))
        return pixmap;
    // Drawn on 24×24 with a stroke of 1.8: 1.5 px at 20. Small ones take 1.25 px.
    QByteArray drawing = file.readAll();
    const double stroke = (size.width() <= 16 ? 1.25 : 1.5) * 24.0 / size.width();
    drawing.replace("stroke-width=\"1.8\"", "stroke-width=\"" + QByteArray::number(stroke) + "\"");
    QSvgRenderer renderer(drawing);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), color);
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

} // namespace

void paintIcon(QPainter &painter, const QRectF &rect, Icon icon, const QColor &color)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QString key = QStringLiteral("cockpit-icon-%1-%2-%3-%4-%5")
                            .arg(static_cast<int>(icon)).arg(rect.width()).arg(rect.height()).arg(ratio).arg(color.rgba());
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = renderedIcon(icon, rect.size(), color, ratio);
        QPixmapCache::insert(key, pixmap);
    }
    painter.drawPixmap(rect.topLeft(), pixmap);
}

} // namespace cockpit
