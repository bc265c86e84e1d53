// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/command.h"
#include "ui/widgets/card.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/search_field.h"

class QGridLayout;

namespace cockpit {

class CommandRegistry;

/// One command on the sheet: its keys, its words, why it cannot run now. A click runs it.
class KeySheetRow : public ThemedButton {
    Q_OBJECT
public:
    KeySheetRow(const Theme &theme, const Command &command, QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Command m_command;
};

/// The page behind `?`: every command of the registry with its keys, by group, with a filter.
class KeySheet : public ThemedWidget {
    Q_OBJECT
public:
    KeySheet(const Theme &theme, CommandRegistry &commands, QWidget *parent = nullptr);
    SearchField *filterField() const { return m_filter; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    void rebuild();
    QWidget *groupCard(const QString &group, const QList<Command> &commands);

    CommandRegistry &m_commands;
    QList<Command> m_shown{};
    SearchField *m_filter;
    PlainLabel *m_empty;
    QWidget *m_content;
    QGridLayout *m_grid;
};

} // namespace cockpit
