// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_view.h"

#include "ui/runbooks/runbook_controls.h"

#include <QApplication>
#include <QClipboard>
#include <QResizeEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace cockpit {

RunbookView::RunbookView(const Theme &theme, Role ground, int padding, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_ground(ground)
    , m_padding(padding)
    , m_flow(theme)
    , m_reader(new RunbookReader(m_flow, theme, this))
    , m_findBar(new FindBar(theme, this))
{
    setAccessibleName(tr("Runbook"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    viewport()->setMouseTracking(true);
    m_flow.look().actionHeight = [this](int block) {
        const auto known = m_actions.find(block);
        return known == m_actions.end() || !known->second
                   ? 0
                   : std::max(0, known->second->sizeHint().height() - m_theme.px(36));
    };
    connect(&theme, &Theme::changed, this, &RunbookView::relayout);
    connect(m_findBar, &FindBar::wordsChanged, this, [this](const QString &words) {
        m_hit = -1;
        m_reader->find(words);
        viewport()->update();
    });
    connect(m_reader, &RunbookReader::found, this, [this] {
        if (m_hit < 0 && !m_reader->hits().empty())
            showHit(0);
        m_findBar->setCount(m_hit + 1, int(m_reader->hits().size()), m_reader->isSearching());
        viewport()->update();
    });
    connect(m_reader, &RunbookReader::readDone, this, [this](const QString &text) { copy(text); });
    connect(m_findBar, &FindBar::stepRequested, this, &RunbookView::showHit);
    connect(m_findBar, &FindBar::closed, this, [this] {
        m_reader->find({});
        m_findBar->hide();
        placeFindBar();
        setFocus();
    });
}

double RunbookView::padding() const { return m_theme.px(m_padding); }

double RunbookView::findHeight() const { return m_findBar->isVisibleTo(this) ? m_findBar->height() : 0; }

void RunbookView::setGuides(bool guides)
{
    m_flow.look().guides = guides;
    relayout();
}

void RunbookView::setRunbook(RunbookPtr runbook, const QString &slug, const RunbookFilling &filling)
{
    RunbookLook &look = m_flow.look();
    const bool same = look.runbook && runbook && look.runbook->key == runbook->key && slug == m_slug;
    const int heading = topHeading();
    const QString held = same && heading >= 0 ? look.runbook->blocks.at(heading).slug : QString();
    const double below =
        heading >= 0 ? m_flow.top(m_place.unit) + m_place.offset - m_flow.top(m_flow.unitOf(heading)) : 0;
    for (auto &[key, widget] : m_controls)
        delete widget.data();
    for (auto &[block, widget] : m_actions)
        delete widget.data();
    m_controls.clear();
    m_actions.clear();
    m_sideways.clear();
    m_asked.clear();
    m_reader->stop();
    m_selectFrom.reset();
    m_slug = slug;
    look.runbook = std::move(runbook);
    look.filling = filling;
    look.skipping = -1;
    look.unfolded.clear();
    auto range = look.runbook ? look.runbook->sectionRange(slug) : std::pair{0, 0};
    if (look.runbook && range.first == range.second)
        range = {0, int(look.runbook->blocks.size())};
    if (!m_titleShown && range.first == 0 && range.second > 1) {
        const RunbookBlock &first = look.runbook->blocks.first();
        const bool says = first.kind == RunbookBlock::Kind::Heading && plainText(first.text) == look.runbook->title;
        range.first = says ? 1 : 0;
    }
    look.progress = {};
    if (look.runbook)
        look.progress.setSteps(*look.runbook, range.first, range.second);
    m_flow.setBlocks(range.first, range.second);
    m_place = {0, -double(m_theme.px(8))};
    if (!held.isEmpty() && scrollToSlug(held))
        m_place.offset += below;
    m_heading = -1;
    if (!m_findBar->words().isEmpty() && m_findBar->isVisible())
        m_reader->find(m_findBar->words());
    relayout();
}

void RunbookView::setTicks(const QList<RunbookTick> &ticks)
{
    RunbookLook &look = m_flow.look();
    m_asked.clear();
    if (!look.runbook)
        return;
    const int before = look.progress.current();
    QList<RunbookProgress::Step> old = look.progress.steps();
    look.progress.setTicks(*look.runbook, ticks);
    for (qsizetype index = 0; index < old.size(); ++index) {
        const RunbookProgress::Step &step = look.progress.steps().at(index);
        if (old.at(index).tick != step.tick)
            m_flow.invalidateStep(step.index);
    }
    progressChanged(before);
}

void RunbookView::progressChanged(int before)
{
    const int now = m_flow.look().progress.current();
    if (now != before) {
        m_flow.invalidateStep(before);
        m_flow.invalidateStep(now);
    }
    if (m_flow.look().skipping >= 0 && m_flow.look().skipping != now)
        m_flow.look().skipping = -1;
    settle();
}

void RunbookView::setAnswers(std::function<const RunbookQueryAnswer *(const QString &)> answers)
{
    m_flow.look().answer = std::move(answers);
    relayout();
}

void RunbookView::answerChanged(const QString &query)
{
    for (int unit = m_place.unit; unit < int(m_flow.units().size()); ++unit) {
        const RunbookUnitLayout *laid = m_flow.laidOut(unit);
        if (!laid)
            break;
        for (const RunbookControl &control : laid->controls) {
            if (control.kind == RunbookControl::Kind::RunQuery && control.target == query) {
                m_flow.invalidateBlock(m_flow.units()[size_t(unit)].block);
                break;
            }
        }
    }
    settle();
}

void RunbookView::setActionMaker(std::function<QWidget *(const RunbookBlock &)> maker)
{
    m_makeAction = std::move(maker);
}

void RunbookView::relayout()
{
    const double bar = verticalScrollBar()->sizeHint().width();
    m_flow.look().width =
        std::max(double(m_theme.px(80)), viewport()->width() - padding() - std::max(0.0, padding() - bar));
    const double part =
        m_flow.isEmpty() || m_flow.height(m_place.unit) <= 0 ? 0 : m_place.offset / m_flow.height(m_place.unit);
    const bool inside = m_place.offset > 0;
    m_flow.invalidate();
    if (inside)
        m_place.offset = part * m_flow.layout(m_place.unit).height;
    settle();
}

void RunbookView::normalize()
{
    const int count = int(m_flow.units().size());
    while (m_place.offset < 0 && m_place.unit > 0)
        m_place.offset += m_flow.layout(--m_place.unit).height;
    while (m_place.unit + 1 < count && m_place.offset >= m_flow.layout(m_place.unit).height)
        m_place.offset -= m_flow.height(m_place.unit++);
    m_place.offset = std::max(m_place.offset, -double(m_theme.px(8)));
}

void RunbookView::settle()
{
    if (m_settling || m_flow.isEmpty()) {
        if (m_flow.isEmpty()) {
            placeControls();
            viewport()->update();
        }
        return;
    }
    m_settling = true;
    const int count = int(m_flow.units().size());
    const double room = viewport()->height();
    const double below = m_theme.px(16);
    for (int pass = 0; pass < 3; ++pass) {
        normalize();
        double y = -m_place.offset;
        int unit = m_place.unit;
        while (y < room && unit < count)
            y += m_flow.layout(unit++).height;
        const bool atStart = m_place.unit == 0 && m_place.offset <= -double(m_theme.px(8)) + 0.5;
        if (unit < count || y + below >= room - 0.5 || atStart)
            break;
        m_place.offset -= room - y - below; // nothing is left under it: the end stands at the bottom
    }
    m_flow.forgetFarFrom(m_place.unit);
    const double above = m_theme.px(8);
    const double all = above + m_flow.total() + below;
    verticalScrollBar()->setPageStep(int(room));
    verticalScrollBar()->setSingleStep(m_theme.px(20));
    verticalScrollBar()->setRange(0, std::max(0, int(std::ceil(all - room))));
    verticalScrollBar()->setValue(int(std::round(above + m_flow.top(m_place.unit) + m_place.offset)));
    m_lastValue = verticalScrollBar()->value();
    placeControls();
    viewport()->update();
    m_settling = false;
    const int heading = topHeading();
    if (heading != m_heading) {
        m_heading = heading;
        Q_EMIT headingChanged(heading);
    }
}

void RunbookView::scrollContentsBy(int, int)
{
    if (m_settling)
        return;
    const int value = verticalScrollBar()->value();
    const int distance = value - m_lastValue;
    if (std::abs(distance) <= 2 * viewport()->height()) {
        m_place.offset += distance;
    } else {
        const double y = value - m_theme.px(8);
        m_place.unit = std::max(0, m_flow.unitAt(y));
        m_place.offset =
            m_flow.isEmpty() ? 0 : std::min(y - m_flow.top(m_place.unit), m_flow.layout(m_place.unit).height);
    }
    settle();
}

void RunbookView::moveTo(int unit, double offset)
{
    m_place = {unit, offset};
    settle();
}

bool RunbookView::scrollToSlug(const QString &slug)
{
    const int block = runbook() ? runbook()->headingAt(slug) : -1;
    const int unit = block < 0 ? -1 : m_flow.unitOf(block);
    // A title that stands elsewhere leads to the top.
    const bool title = unit < 0 && block == 0 && !m_flow.isEmpty() && m_flow.units().front().block == 1;
    if (unit < 0 && !title)
        return false;
    moveTo(std::max(0, unit), title ? -double(m_theme.px(8)) : 0);
    return true;
}

void RunbookView::scrollToCurrentStep()
{
    const QList<RunbookProgress::Step> &steps = progress().steps();
    if (!runbook() || steps.isEmpty())
        return;
    const int current = progress().current() >= 0 ? progress().current() : steps.last().index;
    const int first = m_flow.unitOf(runbook()->steps.at(steps.first().index).block);
    const int unit = m_flow.unitOf(runbook()->steps.at(current).block);
    // All the done ones stay above it where they take less than a third of the room.
    double above = 0;
    int from = unit;
    while (from > first && above + m_flow.layout(from - 1).height < viewport()->height() / 3.0)
        above += m_flow.layout(--from).height;
    moveTo(from, 0);
}

int RunbookView::topHeading() const
{
    if (!runbook() || m_flow.isEmpty())
        return -1;
    // A heading that has just come into sight counts: it is what is being read.
    int block = m_flow.units()[size_t(m_place.unit)].block;
    const int next = m_place.unit + 1;
    if (next < int(m_flow.units().size()) && m_flow.height(m_place.unit) - m_place.offset < m_theme.px(16))
        block = m_flow.units()[size_t(next)].block;
    const int first = m_flow.units().front().block;
    for (; block >= first; --block) {
        if (runbook()->blocks.at(block).kind == RunbookBlock::Kind::Heading)
            return block;
    }
    return -1;
}

void RunbookView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    m_findBar->setGeometry(0, 0, width(), int(findHeight()));
    if (event->size().width() != event->oldSize().width())
        relayout();
    else
        settle();
}

} // namespace cockpit
