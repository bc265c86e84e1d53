// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/document_head.h"

#include "models/plain_line.h"
#include "ui/runbooks/runbook_head.h"

#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

namespace cockpit {

namespace {

constexpr qsizetype filledLimit = 8;
/// More code than this is not read for the line of filled values.
constexpr int readBlocks = 400;

/// "11 Nov": the day of a review.
QString dayText(Instant instant)
{
    const QString whole = utcDateTimeText(instant);
    static const QStringList months{QStringLiteral("Jan"), QStringLiteral("Feb"), QStringLiteral("Mar"),
                                    QStringLiteral("Apr"), QStringLiteral("May"), QStringLiteral("Jun"),
                                    QStringLiteral("Jul"), QStringLiteral("Aug"), QStringLiteral("Sep"),
                                    QStringLiteral("Oct"), QStringLiteral("Nov"), QStringLiteral("Dec")};
    const int month = QStringView(whole).mid(5, 2).toInt();
    return QString::number(QStringView(whole).mid(8, 2).toInt()) + u' ' + months.value(month - 1) + u' ' +
           whole.left(4);
}

} // namespace

QStringList filledValues(const Runbook &runbook, const RunbookFilling &filling)
{
    QStringList values;
    const auto read = [&values, &filling](const QString &text) {
        for (const RunbookSpan &span : fillPlaceholders(text, filling)) {
            if (span.filled && !values.contains(span.text) && values.size() < filledLimit)
                values.append(plainLine(span.text, 40));
        }
    };
    int left = readBlocks;
    for (const RunbookBlock &block : runbook.blocks) {
        if (values.size() >= filledLimit || left <= 0)
            break;
        if (block.kind == RunbookBlock::Kind::Code && --left > 0)
            read(block.code.left(4000));
        for (const RunbookSpan &span : block.text) {
            if (span.code)
                read(span.text.left(400));
        }
    }
    return values;
}

DocumentHead::DocumentHead(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
    , m_title(new ElidedLabel(theme, FontRole::Heading18))
    , m_severity(new Chip(theme))
    , m_firing(new Chip(theme))
    , m_reviewed(new RunLabel(theme))
    , m_filled(new RunLabel(theme))
    , m_problem(new GlyphLabel(theme))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(theme.px(24), theme.px(14), theme.px(24), theme.px(10));
    rows->setSpacing(theme.px(4));
    auto *line = new QHBoxLayout;
    line->setSpacing(theme.px(8));
    m_title->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    line->addWidget(m_title, 0);
    line->addWidget(m_severity);
    line->addWidget(m_firing);
    line->addStretch(1);
    rows->addLayout(line);
    auto *below = new QHBoxLayout;
    below->addWidget(m_reviewed, 1);
    below->addWidget(m_filled);
    rows->addLayout(below);
    rows->addWidget(m_problem);
    m_problem->hide();
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void DocumentHead::setRunbook(const Runbook &runbook, const RunbookLibrary &library, const Alert *alert,
                              const QStringList &filled, Instant now)
{
    m_title->setText(plainLine(runbook.title.isEmpty() ? runbook.key.path : runbook.title, 160));
    const QString severity = plainLine(alert && !alert->severity.isEmpty() ? alert->severity : runbook.severity, 24);
    m_severity->setVisible(!severity.isEmpty());
    const Role role = !alert ? Role::Muted : alert->isUrgent() ? Role::Critical : Role::Warning;
    m_severity->setView({severity, {}, Role::Muted, role, alert ? role : Role::Border});
    m_firing->setVisible(alert != nullptr);
    if (alert)
        m_firing->setView({tr("firing ") + roughDurationText(now - alert->startsAt), {}, Role::Muted, role, role});
    QString reviewed =
        runbook.reviewedAt ? tr("reviewed ") + dayText(*runbook.reviewedAt) : tr("review date not known");
    if (runbook.reviewedAt && !runbook.reviewedBy.isEmpty())
        reviewed += tr(" by ") + plainLine(runbook.reviewedBy, 40);
    if (!runbook.owner.isEmpty())
        reviewed += tr("  ·  owner ") + plainLine(runbook.owner, 40);
    m_reviewed->setRuns({{reviewed, FontRole::Row12, Role::Muted}});
    QList<TextRun> runs;
    for (const QString &value : filled) {
        runs.append({runs.isEmpty() ? tr("filled in: ") : QStringLiteral(", "), FontRole::Row12, Role::Muted});
        runs.append({value, FontRole::Mono12, Role::Accent});
    }
    m_filled->setRuns(runs);
    m_filled->setMinimumWidth(std::min(m_filled->sizeHint().width(), theme().px(260)));
    const QString problem = runbookProblemWords(runbook, library);
    m_problem->setState(StateGlyph::Warning, problem);
    m_problem->setToolTip(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void DocumentHead::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(theme().px(24), height() - 1, width() - 2 * theme().px(24), 1, theme().color(Role::Border));
}

} // namespace cockpit
