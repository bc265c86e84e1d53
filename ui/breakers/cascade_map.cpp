// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/breakers/cascade_map.h"

#include "models/items/breaker_store.h"
#include "models/items/fleet_model.h"
#include "models/items/rollout_store.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/breakers/breaker_words.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_tool_tips.h"
#include "ui/widgets/text_runs.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <QtConcurrent>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

constexpr int shownSentences = 3;
constexpr int sentenceHeight = 18;
/// Over a box in trouble stands its cause.
constexpr int labelHeight = 18;
constexpr Duration hintAge{std::chrono::hours(1)};

Role edgeRole(const CascadeEdge &edge)
{
    switch (breakerGlyph(edge.state)) {
    case StateGlyph::Critical:
        return Role::Critical;
    case StateGlyph::Warning:
        return Role::Warning;
    default:
        return edge.carriesTrouble ? Role::Warning : Role::Stale;
    }
}

/// Distance of a point from a horizontal or vertical piece of a way.
double distanceTo(const QPointF &at, const QPointF &a, const QPointF &b)
{
    const double dx = std::max({std::min(a.x(), b.x()) - at.x(), 0.0, at.x() - std::max(a.x(), b.x())});
    const double dy = std::max({std::min(a.y(), b.y()) - at.y(), 0.0, at.y() - std::max(a.y(), b.y())});
    return std::hypot(dx, dy);
}

QPolygonF arrowHead(const QPointF &from, const QPointF &tip, double size)
{
    const QPointF along = tip - from;
    const double length = std::max(1e-6, std::hypot(along.x(), along.y()));
    const QPointF unit = along / length;
    const QPointF across(-unit.y(), unit.x());
    return QPolygonF({tip, tip - unit * size + across * size * 0.6, tip - unit * size - across * size * 0.6});
}

} // namespace

CascadeMap::CascadeMap(CockpitModels &models, const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
    , m_models(models)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Who is degraded because of whom: not known yet"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&m_watcher, &QFutureWatcher<std::shared_ptr<Drawing>>::finished, this, &CascadeMap::take);
}

void CascadeMap::refresh()
{
    if (m_watcher.isRunning()) {
        m_again = true;
        return;
    }
    m_again = false;
    const std::shared_ptr<const Fleet> fleet = m_models.fleet.shared();
    const QHash<QString, QString> changes = hints();
    if (fleet == m_foldedFleet && changes == m_foldedHints && m_models.breakers.breakers() == m_foldedBreakers)
        return;
    m_foldedFleet = fleet;
    m_foldedHints = changes;
    m_foldedBreakers = m_models.breakers.breakers();
    m_watcher.setFuture(QtConcurrent::run([fleet, breakers = m_foldedBreakers, why = changes] {
        auto drawing = std::make_shared<Drawing>();
        drawing->cascade = cascadeOf(*fleet, breakers, why);
        drawing->layout = layOut(drawing->cascade, {});
        return drawing;
    }));
}

void CascadeMap::take()
{
    const std::shared_ptr<Drawing> drawing = m_watcher.result();
    if (!(drawing->cascade == m_shown.cascade)) {
        m_shown = *drawing;
        m_chosen = -1;
        QStringList words{tr("Who is degraded because of whom")};
        words += m_shown.cascade.sentences.isEmpty() ? QStringList{tr("nobody, as far as is known")}
                                                     : m_shown.cascade.sentences;
        setAccessibleName(words.join(QStringLiteral("; ")).left(2000));
        updateGeometry();
        update();
        Q_EMIT drawn();
    }
    if (m_again)
        refresh();
}

/// What changed at a service and may be its root cause: a canary on its way, a flag of the last hour.
QHash<QString, QString> CascadeMap::hints() const
{
    QHash<QString, QString> why;
    const Instant now = m_models.time.now();
    for (const FlagEvent &event : m_models.breakers.flagEvents()) {
        const FlagPtr flag = now - event.at < hintAge ? m_models.breakers.find(event.flag) : nullptr;
        if (flag && !flag->service.isEmpty() && !why.contains(flag->service.toString()))
            why.insert(flag->service.toString(),
                       tr("flag %1 %2").arg(plainLine(event.flag.name, 24), plainLine(event.what, 12)));
    }
    for (const RolloutEntry &entry : m_models.rollouts.entries()) {
        const RolloutRevision *current = entry.rollout->current();
        if (entry.rollout->isUpdating() && current && entry.rollout->desiredWeight.value_or(1) > 0)
            why.insert(entry.rollout->service.toString(), tr("canary %1").arg(plainLine(current->version, 20)));
    }
    return why;
}

