// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runbooks/runbook_progress.h"
#include "ui/widgets/themed_widget.h"

namespace cockpit {

/// One bar a step, h4: done, skipped, the current one, the open ones. Its accessible name tells the count.
class ProgressSegments : public ThemedWidget {
    Q_OBJECT
public:
    explicit ProgressSegments(const Theme &theme, QWidget *parent = nullptr);
    void setProgress(const RunbookProgress &progress);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<Role> m_segments{};
};

} // namespace cockpit
