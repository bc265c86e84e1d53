// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/strip_tracker.h"

#include <QHBoxLayout>
#include <QPainter>

namespace cockpit {

StageRow::StageRow(const Theme &theme, QWidget *parent) : ThemedWidget(theme, parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StageRow::setStages(const QList<StripStage> &stages)
{
    m_stages = stages;
    QStringList words;
    for (const StripStage &stage : stages)
        words.append(stage.text.left(100) + QStringLiteral(": ")
                     + (stage.time.isEmpty() ? glyphWord(stage.glyph) : stage.time));
    setAccessibleName(words.join(QStringLiteral("; ")));
    setVisible(!stages.isEmpty());
    update();
}

QSize StageRow::sizeHint() const { return {theme().px(320), theme().px(36)}; }

void StageRow::paintEvent(QPaintEvent *)
{
    if (m_stages.isEmpty())
        return;
    QPainter painter(this);
    const double column = width() / static_cast<double>(m_stages.size());
    const double size = theme().px(10);
    for (qsizetype index = 0; index < m_stages.size(); ++index) {
        const StripStage &stage = m_stages.at(index);
        const double x = column * static_cast<double>(index);
        paintGlyph(painter, QRectF(x, theme().px(4), size, size), stage.glyph, theme().palette());
        const QRectF word(x + theme().px(24), 0, column - theme().px(28), theme().px(18));
        painter.setFont(theme().font(FontRole::RowStrong12));
        painter.setPen(theme().color(Role::Text));
        painter.drawText(word, Qt::AlignVCenter | Qt::TextSingleLine,
                         QFontMetricsF(painter.font()).elidedText(stage.text.left(100).simplified(), Qt::ElideRight, word.width()));
        painter.setFont(theme().font(FontRole::Mono11));
        painter.setPen(theme().color(Role::Muted));
        painter.drawText(word.translated(0, theme().px(18)), Qt::AlignVCenter | Qt::TextSingleLine, stage.time);
    }
}

StripTracker::StripTracker(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_title(new GlyphLabel(theme, FontRole::Strong13, this)), m_stages(new StageRow(theme, this)),
      m_proof(new RunTable(theme, tr("Proof"),
                           {{tr("Proof"), 0},
                            {tr("before"), 76, Qt::AlignRight},
                            {tr("now"), 76, Qt::AlignRight},
                            {tr("limit"), 116, Qt::AlignRight},
                            {QString(), 140, Qt::AlignRight}},
                           24, this)),
      m_outcome(new ElidedLabel(theme, FontRole::Row12, Role::Text, this, 4)),
      m_next(new ElidedLabel(theme, FontRole::Row12, Role::Muted, this, 3)),
      m_reverse(new Button(theme, QString(), Button::Kind::Normal, this)),
      m_close(new Button(theme, tr("Close"), Button::Kind::Normal, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme.px(8));
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_reverse);
    head->addWidget(m_close);
    layout->addLayout(head);
    layout->addWidget(m_stages);
    layout->addWidget(m_outcome);
    layout->addWidget(m_proof);
    layout->addWidget(m_next);
    m_close->setKeyHint(tr("Esc"));
}

void StripTracker::setView(const ActionStripView &view)
{
    const bool ended = view.phase == ActionStripView::Phase::Ended;
    // What runs in one of several clusters says in which, as long as it is shown.
    m_title->setState(view.outcomeGlyph,
                      view.scope.isEmpty() ? view.title : view.title + QStringLiteral( ) + u'·' + u' ' + view.scope);
    m_stages->setStages(view.stages);
    QList<RunRow> proof;
    for (const StripProof &one : view.proof) {
        const auto mono = [](const QString &text, Role role) {
            return RunCell{numberRuns(text, FontRole::Row12, FontRole::MonoMedium12, Role::Muted, role), {}};
        };
        const Role held = one.glyph == StateGlyph::Unknown ? Role::Muted : glyphRole(one.glyph);
        proof.append({one.name,
                      {{{{one.name, FontRole::Row12, Role::Text}}, {}},
                       mono(one.before, Role::Muted),
                       {numberRuns(one.now, FontRole::RowStrong12, FontRole::MonoStrong12), {}},
                       mono(one.limit, Role::Text),
                       {numberRuns(one.held, FontRole::Row12, FontRole::Mono12, held, held), one.glyph}}});
    }
    m_proof->setRows(proof);
    m_proof->setVisible(!proof.isEmpty());
    m_reverse->setText(view.reverseText);
    m_reverse->setVisible(!view.reverseText.isEmpty());
    m_outcome->setText(view.outcome);
    m_outcome->setVisible(!view.outcome.isEmpty());
    m_next->setText(view.nextStep);
    m_next->setVisible(!view.nextStep.isEmpty());
    m_close->setVisible(ended);
}

} // namespace cockpit
