// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/strip_confirm.h"

#include "ui/widgets/card.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_tool_tips.h"

#include <QGridLayout>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace cockpit {

namespace {

constexpr int shownLinesLimit = 8;

StateGlyph checkGlyph(const StripCheck &check)
{
    switch (check.verdict) {
    case StripCheck::Verdict::Good: return StateGlyph::Ok;
    case StripCheck::Verdict::Bad: return check.blocks ? StateGlyph::Critical : StateGlyph::Warning;
    case StripCheck::Verdict::Unknown: break;
    }
    return StateGlyph::Unknown;
}

QString checkText(const StripCheck &check) { return check.text.left(300).simplified(); }

} // namespace

CheckFlow::CheckFlow(const Theme &theme, QWidget *parent) : ThemedWidget(theme, parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void CheckFlow::setChecks(const QList<StripCheck> &checks)
{
    m_checks = checks;
    QStringList words;
    for (const StripCheck &check : checks)
        words.append(glyphWord(checkGlyph(check)) + QStringLiteral(": ") + checkText(check));
    setAccessibleName(words.join(QStringLiteral("; ")));
    setVisible(!checks.isEmpty());
    updateGeometry();
    update();
}

QList<QRectF> CheckFlow::places(int width) const
{
    const QFontMetricsF metrics(theme().font(FontRole::Row12));
    const double line = theme().px(20);
    QList<QRectF> places;
    double x = 0;
    double y = 0;
    for (const StripCheck &check : m_checks) {
        const double wanted = theme().px(16) + std::ceil(metrics.horizontalAdvance(checkText(check))) + 1;
        const double taken = std::min<double>(wanted, width);
        if (x > 0 && x + taken > width) {
            x = 0;
            y += line;
        }
        // One that is longer than a line has as many lines as it takes, alone.
        const QRectF needed =
            metrics.boundingRect(QRectF(0, 0, std::max<double>(theme().px(40), taken - theme().px(16)), 1e6),
                                 Qt::TextWordWrap, checkText(check));
        const double lines = wanted > width ? std::max(1.0, std::ceil(needed.height() / metrics.lineSpacing() - 0.01)) : 1.0;
        places.append(QRectF(x, y, taken, line * lines));
        y += line * (lines - 1.0);
        x += lines > 1.0 ? width : taken + theme().px(16);
    }
    return places;
}

int CheckFlow::heightForWidth(int width) const
{
    const QList<QRectF> all = places(width);
    return all.isEmpty() ? 0 : static_cast<int>(all.last().bottom());
}

QSize CheckFlow::sizeHint() const { return {theme().px(400), heightForWidth(std::max(width(), theme().px(300)))}; }

QSize CheckFlow::minimumSizeHint() const { return {theme().px(120), theme().px(20)}; }

void CheckFlow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(theme().font(FontRole::Row12));
    const QList<QRectF> all = places(width());
    const double size = theme().px(10);
    for (qsizetype index = 0; index < all.size(); ++index) {
        const QRectF place = all.at(index);
        const StripCheck &check = m_checks.at(index);
        const double line = theme().px(20);
        paintGlyph(painter, QRectF(place.left(), place.top() + (line - size) / 2, size, size),
                   checkGlyph(check), theme().palette());
        const QRectF text = place.adjusted(theme().px(16), 0, 0, 0);
        painter.setPen(theme().color(Role::Text));
        painter.drawText(text, place.height() > line ? int(Qt::AlignVCenter | Qt::TextWordWrap)
                                                     : int(Qt::AlignVCenter | Qt::TextSingleLine),
                         checkText(check));
    }
}

bool CheckFlow::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return ThemedWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QList<QRectF> all = places(width());
    for (qsizetype index = 0; index < all.size(); ++index) {
        if (all.at(index).contains(help->pos()))
            QToolTip::showText(help->globalPos(), wrappedToolTip(m_checks.at(index).text + u'\n' + m_checks.at(index).detail), this);
    }
    return true;
}

