// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_head.h"

#include "models/plain_line.h"
#include "ui/runbooks/progress_segments.h"
#include "ui/theme/icon.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

namespace cockpit {

namespace {

class HeadWords {
    Q_DECLARE_TR_FUNCTIONS(cockpit::RunbookHead)
};

const RunbookSourceState *sourceOf(const Runbook &runbook, const RunbookLibrary &library)
{
    const auto found =
        std::find_if(library.sources.cbegin(), library.sources.cend(),
                     [&runbook](const RunbookSourceState &source) { return source.name == runbook.key.source; });
    return found == library.sources.cend() ? nullptr : &*found;
}

} // namespace

QString runbookAgeWords(const Runbook &runbook, const RunbookLibrary &library, Instant now)
{
    QStringList words;
    const RunbookSourceState *source = sourceOf(runbook, library);
    if (source && source->offline)
        words.append(HeadWords::tr("offline copy"));
    words.append(runbook.reviewedAt ? HeadWords::tr("reviewed %1 ago").arg(roughDurationText(now - *runbook.reviewedAt))
                                    : HeadWords::tr("review date not known"));
    return words.join(QStringLiteral(", "));
}

QString runbookProblemWords(const Runbook &runbook, const RunbookLibrary &library)
{
    QStringList words;
    for (const QString &problem : runbook.problems)
        words.append(plainLine(problem, 120));
    const RunbookSourceState *source = sourceOf(runbook, library);
    if (source && !source->problem.isEmpty())
        words.append(plainLine(source->problem, 200));
    return words.join(QStringLiteral("; "));
}

RunbookHead::RunbookHead(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
    , m_file(new PlainLabel(theme, FontRole::Strong13))
    , m_folder(new ElidedLabel(theme, FontRole::Row12, Role::Muted))
    , m_step(new RunLabel(theme))
    , m_age(new RunLabel(theme))
    , m_segments(new ProgressSegments(theme))
    , m_problem(new GlyphLabel(theme))
    , m_open(new Button(theme, tr("Open"), Button::Kind::Link))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(9));
    rows->setSpacing(theme.px(2));
    auto *title = new QHBoxLayout;
    title->setSpacing(theme.px(8));
    title->addSpacing(theme.px(22)); // the icon is painted
    title->addWidget(m_file);
    title->addWidget(m_folder, 1);
    auto *details = new Button(theme, tr("Details"), Button::Kind::Link);
    details->setAccessibleName(tr("Alert details"));
    title->addWidget(details);
    title->addWidget(m_open);
    rows->addLayout(title);
    auto *line = new QHBoxLayout;
    line->setSpacing(theme.px(8));
    line->addWidget(m_step, 1);
    line->addWidget(m_age);
    rows->addLayout(line);
    rows->addSpacing(theme.px(4));
    rows->addWidget(m_segments);
    m_problem->hide();
    rows->addWidget(m_problem);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_open, &Button::clicked, this, &RunbookHead::openRequested);
    connect(details, &Button::clicked, this, &RunbookHead::detailsRequested);
}

void RunbookHead::setRunbook(const Runbook &runbook, const RunbookLibrary &library, Instant now, const QString &problem)
{
    const bool web = runbook.key.path.contains(QStringLiteral("://"));
    m_file->setText(plainLine(runbook.key.path.section(u'/', -1), 34));
    m_folder->setText(web ? runbook.key.source : plainLine(runbook.key.path.section(u'/', 0, -2), 200));
    m_open->setAccessibleName(tr("Open %1 on the Runbooks page").arg(plainLine(runbook.title, 80)));
    m_ageWords = runbookAgeWords(runbook, library, now);
    fitAge();
    const QString words = problem.isEmpty() ? runbookProblemWords(runbook, library) : problem;
    m_problem->setState(StateGlyph::Warning, words);
    m_problem->setToolTip(words);
    m_problem->setVisible(!words.isEmpty());
}

void RunbookHead::fitAge()
{
    const QString age = width() < theme().px(370) ? m_ageWords.section(QStringLiteral(", "), -1) : m_ageWords;
    m_age->setRuns({{age, FontRole::Row12, Role::Muted}});
    m_age->setMinimumWidth(m_age->sizeHint().width());
}

void RunbookHead::resizeEvent(QResizeEvent *event)
{
    ThemedWidget::resizeEvent(event);
    fitAge();
}

void RunbookHead::setProgress(const Runbook &runbook, const RunbookProgress &progress, const QString &slug)
{
    m_segments->setProgress(progress);
    const RunbookProgress::Step *step = progress.step(progress.current());
    QString section = slug;
    if (step)
        section = runbook.steps.at(step->index).section;
    const int heading = runbook.headingAt(section);
    QList<TextRun> runs;
    if (heading >= 0 && !section.isEmpty())
        runs.append({plainLine(plainText(runbook.blocks.at(heading).text), 32), FontRole::Row12, Role::Muted});
    const auto add = [&runs](const QString &text, FontRole font, Role color) { runs.append({text, font, color}); };
    if (!runs.isEmpty() && !progress.steps().isEmpty())
        add(QStringLiteral("  ·  "), FontRole::Row12, Role::Muted);
    const QString count = QString::number(progress.steps().size());
    if (step) {
        add(tr("step "), FontRole::Row12, Role::Muted);
        add(QString::number(step->number), FontRole::MonoStrong12, Role::Text);
        add(tr(" of "), FontRole::Row12, Role::Muted);
        add(count, FontRole::MonoStrong12, Role::Text);
    } else if (!progress.steps().isEmpty()) {
        add(tr("all steps are ticked"), FontRole::Row12, Role::Ok);
    } else if (runs.isEmpty()) {
        add(tr("no steps"), FontRole::Row12, Role::Muted);
    }
    // The name of a section gives way to the count.
    const double room = width() - theme().px(40) - runsWidth(m_age->runs(), theme());
    const double over = runsWidth(runs, theme()) - room;
    if (over > 0 && runs.size() > 2 && width() > theme().px(200)) {
        const QFontMetricsF metrics(theme().font(FontRole::Row12));
        runs.first().text =
            metrics.elidedText(runs.first().text, Qt::ElideRight,
                               std::max(double(theme().px(24)), metrics.horizontalAdvance(runs.first().text) - over));
    }
    m_step->setRuns(runs);
}

void RunbookHead::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, theme().color(Role::Border));
    const double size = theme().px(14);
    paintIcon(painter, QRectF(theme().px(16), m_file->geometry().center().y() - size / 2 + 0.5, size, size),
              Icon::Document, theme().color(Role::Muted));
}

} // namespace cockpit
