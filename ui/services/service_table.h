// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "ui/services/service_rows.h"
#include "ui/theme/theme.h"

#include <QTableView>

namespace cockpit {

/// All services as a table with rows of 40 px: on the calm page and for more than 24 services. Enter or a click opens
/// one. The budget column is absent where no budget is known.
class ServiceTable : public QTableView {
    Q_OBJECT
public:
    ServiceTable(const CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    void refresh(ServiceSort sort, Duration range);
    /// Height of head and rows, to lie in a page without scroll bars of its own.
    int wholeHeight() const;

Q_SIGNALS:
    void opened(const cockpit::ServiceId &service);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void layOutColumns();

    const Theme &m_theme;
    ServiceRows *m_rows;
};

} // namespace cockpit
