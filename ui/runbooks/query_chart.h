// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/runbook_store.h"
#include "ui/charts/time_chart.h"

namespace cockpit {

/// What a runbook's query gave over the last hour, in little: at most eight lines, the others counted.
class QueryChart : public TimeChart {
    Q_OBJECT
public:
    explicit QueryChart(const Theme &theme, QWidget *parent = nullptr);
    /// Does nothing when it is the same answer.
    void setAnswer(const RunbookQueryAnswer &answer);

private:
    QString m_query{};
    Instant m_at{};
};

} // namespace cockpit
