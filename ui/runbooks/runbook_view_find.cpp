// SPDX-License-Identifier: GPL-3.0-or-later
// Find in a runbook: the bar over it, and from hit to hit.
#include "ui/runbooks/runbook_controls.h"
#include "ui/runbooks/runbook_view.h"

#include <algorithm>

namespace cockpit {

void RunbookView::openFind()
{
    m_findBar->open();
    placeFindBar();
    if (!m_findBar->words().isEmpty())
        m_reader->find(m_findBar->words());
}

void RunbookView::placeFindBar()
{
    const int height = m_findBar->isVisibleTo(this) ? m_findBar->sizeHint().height() : 0;
    setViewportMargins(0, height, 0, 0);
    m_findBar->setGeometry(0, 0, width(), height);
    m_findBar->raise();
    settle();
}

void RunbookView::showHit(int direction)
{
    const auto &hits = m_reader->hits();
    if (hits.empty())
        return;
    const int count = int(hits.size());
    if (m_hit < 0) {
        // From what is being read on, not from the start.
        const auto from = std::find_if(hits.begin(), hits.end(),
                                       [this](const RunbookReader::Hit &hit) { return hit.from.unit >= m_place.unit; });
        m_hit = from == hits.end() ? 0 : int(from - hits.begin());
    } else {
        m_hit = (m_hit + direction + count) % count;
    }
    const RunbookPosition &at = hits[size_t(m_hit)].from;
    const RunbookUnitLayout &laid = m_flow.layout(at.unit);
    double y = 0;
    if (size_t(at.piece) < laid.pieces.size()) {
        const RunbookUnitLayout::Piece &piece = laid.pieces[size_t(at.piece)];
        const QTextLine line = piece.layout->lineForTextPosition(at.at);
        y = piece.at.y() + (line.isValid() ? line.y() : 0);
    }
    const double top = m_flow.top(at.unit) + y - m_flow.top(m_place.unit) - m_place.offset;
    if (top < 0 || top > viewport()->height() - m_theme.px(40))
        moveTo(at.unit, y - viewport()->height() / 3.0);
    m_findBar->setCount(m_hit + 1, count, m_reader->isSearching());
    viewport()->update();
}

} // namespace cockpit
