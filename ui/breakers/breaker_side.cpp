// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/breakers/breaker_side.h"

#include "models/items/breaker_store.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/breakers/breaker_words.h"
#include "ui/breakers/capacity_section.h"
#include "ui/breakers/cascade_map.h"
#include "ui/breakers/flag_section.h"
#include "ui/widgets/card.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/run_table.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace cockpit {

namespace {

constexpr qsizetype shownFallbacks = 6;

bool serves(const Breaker &breaker) { return breaker.fallbackPerSecond.value_or(0) > 0; }

RunRow fallbackRow(const Breaker &breaker)
{
    RunRow row;
    row.id = breaker.key.source.toString() + u'\n' + breaker.key.from.toString() + u'\n' + breaker.key.name;
    const bool now = serves(breaker);
    QList<TextRun> right;
    if (now) {
        right.append({rateNumber(breaker.fallbackPerSecond) + QStringLiteral(" /s"), FontRole::Mono12, Role::Text});
        if (breaker.changedAt)
            right.append({BreakerSide::tr("  since ") + utcTimeText(*breaker.changedAt), FontRole::Row12, Role::Muted});
    } else {
        const QString words = breaker.fallbackPerSecond               ? BreakerSide::tr("standing by")
                              : breaker.state == BreakerState::Closed ? BreakerSide::tr("standing by, not counted")
                                                                      : BreakerSide::tr("not counted");
        right.append({words, FontRole::Row12, Role::Muted});
    }
    const StateGlyph glyph = now                                     ? StateGlyph::Warning
                             : breaker.state == BreakerState::Closed ? StateGlyph::Ok
                                                                     : StateGlyph::Unknown;
    row.cells = {{{{breakerHeading(breaker) + QStringLiteral(": ") + plainLine(breaker.fallback, 60), FontRole::Row12,
                    now ? Role::Text : Role::Muted}},
                  glyph,
                  {},
                  Role::Muted},
                 {right, {}, {}, Role::Muted}};
    row.tip = breakerSentence(breaker);
    return row;
}

} // namespace

BreakerSide::BreakerSide(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_map(new CascadeMap(models, theme))
    , m_fallbacks(new RunTable(theme, tr("Fallbacks"), {{{}, 0, Qt::AlignLeft}, {{}, 140, Qt::AlignRight}}, 24))
    , m_noFallback(new PlainLabel(theme, FontRole::Row12, Role::Muted))
    , m_flags(new FlagSection(models, theme))
    , m_capacity(new CapacitySection(models, theme))
{
    m_fallbacks->setLines(false);
    auto *inside = new QWidget;
    auto *rows = new QVBoxLayout(inside);
    rows->setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(12));
    rows->setSpacing(theme.px(8));
    rows->addWidget(new PlainLabel(theme, tr("Who is degraded because of whom"), FontRole::RowStrong12));
    rows->addWidget(m_map);
    rows->addWidget(makeSeparator());
    rows->addWidget(new PlainLabel(theme, tr("Fallbacks serving"), FontRole::RowStrong12));
    rows->addWidget(m_fallbacks);
    rows->addWidget(m_noFallback);
    rows->addWidget(makeSeparator());
    rows->addWidget(m_flags);
    rows->addWidget(m_capacity);
    rows->addStretch(1);
    auto *area = new QScrollArea;
    area->setAccessibleName(tr("Cascade, fallbacks, flags and capacity"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(inside);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(area);
    connect(m_map, &CascadeMap::breakerChosen, this, &BreakerSide::breakerChosen);
}

QWidget *BreakerSide::makeSeparator()
{
    auto *line = new Panel(m_theme, Role::Border);
    line->setFixedHeight(1);
    return line;
}

void BreakerSide::refresh()
{
    m_map->refresh();
    refreshFallbacks();
    m_flags->refresh();
    m_capacity->refresh();
}

void BreakerSide::refreshFallbacks()
{
    QList<RunRow> serving;
    QList<RunRow> standing;
    for (const BreakerPtr &one : m_models.breakers.breakers()) {
        if (!one->fallback.isEmpty())
            (serves(*one) ? serving : standing).append(fallbackRow(*one));
    }
    const QList<RunRow> all = (serving + standing).mid(0, shownFallbacks);
    m_fallbacks->setRows(all);
    m_fallbacks->setVisible(!all.isEmpty());
    m_noFallback->setVisible(all.isEmpty());
    m_noFallback->setText(m_models.breakers.breakersKnown() ? tr("No fallback is configured: rejected calls fail.")
                                                            : tr("Not known yet."));
}

void BreakerSide::chooseFlag(const FlagKey &key) { m_flags->choose(key); }

} // namespace cockpit
