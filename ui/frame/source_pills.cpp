// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/source_pills.h"

#include "ui/frame/source_words.h"
#include "ui/widgets/plain_tool_tips.h"

#include <QAbstractItemModel>

#include <algorithm>

namespace cockpit {

namespace {

constexpr int pillLimit = 24;

int urgency(StateGlyph glyph)
{
    switch (glyph) {
    case StateGlyph::Critical: return 0;
    case StateGlyph::Warning: return 1;
    case StateGlyph::Stale: return 2;
    case StateGlyph::Unknown: return 3;
    default: return 4;
    }
}

} // namespace

SourcePills::SourcePills(const Theme &theme, const QAbstractItemModel &sources, QWidget *parent)
    : ThemedWidget(theme, parent), m_sources(sources), m_more(new PlainLabel(theme, FontRole::Chip11, Role::Muted, this))
{
    m_more->hide();
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&sources, &QAbstractItemModel::dataChanged, this, &SourcePills::refresh);
    connect(&sources, &QAbstractItemModel::rowsInserted, this, &SourcePills::refresh);
    connect(&sources, &QAbstractItemModel::rowsRemoved, this, &SourcePills::refresh);
    connect(&sources, &QAbstractItemModel::modelReset, this, &SourcePills::refresh);
    connect(&sources, &QAbstractItemModel::layoutChanged, this, &SourcePills::refresh);
    refresh();
}

void SourcePills::setOpenSource(const QString &name)
{
    m_open = name;
    refresh();
}

void SourcePills::refresh()
{
    const int count = std::min(m_sources.rowCount(), pillLimit);
    while (m_pills.size() > count)
        delete m_pills.takeLast();
    while (m_pills.size() < count) {
        auto *pill = new Pill(theme(), this);
        pill->setCheckable(true);
        connect(pill, &Pill::clicked, this, [this, pill] {
            pill->setChecked(pill->view().name == m_open);
            Q_EMIT sourceClicked(pill->view().name);
        });
        m_pills.append(pill);
    }
    for (int row = 0; row < count; ++row) {
        Pill *pill = m_pills.at(row);
        pill->setView(pillView(m_sources.index(row, 0)));
        pill->setChecked(!m_open.isEmpty() && pill->view().name == m_open);
    }
    arrange();
}

void SourcePills::arrange()
{
    const int gap = theme().px(4);
    QList<int> order;
    for (int index = 0; index < m_pills.size(); ++index)
        order.append(index);
    std::stable_sort(order.begin(), order.end(), [this](int a, int b) {
        return urgency(m_pills.at(a)->view().glyph) < urgency(m_pills.at(b)->view().glyph);
    });
    int all = -gap;
    for (const Pill *pill : std::as_const(m_pills))
        all += pill->sizeHint().width() + gap;
    const int room = width() - (all > width() ? theme().px(72) : 0);
    QList<bool> shown(m_pills.size(), false);
    int used = -gap;
    QStringList hidden;
    for (const int index : std::as_const(order)) {
        const int wanted = m_pills.at(index)->sizeHint().width() + gap;
        shown[index] = used + wanted <= room;
        if (shown.at(index))
            used += wanted;
        else
            hidden.append(m_pills.at(index)->accessibleName());
    }
    int x = width() - std::max(0, used);
    for (int index = 0; index < m_pills.size(); ++index) {
        Pill *pill = m_pills.at(index);
        pill->setVisible(shown.at(index));
        if (!shown.at(index))
            continue;
        const QSize size = pill->sizeHint();
        pill->setGeometry(x, (height() - size.height()) / 2, size.width(), size.height());
        x += size.width() + gap;
    }
    const qsizetype more = hidden.size() + std::max(0, m_sources.rowCount() - pillLimit);
    m_more->setVisible(more > 0);
    m_more->setText(tr("+ %1 more").arg(more));
    m_more->setToolTip(wrappedToolTip(hidden.join(u'\n')));
    m_more->adjustSize();
    m_more->move(width() - std::max(0, used) - gap - m_more->width(), (height() - m_more->height()) / 2);
}

QSize SourcePills::sizeHint() const
{
    int width = 0;
    for (const Pill *pill : m_pills)
        width += pill->sizeHint().width() + theme().px(4);
    return {width, theme().px(24)};
}

QSize SourcePills::minimumSizeHint() const { return {theme().px(120), theme().px(24)}; }

void SourcePills::themeChanged()
{
    ThemedWidget::themeChanged();
    arrange();
}

void SourcePills::resizeEvent(QResizeEvent *) { arrange(); }

} // namespace cockpit