double CascadeMap::scale(int width) const
{
    const double own = double(theme().px(1000)) / 1000.0;
    const double needed = std::max(1.0, m_shown.layout.bounds.width() * own);
    return own * std::clamp((width - 2.0) / needed, 0.5, 1.0);
}

int CascadeMap::heightForWidth(int width) const
{
    const auto sentences = std::min<qsizetype>(shownSentences, m_shown.cascade.sentences.size());
    const double map = m_shown.layout.bounds.height() * scale(width);
    const int words = theme().px(sentenceHeight) * static_cast<int>(std::max<qsizetype>(1, sentences));
    return static_cast<int>(std::ceil(map)) + theme().px(2 * labelHeight) + words;
}

QSize CascadeMap::sizeHint() const
{
    const int wide = theme().px(448);
    return {wide, heightForWidth(std::max(wide / 2, width()))};
}

QPointF CascadeMap::origin() const
{
    const double room = width() - m_shown.layout.bounds.width() * scale(width());
    return {std::max(1.0, room / 2), double(theme().px(labelHeight + 2))};
}

QString CascadeMap::edgeWords(const CascadeEdge &edge) const
{
    const QString ends = plainLine(edge.from, 60) + QStringLiteral(" → ") + plainLine(edge.to, 60);
    return edge.breaker ? tr("%1: breaker %2").arg(ends, breakerWord(edge.state))
                        : tr("%1: no breaker is known").arg(ends);
}

void CascadeMap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.save();
    painter.translate(origin());
    const auto paintAll = [&](bool loud) {
        for (size_t i = 0; i < m_shown.layout.edges.size(); ++i) {
            const PlacedEdge &placed = m_shown.layout.edges[i];
            const bool isLoud = edgeRole(m_shown.cascade.edges[static_cast<size_t>(placed.edge)]) != Role::Stale;
            if (isLoud == loud)
                paintEdge(painter, placed, static_cast<int>(i) == m_chosen);
        }
    };
    paintAll(false);
    paintAll(true);
    for (const PlacedNode &placed : m_shown.layout.nodes)
        paintNode(painter, placed);
    painter.restore();
    paintSentences(painter);
    if (hasFocus() && m_chosen < 0)
        paintBox(painter, QRectF(rect()).adjusted(1, 1, -1, -1), theme().px(4), {}, theme().color(Role::Accent),
                 Qt::SolidLine, 1);
}

void CascadeMap::paintNode(QPainter &painter, const PlacedNode &placed) const
{
    const CascadeNode &node = m_shown.cascade.nodes[static_cast<size_t>(placed.node)];
    const double factor = scale(width());
    const QRectF box(placed.box.topLeft() * factor, placed.box.size() * factor);
    const bool critical = node.rank > 0 && (node.isRoot || node.glyph == StateGlyph::Critical);
    const Role outline = node.rank == 0 ? Role::Border : critical ? Role::Critical : Role::Warning;
    paintBox(painter, box.adjusted(0.5, 0.5, -0.5, -0.5), theme().px(6), theme().color(Role::Raised2),
             theme().color(outline));
    const double glyph = theme().px(10);
    paintGlyph(painter, QRectF(box.left() + theme().px(9), box.center().y() - glyph / 2, glyph, glyph), node.glyph,
               theme().palette());
    const QRectF text(box.left() + theme().px(25), box.top(), box.width() - theme().px(29), box.height());
    paintRuns(painter, text, {{plainLine(node.name, 60), FontRole::RowMedium12, Role::Text}}, theme());
    QString label = node.rank > 0 ? QStringLiteral("%1: %2").arg(node.rank).arg(plainLine(node.words, 60)) : QString();
    if (node.shedding != Shedding::None)
        label += (label.isEmpty() ? QString() : QStringLiteral(", ")) + sheddingWords(node.shedding);
    if (label.isEmpty())
        return;
    const QRectF above(box.left(), box.top() - theme().px(labelHeight), std::max(box.width(), double(theme().px(140))),
                       theme().px(labelHeight - 1));
    painter.fillRect(QRectF(above.left(), above.top() + 1,
                            std::min(above.width(), runsWidth({{label, FontRole::Chip11, Role::Text}}, theme())),
                            above.height() - 2),
                     theme().color(Role::Surface));
    paintRuns(painter, above, {{label, FontRole::Chip11, critical ? Role::Critical : Role::Warning}}, theme());
}

