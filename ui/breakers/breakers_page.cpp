// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/breakers/breakers_page.h"

#include "models/items/breaker_store.h"
#include "models/items/command_registry.h"
#include "models/items/fleet_model.h"
#include "models/items/time_model.h"
#include "ui/breakers/breaker_detail.h"
#include "ui/breakers/breaker_matrix.h"
#include "ui/breakers/breaker_side.h"
#include "ui/breakers/breaker_words.h"
#include "ui/widgets/action_place.h"
#include "ui/widgets/card.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/text_runs.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QStackedWidget>
#include <QStyle>
#include <QTimer>

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

/// Changes that come in a storm are shown once in this time.
constexpr int breakerPauseMs = 50;
constexpr int sideWidth = 479;

QString countWords(int count, BreakerState state) { return QStringLiteral("%1 ").arg(count) + breakerWord(state); }

} // namespace

BreakersPage::BreakersPage(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_grid(new BreakerGrid(this))
    , m_matrix(new BreakerMatrix(*m_grid, theme))
    , m_detail(new BreakerDetail(models, theme))
    , m_side(new BreakerSide(models, theme))
    , m_pause(new QTimer(this))
{
    setAccessibleName(tr("Breakers"));
    setFocusPolicy(Qt::ClickFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    columns->addWidget(makeLeft(), 1);
    auto *line = new Panel(theme, Role::Border);
    line->setFixedWidth(1);
    columns->addWidget(line);
    columns->addWidget(m_side);
    layout->addLayout(columns, 1);
    m_pause->setSingleShot(true);
    m_pause->setInterval(breakerPauseMs);
    connectModels();
    registerCommands();
    refresh();
}

QWidget *BreakersPage::makeHeader()
{
    auto *header = new Panel(m_theme, Role::Surface, Qt::BottomEdge);
    header->setFixedHeight(m_theme.px(48));
    auto *line = new QHBoxLayout(header);
    line->setContentsMargins(m_theme.px(16), 0, m_theme.px(16), 0);
    line->setSpacing(m_theme.px(12));
    line->addWidget(new PlainLabel(m_theme, tr("Breakers"), FontRole::Title15));
    m_counts = new RunLabel(m_theme);
    line->addWidget(m_counts, 1);
    auto *legend = new RunLabel(m_theme);
    legend->setRuns({{tr("rows call columns; failed %, slow %, rejected per second; age of the last change"),
                      FontRole::Row12, Role::Muted}});
    legend->setAlignment(Qt::AlignRight);
    line->addWidget(legend, 2);
    return header;
}

QWidget *BreakersPage::makeLeft()
{
    m_left = new QStackedWidget;
    auto *shown = new QWidget;
    auto *rows = new QVBoxLayout(shown);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_matrix);
    rows->addWidget(m_detail, 1);
    m_left->addWidget(shown);
    auto *none = new QWidget;
    auto *words = new QVBoxLayout(none);
    words->setContentsMargins(m_theme.px(16), m_theme.px(24), m_theme.px(16), 0);
    words->setSpacing(m_theme.px(8));
    m_empty = new GlyphLabel(m_theme, FontRole::Text15);
    m_emptyNext = new RunLabel(m_theme);
    words->addWidget(m_empty);
    words->addWidget(m_emptyNext);
    words->addStretch(1);
    m_left->addWidget(none);
    return m_left;
}

void BreakersPage::connectModels()
{
    const auto soon = [this] {
        if (m_active && !m_pause->isActive())
            m_pause->start();
    };
    connect(&m_models.breakers, &BreakerStore::breakersChanged, this, soon);
    connect(&m_models.breakers, &BreakerStore::flagsChanged, this, soon);
    connect(&m_models.breakers, &BreakerStore::capacitiesChanged, this, soon);
    connect(&m_models.breakers, &BreakerStore::overridesChanged, this, soon);
    connect(&m_models.fleet, &FleetModel::changed, this, soon);
    connect(&m_models.time, &TimeModel::ticked, this, soon);
    connect(m_pause, &QTimer::timeout, this, &BreakersPage::refresh);
    connect(m_matrix, &BreakerMatrix::selectionMoved, this, [this] { m_detail->setBreaker(m_matrix->selected()); });
    connect(m_matrix, &BreakerMatrix::pressed, this, [this] { m_chosen = true; });
    connect(m_matrix, &BreakerMatrix::opened, this, [this] {
        m_chosen = true;
        m_detail->askByKey();
    });
    connect(m_detail->place(), &ActionPlace::openChanged, this, [this] {
        layOut();
        if (m_matrix->currentIndex().isValid())
            m_matrix->scrollTo(m_matrix->currentIndex());
    });
    connect(m_side, &BreakerSide::breakerChosen, this, &BreakersPage::selectBreaker);
}

void BreakersPage::registerCommands()
{
    const auto here = [this]() -> QString { return isVisible() ? QString() : tr("open Breakers first"); };
    m_models.commands.add(
        {QStringLiteral("breaker.override"),
         tr("Override the selected breaker, or end its override"),
         tr("Breakers"),
         {QStringLiteral("B")},
         {}},
        [this, here] { return isVisible() ? m_detail->refusal() : here(); }, [this] { m_detail->askByKey(); });
}

void BreakersPage::selectBreaker(const BreakerKey &key)
{
    m_wanted = key;
    m_chosen = true;
    refresh();
}

void BreakersPage::selectFlag(const FlagKey &key) { m_side->chooseFlag(key); }

void BreakersPage::refresh()
{
    m_grid->refresh(m_models.breakers, m_models.time.now());
    if (m_wanted && m_matrix->select(*m_wanted))
        m_wanted.reset();
    if (!m_matrix->selected() ||
        (!m_chosen && !m_detail->place()->isOpen() && !m_detail->isAncestorOf(focusWidget()))) {
        if (const QModelIndex worst = m_grid->worst(); worst.isValid() && worst != m_matrix->currentIndex())
            m_matrix->setCurrentIndex(worst);
    }
    const bool any = m_grid->rowCount() > 0;
    m_left->setCurrentIndex(any ? 0 : 1);
    refreshHeader();
    refreshEmpty();
    layOut();
    m_detail->setBreaker(m_matrix->selected());
    m_side->refresh();
}

void BreakersPage::refreshHeader()
{
    QHash<int, int> counts;
    for (const BreakerPtr &one : m_models.breakers.breakers())
        ++counts[static_cast<int>(one->state)];
    QList<TextRun> runs;
    static constexpr std::array order{BreakerState::Open,        BreakerState::ForcedOpen, BreakerState::HalfOpen,
                                      BreakerState::Unknown,     BreakerState::Disabled,   BreakerState::ForcedClosed,
                                      BreakerState::MetricsOnly, BreakerState::Closed};
    for (const BreakerState state : order) {
        const int count = counts.value(static_cast<int>(state));
        if (count == 0)
            continue;
        if (!runs.isEmpty())
            runs.append({QStringLiteral(", "), FontRole::Row12, Role::Muted});
        const Role color = state == BreakerState::Open                  ? Role::Critical
                           : state == BreakerState::Closed              ? Role::Muted
                           : breakerGlyph(state) == StateGlyph::Warning ? Role::Warning
                                                                        : Role::Muted;
        runs.append({countWords(count, state), FontRole::Row12, color});
    }
    if (!runs.isEmpty()) {
        const qsizetype held = m_models.breakers.overrides().size();
        runs.append({held == 0 ? tr(", no override active") : tr(", overrides active: %1").arg(held), FontRole::Row12,
                     held == 0 ? Role::Muted : Role::Warning});
    }
    m_counts->setRuns(runs);
}

void BreakersPage::refreshEmpty()
{
    if (!m_models.breakers.breakersConfigured()) {
        m_empty->setState(StateGlyph::Unknown, tr("No source of circuit breakers is configured"));
        m_emptyNext->setRuns({{tr("Name one under breakers: in the configuration: resilience4j, envoy, istio or http."),
                               FontRole::Row12, Role::Muted}});
    } else if (!m_models.breakers.breakersKnown()) {
        m_empty->setState(StateGlyph::Unknown, tr("No source of breakers has answered yet"));
        m_emptyNext->setRuns(
            {{tr("Its pill above says how it stands. Nothing is known, which is not the same as well."),
              FontRole::Row12, Role::Muted}});
    } else {
        m_empty->setState(StateGlyph::Ok, tr("The sources answer, and name no breaker"));
        m_emptyNext->setRuns({});
    }
}

void BreakersPage::layOut()
{
    const int scroll = m_matrix->style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    const int wanted =
        m_matrix->wholeHeight() +
        (m_matrix->width() < m_matrix->horizontalHeader()->length() + m_matrix->verticalHeader()->width() ? scroll : 0);
    // The strip needs its room: then two rows stay in sight, and the matrix scrolls to the selected one.
    const int most = m_detail->place()->isOpen() ? m_theme.px(44 + 2 * 60) : height() * 46 / 100;
    m_matrix->setFixedHeight(std::min(wanted, most));
    const int more = std::max(0, width() - m_theme.px(1302));
    m_side->setFixedWidth(std::min(m_theme.px(sideWidth) + more / 3, width() * 42 / 100));
}

void BreakersPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_active = true;
    refresh();
    if (!focusWidget())
        m_matrix->setFocus();
}

void BreakersPage::hideEvent(QHideEvent *event)
{
    m_active = false;
    QWidget::hideEvent(event);
}

void BreakersPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void BreakersPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_B && event->modifiers() == Qt::NoModifier && !event->isAutoRepeat())
        m_models.commands.run(QStringLiteral("breaker.override"));
    else
        QWidget::keyPressEvent(event);
}

} // namespace cockpit
