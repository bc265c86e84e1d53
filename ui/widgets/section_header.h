// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/text_runs.h"

namespace cockpit {

/// The head of a section: h28, raised, line below; name 12/600 left, runs beside it, runs at the right edge.
class SectionHeader : public ThemedWidget {
    Q_OBJECT
public:
    SectionHeader(const Theme &theme, const QString &title, QWidget *parent = nullptr);
    void setTitle(const QString &title);
    void setBeside(const QList<TextRun> &runs);
    void setTrailing(const QList<TextRun> &runs);
    /// Logical px of the design left and right of the words; 12 unless told.
    void setInset(int inset);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refreshName();

    QString m_title;
    QList<TextRun> m_beside{};
    QList<TextRun> m_trailing{};
    int m_inset = 12;
};

} // namespace cockpit
