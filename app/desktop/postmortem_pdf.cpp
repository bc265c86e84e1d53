// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/postmortem_pdf.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QCoreApplication>
#include <QPainter>
#include <QPdfWriter>
#include <QTextDocument>

namespace cockpit {

namespace {

QString pdfWords(const char *text) { return QCoreApplication::translate("PostmortemPdf", text); }

/// Nothing that a document names is ever fetched: not a picture of the web, not a file.
class SealedDocument : public QTextDocument {
public:
    SealedDocument() { setUndoRedoEnabled(false); }

protected:
    QVariant loadResource(int, const QUrl &) override { return {}; }
};

void paintPages(QPdfWriter &writer, QPainter &painter, const QTextDocument &document, const QSizeF &page)
{
    const int pages = document.pageCount();
    const double footer = painter.fontMetrics().height();
    for (int number = 1; number <= pages; ++number) {
        if (number > 1)
            writer.newPage();
        painter.save();
        painter.translate(0, -page.height() * (number - 1));
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = QRectF(0, page.height() * (number - 1), page.width(), page.height());
        context.palette.setColor(QPalette::Text, Qt::black); // paper is white in every theme
        painter.setClipRect(context.clip);
        document.documentLayout()->draw(&painter, context);
        painter.restore();
        painter.drawText(QRectF(0, page.height(), page.width(), 2 * footer), Qt::AlignBottom | Qt::AlignRight,
                         pdfWords("Page %1 of %2").arg(number).arg(pages));
    }
}

Result<QByteArray> drawPdf(const QByteArray &html, const QString &title)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(title);
    writer.setCreator(QStringLiteral("Dark Tower Cockpit"));
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(18, 18, 18, 18), QPageLayout::Millimeter);
    writer.setResolution(96 * 4);
    QPainter painter;
    if (!painter.begin(&writer))
        return Error{.kind = Error::Kind::Storage,
                     .what = pdfWords("The PDF could not be drawn."),
                     .meaning = pdfWords("Nothing was written."),
                     .next = pdfWords("Export it as HTML and print that.")};
    SealedDocument document;
    document.documentLayout()->setPaintDevice(&writer);
    document.setDefaultFont(QFont(QStringLiteral("sans-serif"), 10));
    document.setHtml(QString::fromUtf8(html));
    const double footer = 3.0 * painter.fontMetrics().height();
    const QSizeF page(writer.width(), writer.height() - footer);
    document.setPageSize(page);
    paintPages(writer, painter, document, page);
    painter.end();
    return bytes;
}

} // namespace

PdfOfHtml postmortemPdf() { return drawPdf; }

} // namespace cockpit
