// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/service_card.h"

#include "ui/widgets/glyph.h"
#include "ui/widgets/text_runs.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace cockpit {

ServiceCard::ServiceCard(const Theme &theme, QWidget *parent)
    : ThemedButton(theme, parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ServiceCard::setFacts(const ServiceFacts &facts, bool withBudget)
{
    if (facts == m_facts && withBudget == m_withBudget)
        return;
    if (m_withBudget != withBudget)
        updateGeometry();
    m_facts = facts;
    m_withBudget = withBudget;
    setAccessibleName(facts.name);
    setAccessibleDescription(facts.words());
    update();
}

QSize ServiceCard::sizeHint() const { return {theme().px(415), theme().px(m_withBudget ? 306 : 264)}; }

QSize ServiceCard::minimumSizeHint() const { return {theme().px(300), sizeHint().height()}; }

void ServiceCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &t = theme();
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    paintBox(painter, rect(), t.px(6), t.color(Role::Raised), t.color(m_facts.outline));
    const double left = t.px(13);
    const double width = box.width() - 2 * left;
    paintHead(painter, {left, 0, width, double(t.px(36))});
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(QRectF(1, t.px(36), box.width() - 1, 1), t.color(Role::Border));
    painter.setRenderHint(QPainter::Antialiasing);
    double y = t.px(41);
    for (const MetricFacts &metric : m_facts.metrics) {
        paintMetric(painter, {left, y, width, double(t.px(48))}, metric);
        y += t.px(48);
    }
    y += t.px(4);
    if (m_withBudget) {
        painter.fillRect(QRectF(left, y, width, 1), t.color(Role::Border));
        paintBudget(painter, {left, y + 1, width, double(t.px(32))});
        y += t.px(33);
    }
    painter.fillRect(QRectF(left, y, width, 1), t.color(Role::Border));
    paintState(painter, {left, y + 1, width, double(t.px(32))});
    paintFooter(painter, {0, height() - double(t.px(36)), double(this->width()), double(t.px(36))});
    paintFocus(painter, rect(), t.px(6));
}

void ServiceCard::paintHead(QPainter &painter, const QRectF &row) const
{
    const Theme &t = theme();
    paintGlyph(painter, QRectF(row.left(), row.center().y() - t.px(5), t.px(10), t.px(10)), m_facts.glyph, t.palette());
    const bool hurts = m_facts.outline != Role::Border;
    const QList<TextRun> level{{m_facts.level, FontRole::Row12,
                                m_facts.old ? Role::StaleText
                                : hurts     ? Role::Text
                                            : Role::Muted}};
    paintRuns(painter, row, level, t, Qt::AlignRight);
    QList<TextRun> runs{{m_facts.name, FontRole::Strong13, m_facts.old ? Role::StaleText : Role::Text}};
    if (!m_facts.versions.isEmpty())
        runs.append({QStringLiteral("   ") + m_facts.versions, FontRole::Row12, Role::Muted});
    paintRuns(painter, row.adjusted(t.px(18), 0, -runsWidth(level, t) - t.px(12), 0), runs, t);
}

void ServiceCard::paintMetric(QPainter &painter, const QRectF &row, const MetricFacts &metric) const
{
    const Theme &t = theme();
    paintRuns(painter, QRectF(row.left(), row.top(), t.px(72), row.height()),
              {{metric.name, FontRole::Row12, Role::Muted}}, t);
    const Role unit = metric.color == Role::Text ? Role::Text : metric.color;
    QList<TextRun> value{{metric.value.number, FontRole::MonoStrong15, metric.color}};
    if (!metric.value.unit.isEmpty())
        value.append({u' ' + metric.value.unit, FontRole::MonoStrong15, unit});
    paintRuns(painter, QRectF(row.left() + t.px(76), row.top(), t.px(100), row.height()), value, t);
    const double width = std::min<double>(t.px(208), row.width() - t.px(180));
    if (width > t.px(40) && !metric.line.values.isEmpty())
        paintSparkline(painter, QRectF(row.right() - width, row.top() + t.px(4), width, t.px(40)), metric.line, t);
}

