// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_printer.h"

#include "models/plain_line.h"

#include <QPainter>
#include <QPrintDialog>
#include <QPrinter>
#include <QTimer>

namespace cockpit {

namespace {

/// px at 96 dots an inch, as on a screen.
constexpr double screenDots = 96.0;
constexpr int unitsPerSlice = 10;

} // namespace

RunbookPrinter::RunbookPrinter(QWidget &parent)
    : QObject(&parent)
    , m_parent(parent)
    , m_flow(m_day)
    , m_timer(new QTimer(this))
{
    m_timer->setInterval(0);
    connect(m_timer, &QTimer::timeout, this, &RunbookPrinter::slice);
}

RunbookPrinter::~RunbookPrinter() = default;

void RunbookPrinter::print(const RunbookPtr &runbook, const RunbookFilling &filling)
{
    if (m_printer)
        return;
    m_runbook = runbook;
    m_filling = filling;
    m_printer = std::make_unique<QPrinter>(QPrinter::HighResolution);
    m_printer->setDocName(plainLine(runbook->title, 80));
    auto *dialog = new QPrintDialog(m_printer.get(), &m_parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this](int result) {
        if (result == QDialog::Accepted)
            start();
        else
            QTimer::singleShot(0, this, [this] { m_printer.reset(); });
    });
    dialog->open();
}

void RunbookPrinter::printTo(const QString &file, const RunbookPtr &runbook, const RunbookFilling &filling)
{
    if (m_printer)
        return;
    m_runbook = runbook;
    m_filling = filling;
    m_printer = std::make_unique<QPrinter>(QPrinter::HighResolution);
    m_printer->setOutputFormat(QPrinter::PdfFormat);
    m_printer->setOutputFileName(file);
    start();
}

void RunbookPrinter::start()
{
    m_painter = std::make_unique<QPainter>();
    if (!m_painter->begin(m_printer.get()))
        return finish(tr("It was not printed: the printer cannot be used, or the file cannot be written."));
    m_scale = m_printer->resolution() / screenDots;
    const QRectF page = m_printer->pageRect(QPrinter::DevicePixel);
    m_painter->scale(m_scale, m_scale);
    m_pageHeight = page.height() / m_scale;
    RunbookLook &look = m_flow.look();
    look.runbook = m_runbook;
    look.filling = m_filling;
    look.width = page.width() / m_scale;
    look.progress = {};
    look.progress.setSteps(*m_runbook, 0, int(m_runbook->blocks.size()));
    m_flow.setBlocks(0, int(m_runbook->blocks.size()));
    m_next = 0;
    m_y = 0;
    m_pages = 1;
    m_timer->start();
}

void RunbookPrinter::slice()
{
    for (int done = 0; done < unitsPerSlice; ++done) {
        if (m_next >= int(m_flow.units().size()))
            return finish(m_pages == 1 ? tr("Printed on 1 page.") : tr("Printed on %1 pages.").arg(m_pages));
        const RunbookUnitLayout &layout = m_flow.layout(m_next);
        if (m_y > 0 && m_y + layout.height > m_pageHeight) {
            if (!m_printer->newPage())
                return finish(tr("It was not printed whole: the printer took no more pages."));
            m_y = 0;
            ++m_pages;
        }
        paintUnitLayout(*m_painter, layout, {0, m_y}, m_day);
        m_y += layout.height;
        m_flow.forgetFarFrom(m_next);
        ++m_next;
    }
}

void RunbookPrinter::finish(const QString &words)
{
    m_timer->stop();
    if (m_painter && m_painter->isActive())
        m_painter->end();
    m_painter.reset();
    m_printer.reset();
    m_flow.look().runbook.reset();
    m_flow.setBlocks(0, 0);
    Q_EMIT noticed(words);
}

} // namespace cockpit
