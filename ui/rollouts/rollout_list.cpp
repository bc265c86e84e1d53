// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/rollout_list.h"

#include "ui/widgets/button.h"
#include "ui/widgets/text_runs.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>

namespace cockpit {

namespace {

constexpr int rolloutRowHeight = 44;

/// Only says how high a row is: the view paints.
class RolloutRowSize : public QStyledItemDelegate {
public:
    RolloutRowSize(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {}
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {m_theme.px(400), m_theme.px(rolloutRowHeight)};
    }

private:
    const Theme &m_theme;
};

} // namespace

RolloutList::RolloutList(RolloutRows &rows, const Theme &theme, QWidget *parent)
    : QListView(parent)
    , m_rows(rows)
    , m_theme(theme)
    , m_painter(theme)
{
    setModel(&rows);
    setItemDelegate(new RolloutRowSize(theme, this));
    setAccessibleName(tr("Rollouts"));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    connect(&theme, &Theme::changed, this, [this] {
        doItemsLayout();
        refreshRows();
    });
}

int RolloutList::heightOfRows(int count) const { return count * m_theme.px(rolloutRowHeight); }

const RolloutEntry *RolloutList::selected() const
{
    return currentIndex().isValid() ? &m_rows.entry(currentIndex().row()) : nullptr;
}

bool RolloutList::select(const ObjectKey &key)
{
    const int row = m_rows.rowOf(key);
    if (row < 0)
        return false;
    setCurrentIndex(m_rows.index(row));
    return true;
}

void RolloutList::step(int direction)
{
    const int row = currentIndex().isValid() ? currentIndex().row() + direction : 0;
    if (row >= 0 && row < m_rows.rowCount())
        setCurrentIndex(m_rows.index(row));
}

void RolloutList::setArmed(const std::optional<ObjectKey> &key, const QString &offer)
{
    m_armed = key;
    m_armedOffer = offer;
    placeButtons();
}

void RolloutList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    placeButtons();
    Q_EMIT selectionMoved();
}

void RolloutList::refreshRows()
{
    placeButtons();
    viewport()->update();
}

void RolloutList::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme.color(Role::Surface));
    const int height = m_theme.px(rolloutRowHeight);
    const int offset = verticalOffset();
    const int first = std::max(0, (event->rect().top() + offset) / height);
    const int last = std::min(m_rows.rowCount() - 1, (event->rect().bottom() + offset) / height);
    for (int row = first; row <= last; ++row) {
        const QRectF rect(0, row * height - offset, viewport()->width(), height);
        const bool current = currentIndex().row() == row;
        m_painter.paint(painter, rect, rolloutRow(m_rows.entry(row), m_rows.now(), m_rows.hasManyContexts()), current,
                        hasFocus());
        ++m_painted;
    }
}

void RolloutList::fillButtons(const ObjectKey &key, RowButtons &row, const QList<RolloutOffer> &offers)
{
    while (row.buttons.size() < static_cast<size_t>(offers.size())) {
        auto *button = new Button(m_theme, QString(), Button::Kind::Normal, viewport());
        button->setCompact(true);
        const int index = static_cast<int>(row.buttons.size());
        connect(button, &Button::clicked, this, [this, key, index] {
            const QString offer = m_buttons.value(key).offers.value(index);
            if (!offer.isEmpty())
                Q_EMIT offerClicked(key, offer);
        });
        row.buttons.push_back(button);
    }
    row.offers.clear();
    for (const RolloutOffer &offer : offers)
        row.offers.append(offer.id);
}

void RolloutList::showButtons(int row, RowButtons &held)
{
    const RolloutEntry &entry = m_rows.entry(row);
    const Rollout &rollout = *entry.rollout;
    const QList<RolloutOffer> offers = rowOffers(entry);
    fillButtons(rollout.key, held, offers);
    const QRect rect = visualRect(m_rows.index(row));
    int right = viewport()->width() - m_theme.px(16);
    for (size_t back = held.buttons.size(); back-- > 0;) {
        Button *button = held.buttons[back];
        const bool used = back < static_cast<size_t>(offers.size());
        button->setVisible(used);
        if (!used)
            continue;
        const RolloutOffer &offer = offers.at(static_cast<qsizetype>(back));
        const bool current = currentIndex().row() == row;
        const bool armed = m_armed == rollout.key && m_armedOffer == offer.id;
        button->setKind(armed                        ? Button::Kind::Armed
                        : current && offer.supported ? Button::Kind::Primary
                                                     : Button::Kind::Normal);
        button->setText(offer.text);
        button->setKeyHint(current && offer.id == QStringLiteral("rollback") ? QStringLiteral("R") : QString());
        const QString refusal = m_refusal ? m_refusal(rollout, offer.id) : QString();
        button->setDisabledReason(offer.disabledReason.isEmpty() ? refusal : offer.disabledReason);
        button->setAccessibleName(tr("%1, %2").arg(offer.text, rollout.key.name));
        const QSize size = button->sizeHint();
        button->setGeometry(right - size.width(), rect.top() + (rect.height() - size.height()) / 2, size.width(),
                            size.height());
        right -= size.width() + m_theme.px(8);
    }
}

void RolloutList::placeButtons()
{
    const int height = m_theme.px(rolloutRowHeight);
    const int first = std::max(0, verticalOffset() / height);
    const int last = std::min(m_rows.rowCount() - 1, (verticalOffset() + viewport()->height() - 1) / height);
    QSet<ObjectKey> inView;
    for (int row = first; row <= last; ++row) {
        const ObjectKey key = m_rows.entry(row).rollout->key;
        inView.insert(key);
        showButtons(row, m_buttons[key]);
    }
    for (auto held = m_buttons.begin(); held != m_buttons.end();) {
        if (inView.contains(held.key())) {
            ++held;
            continue;
        }
        for (Button *button : held->buttons) {
            button->hide();
            button->deleteLater();
        }
        held = m_buttons.erase(held);
    }
}

void RolloutList::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    placeButtons();
}

void RolloutList::scrollContentsBy(int dx, int dy)
{
    QListView::scrollContentsBy(dx, dy);
    placeButtons();
}

void RolloutList::keyPressEvent(QKeyEvent *event)
{
    const bool plain = event->modifiers() == Qt::NoModifier;
    if (plain && (event->key() == Qt::Key_J || event->key() == Qt::Key_K))
        return step(event->key() == Qt::Key_J ? +1 : -1);
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        if (!event->isAutoRepeat())
            Q_EMIT opened();
        return;
    }
    // Other letters are the page's keys, not a search inside the list.
    if (!event->text().isEmpty() && event->text().front().isPrint())
        return event->ignore();
    QListView::keyPressEvent(event);
}

RolloutHead::RolloutHead(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
{
    setFixedHeight(theme.px(28));
}

void RolloutHead::setRowWidth(int px)
{
    if (px == m_rowWidth)
        return;
    m_rowWidth = px;
    update();
}

void RolloutHead::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Role::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme().color(Role::Border));
    const int rowWidth = m_rowWidth > 0 ? m_rowWidth : width();
    const RolloutColumns columns(rowWidth, theme());
    for (size_t column = 0; column < 8; ++column)
        paintRuns(painter, columns.cell(column, QRectF(0, 0, rowWidth, height()), theme()),
                  {{rolloutColumnHead(column), FontRole::ChipMedium11, Role::Muted}}, theme());
}

} // namespace cockpit