void CascadeMap::paintEdge(QPainter &painter, const PlacedEdge &placed, bool chosen) const
{
    const CascadeEdge &edge = m_shown.cascade.edges[static_cast<size_t>(placed.edge)];
    const double factor = scale(width());
    const Role role = chosen ? Role::Accent : edgeRole(edge);
    const bool loud = role != Role::Stale;
    QPen pen(theme().color(role), loud ? 2.0 : 1.0);
    if (edge.state != BreakerState::Closed && edge.breaker)
        pen.setDashPattern({4, 3});
    QPolygonF way;
    for (const QPointF &at : placed.way)
        way.append(at * factor);
    if (way.size() < 2)
        return;
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(way);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().color(role));
    painter.drawPolygon(arrowHead(way.at(way.size() - 2), way.last(), theme().px(loud ? 7 : 6)));
}

void CascadeMap::paintSentences(QPainter &painter) const
{
    QStringList sentences = m_shown.cascade.sentences.mid(0, shownSentences);
    if (sentences.isEmpty())
        sentences.append(m_shown.cascade.nodes.empty()
                             ? tr("No service is known yet")
                             : tr("Nobody is degraded because of another, as far as is known"));
    if (m_shown.layout.hidden > 0)
        sentences.last() += tr("  (%1 others are well and not drawn)").arg(m_shown.layout.hidden);
    double top = height() - theme().px(sentenceHeight) * double(sentences.size());
    const bool calm = m_shown.cascade.sentences.isEmpty();
    for (const QString &words : sentences) {
        paintRuns(painter, QRectF(0, top, width(), theme().px(sentenceHeight)),
                  {{plainLine(words, 200), FontRole::Row12, calm ? Role::Muted : Role::Text}}, theme());
        top += theme().px(sentenceHeight);
    }
}

int CascadeMap::edgeAt(const QPointF &at) const
{
    const double factor = scale(width());
    const QPointF inside = at - origin();
    int best = -1;
    double nearest = theme().px(6);
    for (size_t i = 0; i < m_shown.layout.edges.size(); ++i) {
        const std::vector<QPointF> &way = m_shown.layout.edges[i].way;
        for (size_t k = 1; k < way.size(); ++k) {
            const double distance = distanceTo(inside, way[k - 1] * factor, way[k] * factor);
            if (distance < nearest) {
                nearest = distance;
                best = static_cast<int>(i);
            }
        }
    }
    return best;
}

void CascadeMap::choose(int placedEdge)
{
    m_chosen = placedEdge;
    update();
    if (placedEdge < 0)
        return;
    const PlacedEdge &placed = m_shown.layout.edges[static_cast<size_t>(placedEdge)];
    const CascadeEdge &edge = m_shown.cascade.edges[static_cast<size_t>(placed.edge)];
    setAccessibleDescription(edgeWords(edge));
    if (edge.breaker)
        Q_EMIT breakerChosen(*edge.breaker);
}

void CascadeMap::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        choose(edgeAt(event->position()));
    ThemedWidget::mousePressEvent(event);
}

void CascadeMap::keyPressEvent(QKeyEvent *event)
{
    const int count = static_cast<int>(m_shown.layout.edges.size());
    const bool forward = event->key() == Qt::Key_Right || event->key() == Qt::Key_Down;
    const bool back = event->key() == Qt::Key_Left || event->key() == Qt::Key_Up;
    if (count > 0 && (forward || back))
        choose(m_chosen < 0 ? 0 : (m_chosen + (forward ? 1 : count - 1)) % count);
    else
        ThemedWidget::keyPressEvent(event);
}

bool CascadeMap::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return ThemedWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int edge = edgeAt(help->pos());
    if (edge < 0)
        QToolTip::hideText();
    else
        QToolTip::showText(
            help->globalPos(),
            edgeWords(m_shown.cascade.edges[static_cast<size_t>(m_shown.layout.edges[static_cast<size_t>(edge)].edge)]),
            this);
    return true;
}

} // namespace cockpit
