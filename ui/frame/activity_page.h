// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/plain_label.h"
#include "ui/widgets/search_field.h"

class QAbstractItemModel;
class QTableView;

namespace cockpit {

class ActivityTableModel;
class PageHeader;

/// The activity log: every action with who, what, when, outcome and why, newest first, with a filter.
class ActivityPage : public ThemedWidget {
    Q_OBJECT
public:
    ActivityPage(const Theme &theme, const QAbstractItemModel &activity, QWidget *parent = nullptr);
    SearchField *filterField() const { return m_filter; }
    QTableView *table() const { return m_table; }

protected:
    void themeChanged() override;

private:
    void buildTable();
    void refreshCount();

    const QAbstractItemModel &m_activity;
    PageHeader *m_header;
    SearchField *m_filter;
    ActivityTableModel *m_model;
    QTableView *m_table;
    PlainLabel *m_empty;
};

} // namespace cockpit
