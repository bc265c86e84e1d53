// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/themed_widget.h"

namespace cockpit {

/// Three shares of a whole in one bar, h6: complete, needs work, missing; and the same three as words under it.
class CoverageBar : public ThemedWidget {
    Q_OBJECT
public:
    explicit CoverageBar(const Theme &theme, QWidget *parent = nullptr);
    void setCounts(int complete, int needWork, int missing);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_complete = 0;
    int m_needWork = 0;
    int m_missing = 0;
};

/// The heads of the columns of the coverage table, h28.
class CoverageColumns : public ThemedWidget {
    Q_OBJECT
public:
    explicit CoverageColumns(const Theme &theme, QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// Right edges of Sections, Reviewed, Links and Anchors in a row of that width, px; the name ends before the first.
struct CoverageEdges {
    double name = 0;
    double sections = 0;
    double reviewed = 0;
    double links = 0;
    double anchors = 0;
};
CoverageEdges coverageEdges(double width, const Theme &theme);

} // namespace cockpit
