// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/coverage_view.h"

#include "models/plain_line.h"
#include "ui/runbooks/coverage_bar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_tool_tips.h"
#include "ui/widgets/text_runs.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace cockpit {

namespace {

constexpr int coverageRowHeight = 28;

bool isStale(const RunbookCoverage &row)
{
    return std::any_of(row.findings.cbegin(), row.findings.cend(), [](const Finding &finding) {
        return finding.rule == u"runbook-stale" || finding.rule == u"runbook-older-than-rule";
    });
}

QString reviewedText(const RunbookCoverage &row, Instant now)
{
    return row.reviewedAt ? roughDurationText(now - *row.reviewedAt) : QStringLiteral("–");
}

StateGlyph coverageGlyph(RunbookCoverage::State state)
{
    return state == RunbookCoverage::State::Complete    ? StateGlyph::Ok
           : state == RunbookCoverage::State::NeedsWork ? StateGlyph::Warning
                                                        : StateGlyph::Critical;
}

/// Paints a row; the button of a missing one is a real one over it.
class CoverageDelegate : public QStyledItemDelegate {
public:
    CoverageDelegate(const Theme &theme, const CoverageModel &model, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
        , m_model(model)
    {}
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {m_theme.px(300), m_theme.px(coverageRowHeight)};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const RunbookCoverage &row = m_model.coverage().at(index.row());
        const QRectF rect = option.rect;
        painter->save();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(rect, m_theme.color(Role::Raised2));
        painter->fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), m_theme.color(Role::Border));
        const double size = m_theme.px(10);
        painter->setRenderHint(QPainter::Antialiasing);
        paintGlyph(*painter, QRectF(rect.left() + m_theme.px(16), rect.center().y() - size / 2, size, size),
                   coverageGlyph(row.state), m_theme.palette());
        const CoverageEdges edges = coverageEdges(rect.width(), m_theme);
        const Role ink = row.state == RunbookCoverage::State::Complete ? Role::Muted : Role::Text;
        const double left = rect.left() + m_theme.px(32);
        paintRuns(*painter, QRectF(left, rect.top(), rect.left() + edges.name - left, rect.height()),
                  {{plainLine(row.alert, 80), FontRole::Row12, ink}}, m_theme);
        paintFigures(*painter, rect, row, edges);
        if (option.state & QStyle::State_HasFocus)
            paintBox(*painter, rect.adjusted(1, 1, -1, -1), m_theme.px(4), QColor(), m_theme.color(Role::Accent),
                     Qt::SolidLine, 2.0);
        painter->restore();
    }

private:
    void paintFigures(QPainter &painter, const QRectF &rect, const RunbookCoverage &row,
                      const CoverageEdges &edges) const
    {
        const auto figure = [&](double right, const QString &text, bool bad) {
            paintRuns(painter, QRectF(rect.left() + right - m_theme.px(80), rect.top(), m_theme.px(80), rect.height()),
                      {{text, bad ? FontRole::MonoStrong12 : FontRole::Mono12, bad ? Role::Text : Role::Muted}},
                      m_theme, Qt::AlignRight);
        };
        if (row.state == RunbookCoverage::State::Missing) {
            const QString words =
                row.link.candidates.isEmpty() ? CoverageView::tr("no runbook") : CoverageView::tr("several fit");
            paintRuns(painter,
                      QRectF(rect.left() + edges.sections - m_theme.px(80), rect.top(), m_theme.px(80), rect.height()),
                      {{words, FontRole::Row12, Role::Text}}, m_theme, Qt::AlignRight);
            return;
        }
        figure(edges.sections, CoverageView::tr("%1 of %2").arg(row.sections).arg(row.sectionsAsked),
               row.sections < row.sectionsAsked);
        figure(edges.reviewed, reviewedText(row, m_model.now()), isStale(row) || !row.reviewedAt);
        figure(edges.links, QString::number(row.deadLinks), row.deadLinks > 0);
        figure(edges.anchors, QString::number(row.unresolvedAnchors), row.unresolvedAnchors > 0);
    }

    const Theme &m_theme;
    const CoverageModel &m_model;
};

QString coverageWords(const RunbookCoverage &row, Instant now)
{
    const QString name = plainLine(row.alert, 120);
    if (row.state == RunbookCoverage::State::Missing)
        return CoverageView::tr("missing: ") + name;
    const QString state = row.state == RunbookCoverage::State::Complete ? CoverageView::tr("complete: ")
                                                                        : CoverageView::tr("needs work: ");
    return state + name + u' ' +
           CoverageView::tr("%1 of %2 sections, reviewed %3 ago, %4 dead links, %5 unresolved anchors")
               .arg(QString::number(row.sections), QString::number(row.sectionsAsked), reviewedText(row, now),
                    QString::number(row.deadLinks), QString::number(row.unresolvedAnchors));
}

} // namespace

