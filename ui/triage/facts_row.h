// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "ui/widgets/text_runs.h"

#include <QList>

namespace cockpit {

struct Alert;

/// The row under the charts, 52 px: requests and failures per second, where, and who depends on it. What has no source
/// is absent. The tool tip holds window and sample time.
class FactsRow : public ThemedWidget {
    Q_OBJECT
public:
    explicit FactsRow(const Theme &theme, QWidget *parent = nullptr);
    void setAlert(const CockpitModels &models, const Alert &alert);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Cell {
        QString title{};
        QList<TextRun> value{};
        bool operator==(const Cell &) const = default;
    };
    QList<Cell> m_cells{};
};

} // namespace cockpit
