// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"
#include "ui/widgets/text_runs.h"

class QHBoxLayout;

namespace cockpit {

/// The head of a page, h48: title 15/600, runs beside it, controls at the right.
class PageHeader : public Panel {
    Q_OBJECT
public:
    PageHeader(const Theme &theme, const QString &title, QWidget *parent = nullptr);
    void setBeside(const QList<TextRun> &runs);
    /// Takes it over as the rightmost control so far.
    void addTrailing(QWidget *widget);

private:
    QHBoxLayout *m_layout;
    RunLabel *m_beside;
};

} // namespace cockpit