CoverageModel::CoverageModel(QObject *parent)
    : QAbstractListModel(parent)
{}

void CoverageModel::setCoverage(const QList<RunbookCoverage> &coverage, Instant now)
{
    m_now = now;
    if (coverage.size() == m_coverage.size()) {
        m_coverage = coverage;
        if (!m_coverage.isEmpty())
            Q_EMIT dataChanged(index(0), index(int(m_coverage.size()) - 1));
        return;
    }
    beginResetModel();
    m_coverage = coverage;
    endResetModel();
}

int CoverageModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_coverage.size()); }

QVariant CoverageModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_coverage.size())
        return {};
    const RunbookCoverage &row = m_coverage.at(index.row());
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return coverageWords(row, m_now);
    if (role == Qt::ToolTipRole) {
        QStringList lines{row.alert.left(120)};
        for (const Finding &finding : row.findings.mid(0, 10))
            lines.append(finding.message.left(160));
        return wrappedToolTip(lines.join(u'\n'));
    }
    return {};
}

CoverageList::CoverageList(CoverageModel &model, const Theme &theme, QWidget *parent)
    : QListView(parent)
    , m_model(model)
    , m_theme(theme)
{
    setModel(&model);
    setItemDelegate(new CoverageDelegate(theme, model, this));
    setAccessibleName(tr("Alert rules and their runbooks"));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    connect(&theme, &Theme::changed, this, [this] {
        doItemsLayout();
        refreshButtons();
    });
}

int CoverageList::rowsBelow() const
{
    const int bottom = verticalOffset() + viewport()->height();
    return std::max(0, m_model.rowCount() - bottom / m_theme.px(coverageRowHeight));
}

void CoverageList::refreshButtons()
{
    const int height = m_theme.px(coverageRowHeight);
    const int first = std::max(0, verticalOffset() / height);
    const int last = std::min(m_model.rowCount() - 1, (verticalOffset() + viewport()->height() - 1) / height);
    QSet<QString> inView;
    for (int index = first; index <= last; ++index) {
        const RunbookCoverage &row = m_model.coverage().at(index);
        if (row.state != RunbookCoverage::State::Missing || !row.link.candidates.isEmpty())
            continue;
        inView.insert(row.alert);
        QPointer<Button> &button = m_buttons[row.alert];
        if (!button) {
            button = new Button(m_theme, tr("Write from template"), Button::Kind::RowLit, viewport());
            button->setAccessibleName(tr("Write from template: ") + plainLine(row.alert, 120));
            connect(button, &Button::clicked, this, [this, alert = row.alert] { Q_EMIT skeletonAsked(alert); });
        }
        const QRect rect = visualRect(m_model.index(index));
        const QSize size = button->sizeHint();
        button->setGeometry(rect.right() - size.width() - m_theme.px(8),
                            rect.top() + (rect.height() - size.height()) / 2, size.width(), size.height());
        button->show();
    }
    for (auto held = m_buttons.begin(); held != m_buttons.end();) {
        if (inView.contains(held.key())) {
            ++held;
            continue;
        }
        if (held.value()) {
            held.value()->hide();
            held.value()->deleteLater();
        }
        held = m_buttons.erase(held);
    }
    Q_EMIT scrolled();
}

void CoverageList::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    refreshButtons();
}

void CoverageList::scrollContentsBy(int dx, int dy)
{
    QListView::scrollContentsBy(dx, dy);
    refreshButtons();
}

void CoverageList::choose(const QModelIndex &index)
{
    if (index.isValid() && m_model.coverage().at(index.row()).state != RunbookCoverage::State::Missing)
        Q_EMIT chosen(m_model.coverage().at(index.row()));
}

void CoverageList::mouseReleaseEvent(QMouseEvent *event)
{
    QListView::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton)
        choose(indexAt(event->pos()));
}

void CoverageList::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (!event->isAutoRepeat())
            choose(currentIndex());
        return;
    }
    if (!event->text().isEmpty() && event->text().front().isPrint() && event->modifiers() == Qt::NoModifier)
        return event->ignore();
    QListView::keyPressEvent(event);
}

} // namespace cockpit
