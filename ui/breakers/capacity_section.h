// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/capacity.h"
#include "models/items/cockpit_models.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

class QLineEdit;

namespace cockpit {

class ActionPlace;
class Button;
class PlainLabel;
class RunTable;

/// Pods now, at least and at most, saturation and cost of each service; limits can be changed for a time. Absent where
/// no cluster is known.
class CapacitySection : public QWidget {
    Q_OBJECT
public:
    CapacitySection(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    void refresh();
    ActionPlace *place() const { return m_place; }

private:
    QWidget *makeForm();
    void choose(const QString &id);
    void refreshForm();
    void submit();
    CapacityPtr chosen() const;

    CockpitModels &m_models;
    Theme &m_theme;
    RunTable *m_table;
    QWidget *m_form = nullptr;
    PlainLabel *m_what = nullptr;
    QLineEdit *m_least = nullptr;
    QLineEdit *m_most = nullptr;
    QLineEdit *m_reason = nullptr;
    Button *m_run = nullptr;
    PlainLabel *m_why = nullptr;
    ActionPlace *m_place;
    QString m_chosen{};
};

} // namespace cockpit
