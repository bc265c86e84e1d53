// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runbooks/runbook_flow.h"

#include <QObject>
#include <QWidget>

#include <memory>

class QPainter;
class QPrinter;
class QTimer;

namespace cockpit {

/// Paints a laid out unit with its top left there; marks are painted by whoever shows it on a screen.
void paintUnitLayout(QPainter &painter, const RunbookUnitLayout &layout, const QPointF &at, const Theme &theme);

/// Prints a runbook in day colours: asks for the printer in a dialog that does not block, then paints a few blocks at a
/// time.
class RunbookPrinter : public QObject {
    Q_OBJECT
public:
    explicit RunbookPrinter(QWidget &parent);
    ~RunbookPrinter() override;
    /// One at a time: a second call while one is printed changes nothing.
    void print(const RunbookPtr &runbook, const RunbookFilling &filling);
    /// Into a PDF file that was chosen already, for tests.
    void printTo(const QString &file, const RunbookPtr &runbook, const RunbookFilling &filling);
    bool isPrinting() const { return m_printer != nullptr; }

Q_SIGNALS:
    /// In words: done, or why not.
    void noticed(const QString &words);

private:
    void start();
    void slice();
    void finish(const QString &words);

    QWidget &m_parent;
    Theme m_day{ThemeVariant::Day};
    RunbookFlow m_flow;
    RunbookPtr m_runbook{};
    RunbookFilling m_filling{};
    std::unique_ptr<QPrinter> m_printer{};
    std::unique_ptr<QPainter> m_painter{};
    QTimer *m_timer;
    int m_next = 0;
    double m_y = 0;
    double m_scale = 1;
    double m_pageHeight = 0;
    int m_pages = 0;
};

} // namespace cockpit