StripConfirm::StripConfirm(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_title(new ElidedLabel(theme, FontRole::Strong13, Role::Text, this)),
      m_scope(new RunLabel(theme, this)), m_columns(new QWidget(this)), m_grid(new QGridLayout(m_columns)),
      m_checks(new CheckFlow(theme, this)), m_diff(new DiffView(theme, this)),
      m_run(new Button(theme, QString(), Button::Kind::Primary, this)),
      m_cancel(new Button(theme, tr("Cancel"), Button::Kind::Normal, this)),
      m_level(new LevelBar(theme, tr("Time until it runs"), 8, this)), m_left(new RunLabel(theme, this)),
      m_note(new ElidedLabel(theme, FontRole::Row12, Role::Muted, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme.px(8));
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_scope);
    layout->addLayout(head);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(theme.px(16));
    m_grid->setVerticalSpacing(0);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, 1);
    layout->addWidget(m_columns);
    auto *line = new Panel(theme, Role::Border, {}, this);
    line->setFixedHeight(1);
    layout->addWidget(line);
    layout->addWidget(m_checks);
    layout->addWidget(m_diff);
    m_run->setCompact(true);
    m_run->setKeyHint(tr("Enter"));
    m_cancel->setKeyHint(tr("Esc"));
    m_left->setFixedWidth(theme.px(92));
    m_left->setAlignment(Qt::AlignRight);
    layout->addSpacing(theme.px(4));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(theme.px(8));
    for (QWidget *widget : {static_cast<QWidget *>(m_run), static_cast<QWidget *>(m_cancel)})
        buttons->addWidget(widget);
    buttons->addWidget(m_diff->toggle());
    buttons->addSpacing(theme.px(8));
    buttons->addWidget(m_level, 1);
    buttons->addWidget(m_note, 1);
    buttons->addWidget(m_left);
    layout->addLayout(buttons);
    setBar(std::nullopt, {});
}

void StripConfirm::clearColumns()
{
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void StripConfirm::fillColumn(int column, const QString &head, const QStringList &lines)
{
    if (lines.isEmpty())
        return;
    auto *title = new PlainLabel(m_theme, head, FontRole::Chip11, Role::Muted, m_columns);
    title->setFixedHeight(m_theme.px(18));
    m_grid->addWidget(title, 0, column);
    for (int row = 0; row < std::min<int>(shownLinesLimit, static_cast<int>(lines.size())); ++row) {
        const bool rest = row + 1 == shownLinesLimit && lines.size() > shownLinesLimit;
        auto *line = new ElidedLabel(m_theme, FontRole::Row12, Role::Text, m_columns, 3);
        line->setText(rest ? tr("·  and %1 more").arg(lines.size() - row) : QStringLiteral("·  ") + lines.at(row));
        m_grid->addWidget(line, row + 1, column);
    }
}

void StripConfirm::setView(const ActionStripView &view)
{
    const bool planning = view.phase == ActionStripView::Phase::Planning;
    m_title->setText(planning && view.title.isEmpty() ? tr("Checking what this would do") : view.title);
    const QString scope = view.duration.isEmpty() ? view.scope : view.scope + QStringLiteral(" · ") + view.duration;
    m_scope->setRuns(numberRuns(scope, FontRole::Row12, FontRole::MonoMedium12, Role::Muted, Role::Text));
    clearColumns();
    fillColumn(0, tr("Will change"), view.willChange);
    fillColumn(1, tr("Will not change"), view.willNotChange);
    m_columns->setVisible(!view.willChange.isEmpty() || !view.willNotChange.isEmpty());
    m_checks->setChecks(view.checks);
    m_diff->setDiff(view.diff);
    m_run->setVisible(!planning);
    m_run->setText(view.serious ? view.runText : tr("Run now"));
    m_run->setKind(view.serious ? Button::Kind::Danger : Button::Kind::Primary);
    m_run->setAccessibleName(view.runText.isEmpty() ? tr("Run now") : view.runText.left(200));
    m_run->setDisabledReason(view.runDisabledReason);
    m_run->updateGeometry();
    setNote(planning ? tr("Reading, nothing is sent yet") : view.runDisabledReason);
}

void StripConfirm::setBar(std::optional<double> fraction, std::chrono::milliseconds left)
{
    m_level->setVisible(fraction.has_value());
    m_left->setVisible(fraction.has_value());
    m_note->setVisible(!fraction);
    if (!fraction)
        return;
    m_level->setLevel(fraction, Role::Accent);
    const double seconds = std::ceil(static_cast<double>(left.count()) / 100.0) / 10.0;
    m_left->setRuns({{tr("runs in "), FontRole::Row12, Role::Text},
                     {QStringLiteral("%1 s").arg(seconds, 0, 'f', 1), FontRole::MonoStrong12, Role::Text}});
}

void StripConfirm::setNote(const QString &words) { m_note->setText(words); }

} // namespace cockpit
