// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/key_sheet.h"

#include "models/items/command_registry.h"
#include "ui/frame/page_header.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/section_header.h"

#include <QGridLayout>
#include <QKeySequence>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace cockpit {

namespace {

/// A key of the registry as people read it.
QString nativeKey(const QString &portable)
{
    return QKeySequence::fromString(portable, QKeySequence::PortableText).toString(QKeySequence::NativeText);
}

bool matches(const Command &command, const QString &filter)
{
    return filter.isEmpty() || command.text.contains(filter, Qt::CaseInsensitive)
           || command.group.contains(filter, Qt::CaseInsensitive)
           || command.keys.join(u' ').contains(filter, Qt::CaseInsensitive);
}

} // namespace

KeySheetRow::KeySheetRow(const Theme &theme, const Command &command, QWidget *parent)
    : ThemedButton(theme, parent), m_command(command)
{
    setText(command.text);
    setAccessibleName(command.keys.isEmpty() ? command.text
                                             : tr("%1, key %2").arg(command.text, command.keys.join(tr(" or "))));
    setAccessibleDescription(command.disabledReason);
    setEnabled(command.disabledReason.isEmpty());
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize KeySheetRow::sizeHint() const
{
    return {theme().px(340), theme().px(m_command.disabledReason.isEmpty() ? 28 : 44)};
}

QSize KeySheetRow::minimumSizeHint() const { return {theme().px(200), sizeHint().height()}; }

void KeySheetRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (underMouse() && isEnabled())
        painter.fillRect(rect(), theme().color(Role::Raised2));
    double right = width() - theme().px(12);
    for (auto key = m_command.keys.crbegin(); key != m_command.keys.crend(); ++key) {
        const QString text = nativeKey(*key);
        right -= keyCapWidth(text, theme());
        paintKeyCap(painter, QRectF(right, 0, 1, theme().px(28)), text, theme());
        right -= theme().px(4);
    }
    const double left = theme().px(12);
    painter.setFont(theme().font(FontRole::Row12));
    painter.setPen(theme().color(isEnabled() ? Role::Text : Role::StaleText));
    painter.drawText(QRectF(left, 0, right - left, theme().px(28)), Qt::AlignVCenter | Qt::TextSingleLine,
                     QFontMetricsF(painter.font()).elidedText(m_command.text, Qt::ElideRight, right - left));
    if (!m_command.disabledReason.isEmpty()) {
        painter.setFont(theme().font(FontRole::Chip11));
        painter.setPen(theme().color(Role::StaleText));
        painter.drawText(QRectF(left, theme().px(24), width() - 2 * left, theme().px(16)), Qt::TextSingleLine,
                         QFontMetricsF(painter.font()).elidedText(m_command.disabledReason.simplified(), Qt::ElideRight,
                                                                  width() - 2 * left));
    }
    paintFocus(painter, rect(), theme().px(6));
}

KeySheet::KeySheet(const Theme &theme, CommandRegistry &commands, QWidget *parent)
    : ThemedWidget(theme, parent), m_commands(commands),
      m_filter(new SearchField(theme, tr("Filter commands"), tr("Words or a key"), QString(), this)),
      m_empty(new PlainLabel(theme, tr("No command matches."), FontRole::Row12, Role::Muted, this)),
      m_content(new QWidget), m_grid(new QGridLayout(m_content))
{
    auto *header = new PageHeader(theme, tr("Keys"), this);
    m_filter->setFixedWidth(theme.px(280));
    header->addTrailing(m_filter);
    m_grid->setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12));
    m_grid->setSpacing(theme.px(12));
    m_grid->setAlignment(Qt::AlignTop);
    auto *scroll = new QScrollArea(this);
    scroll->setAccessibleName(tr("Commands"));
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_content);
    m_empty->setAlignment(Qt::AlignCenter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(m_empty);
    layout->addWidget(scroll, 1);
    connect(m_filter, &SearchField::textChanged, this, &KeySheet::rebuild);
    connect(&commands, &CommandRegistry::changed, this, [this] {
        if (isVisible())
            rebuild();
    });
    rebuild();
}

void KeySheet::showEvent(QShowEvent *event)
{
    ThemedWidget::showEvent(event);
    rebuild();
    m_filter->setFocus(Qt::OtherFocusReason);
}

QWidget *KeySheet::groupCard(const QString &group, const QList<Command> &commands)
{
    auto *card = new Card(theme(), m_content);
    auto *title = new PlainLabel(theme(), group, FontRole::RowStrong12, Role::Text, card);
    title->setContentsMargins(theme().px(12), theme().px(10), theme().px(12), theme().px(6));
    card->body()->addWidget(title);
    for (const Command &command : commands) {
        auto *row = new KeySheetRow(theme(), command, card);
        connect(row, &KeySheetRow::clicked, this, [this, id = command.id] { m_commands.run(id); });
        card->body()->addWidget(row);
    }
    card->body()->addSpacing(theme().px(8));
    return card;
}

void KeySheet::rebuild()
{
    QList<Command> shown;
    for (const Command &command : m_commands.commands()) {
        if (matches(command, m_filter->text().trimmed()))
            shown.append(command);
    }
    m_empty->setVisible(shown.isEmpty());
    if (shown == m_shown)
        return;
    m_shown = shown;
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    QStringList groups;
    for (const Command &command : shown) {
        if (!groups.contains(command.group))
            groups.append(command.group);
    }
    constexpr int columns = 3;
    for (int index = 0; index < groups.size(); ++index) {
        QList<Command> members;
        for (const Command &command : shown) {
            if (command.group == groups.at(index))
                members.append(command);
        }
        m_grid->addWidget(groupCard(groups.at(index), members), index / columns, index % columns, Qt::AlignTop);
    }
    for (int column = 0; column < columns; ++column)
        m_grid->setColumnStretch(column, 1);
}

} // namespace cockpit