void ServiceCard::paintBudget(QPainter &painter, const QRectF &row) const
{
    const Theme &t = theme();
    paintRuns(painter, row, {{tr("budget left"), FontRole::Row12, Role::Muted}}, t);
    const double left = row.left() + t.px(76);
    if (!m_facts.budget) {
        paintRuns(painter, row.adjusted(t.px(76), 0, 0, 0), {{tr("not known"), FontRole::Row12, Role::Muted}}, t);
        return;
    }
    const double part = std::clamp(*m_facts.budget, 0.0, 1.0);
    const QRectF track(left, row.center().y() - t.px(3), row.width() - t.px(196), t.px(6));
    const Role fill = m_facts.old   ? Role::Stale
                      : part < 0.25 ? Role::Critical
                      : part < 0.5  ? Role::Warning
                                    : Role::Muted;
    paintBox(painter, track, t.px(3), t.color(Role::Border), QColor());
    QRectF level = track;
    level.setWidth(track.width() * part);
    paintBox(painter, level, t.px(3), t.color(fill), QColor());
    const QRectF number(row.right() - t.px(112), row.top(), t.px(40), row.height());
    paintRuns(painter, number,
              {{figureText(Figure::BudgetLeft, m_facts.budget).joined(), FontRole::MonoMedium12,
                m_facts.old ? Role::StaleText : Role::Text}},
              t, Qt::AlignRight);
    if (!m_facts.burn.unit.isEmpty()) {
        paintRuns(
            painter, row,
            {{m_facts.burn.joined(), FontRole::Mono12, Role::Muted}, {u' ' + tr("burn"), FontRole::Row12, Role::Muted}},
            t, Qt::AlignRight);
    }
}

double ServiceCard::paintState(QPainter &painter, double x, const QRectF &row, StateGlyph glyph, const QString &word,
                               const QString &number) const
{
    const Theme &t = theme();
    paintGlyph(painter, QRectF(x, row.center().y() - t.px(5), t.px(10), t.px(10)), glyph, t.palette());
    QList<TextRun> runs{{word, FontRole::Row12, Role::Muted}};
    if (!number.isEmpty())
        runs.append({u' ' + number, FontRole::MonoMedium12, m_facts.old ? Role::StaleText : Role::Text});
    paintRuns(painter, QRectF(x + t.px(16), row.top(), row.right() - x - t.px(16), row.height()), runs, t);
    return x + t.px(16) + runsWidth(runs, t) + t.px(18);
}

void ServiceCard::paintState(QPainter &painter, const QRectF &row) const
{
    double x = paintState(painter, row.left(), row, m_facts.readyGlyph,
                          m_facts.live.isEmpty() ? tr("live") : tr("ready"), m_facts.ready);
    if (!m_facts.live.isEmpty())
        x = paintState(painter, x, row, m_facts.liveGlyph, m_facts.live, QString());
}

void ServiceCard::paintFooter(QPainter &painter, const QRectF &row) const
{
    const Theme &t = theme();
    painter.save();
    QPainterPath shape;
    shape.addRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), t.px(5), t.px(5));
    painter.setClipPath(shape);
    painter.fillRect(row, t.color(Role::Surface));
    painter.fillRect(QRectF(row.left(), row.top(), row.width(), 1), t.color(Role::Border));
    painter.restore();
    const QRectF inner = row.adjusted(t.px(13), 0, -t.px(13), 0);
    const int more = m_facts.firing - int(m_facts.alerts.size());
    const QString right = more > 0               ? tr("+ %1").arg(more)
                          : m_facts.silenced > 0 ? tr("%1 silenced").arg(m_facts.silenced)
                                                 : QString();
    paintRuns(painter, inner, numberRuns(right, FontRole::Row12, FontRole::Mono12, Role::Muted, Role::Muted), t,
              Qt::AlignRight);
    if (m_facts.alerts.isEmpty()) {
        paintRuns(painter, inner, {{tr("No alert fires."), FontRole::Row12, Role::Muted}}, t);
        return;
    }
    double x = inner.left();
    const double room = inner.right() - t.px(44);
    for (const AlertFacts &alert : m_facts.alerts) {
        const QList<TextRun> runs{{alert.name, FontRole::Row12, Role::Text},
                                  {QStringLiteral("  ") + alert.age, FontRole::Mono12, Role::Muted}};
        if (x > inner.left() && x + t.px(16) + runsWidth(runs, t) > room)
            return;
        paintGlyph(painter, QRectF(x, row.center().y() - t.px(5), t.px(10), t.px(10)), alert.glyph, t.palette());
        paintRuns(painter, QRectF(x + t.px(16), row.top(), room - x - t.px(16), row.height()), runs, t);
        x += t.px(16) + runsWidth(runs, t) + t.px(12);
    }
}

} // namespace cockpit
