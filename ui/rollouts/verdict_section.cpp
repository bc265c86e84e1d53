// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/verdict_section.h"

#include "models/plain_line.h"
#include "models/verdict_words.h"
#include "ui/rollouts/policy_words.h"
#include "ui/rollouts/rollout_offers.h"
#include "ui/widgets/card.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/run_table.h"

#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

RunCell wordCell(const QString &text, Role role = Role::Text) { return {{{text, FontRole::Row12, role}}, {}}; }
RunCell monoCell(const QString &text, Role role = Role::Text, bool strong = false)
{
    return {numberRuns(text, FontRole::Row12, strong ? FontRole::MonoStrong12 : FontRole::Mono12, role, role), {}};
}

StateGlyph resultGlyph(CriterionVerdict::Result result)
{
    return result == CriterionVerdict::Result::Pass   ? StateGlyph::Ok
           : result == CriterionVerdict::Result::Fail ? StateGlyph::Critical
                                                      : StateGlyph::Unknown;
}

QString resultWord(const CriterionVerdict &one)
{
    const bool trigger = one.kind == CriterionVerdict::Kind::Rollback;
    switch (one.result) {
    case CriterionVerdict::Result::Pass:
        return trigger ? VerdictSection::tr("not met") : VerdictSection::tr("passes");
    case CriterionVerdict::Result::Fail:
        return trigger ? VerdictSection::tr("met") : VerdictSection::tr("fails");
    case CriterionVerdict::Result::Inconclusive:
        break;
    }
    return VerdictSection::tr("unclear");
}

QString limitText(const CriterionVerdict &one)
{
    if (!one.metric || !one.limit)
        return QStringLiteral("–");
    // The unit stands beside the measured value.
    const QString value = quantileOf(*one.metric) ? QString::number(*one.limit * 1000.0, 'f', *one.limit < 0.01 ? 1 : 0)
                                                  : metricText(*one.metric, *one.limit);
    return one.kind == CriterionVerdict::Kind::Success ? VerdictSection::tr("below %1").arg(value)
                                                       : VerdictSection::tr("above %1").arg(value);
}

/// Room left with a sign, in the unit of the measure: "-5.8", "+48"; of a trigger: how far beyond.
QString marginText(const CriterionVerdict &one)
{
    if (!one.metric || !one.margin || !std::isfinite(*one.margin))
        return QStringLiteral("–");
    const double scaled = *one.margin * (quantileOf(*one.metric) ? 1000.0 : 100.0);
    const double shown = one.kind == CriterionVerdict::Kind::Rollback ? -scaled : scaled;
    return (shown >= 0 ? QStringLiteral("+") : QString()) + QString::number(shown, 'g', 3);
}

RunRow criterionRow(const CriterionVerdict &one, qsizetype index)
{
    RunRow row;
    row.id = QString::number(index);
    row.cells = {wordCell(one.kind == CriterionVerdict::Kind::Success ? VerdictSection::tr("success")
                                                                      : VerdictSection::tr("roll back"),
                          Role::Muted),
                 wordCell(one.metric ? metricName(*one.metric) : plainLine(one.rule, 40)),
                 monoCell(one.metric && one.canary ? metricText(*one.metric, *one.canary) : QStringLiteral("–"),
                          Role::Text, true),
                 monoCell(limitText(one), Role::Muted),
                 monoCell(marginText(one)),
                 {{{resultWord(one), FontRole::Row12, Role::Text}}, resultGlyph(one.result)}};
    QStringList tip{plainLine(one.rule, 200), plainLine(one.words, 300)};
    if (one.metric && one.stable)
        tip.append(VerdictSection::tr("stable %1").arg(metricText(*one.metric, *one.stable)));
    if (one.stableBreaches)
        tip.append(VerdictSection::tr("stable breaks this rule too"));
    if (one.count)
        tip.append(VerdictSection::tr("%1 requests in the window").arg(*one.count));
    if (one.sampledAt)
        tip.append(VerdictSection::tr("sampled %1").arg(utcTimeText(*one.sampledAt)));
    tip.removeAll(QString());
    row.tip = tip.join(u'\n');
    return row;
}

StateGlyph analysisGlyph(const QString &phase)
{
    if (phase == QStringLiteral("Successful"))
        return StateGlyph::Ok;
    if (phase == QStringLiteral("Failed") || phase == QStringLiteral("Error"))
        return StateGlyph::Critical;
    return phase == QStringLiteral("Running") ? StateGlyph::Info : StateGlyph::Unknown;
}

QString analysisWord(const QString &phase)
{
    return phase == QStringLiteral("Successful") ? VerdictSection::tr("passed") : plainLine(phase.toLower(), 20);
}

QString stepText(const Rollout &rollout, const AnalysisFact &analysis)
{
    if (!analysis.stepIndex)
        return plainLine(analysis.type.toLower(), 20);
    int weight = 0;
    for (int index = 0; index < std::min<int>(*analysis.stepIndex, static_cast<int>(rollout.steps.size())); ++index) {
        if (rollout.steps.at(index).kind == RolloutStep::Kind::SetWeight)
            weight = rollout.steps.at(index).weight;
    }
    return QStringLiteral("%1 %").arg(weight);
}

RunRow analysisRow(const Rollout &rollout, const AnalysisFact &analysis)
{
    QStringList measured;
    QStringList tip{plainLine(analysis.name, 100), plainLine(analysis.message, 300)};
    for (const AnalysisMetric &metric : analysis.metrics) {
        measured.append(
            plainLine(metric.name + u' ' + (metric.value.isEmpty() ? metric.phase.toLower() : metric.value), 60));
        tip.append(plainLine(VerdictSection::tr("%1: %2, wanted %3, asked %4")
                                 .arg(metric.name, metric.value, metric.condition, metric.query),
                             400));
    }
    tip.removeAll(QString());
    const auto at = analysis.completedAt ? analysis.completedAt : analysis.startedAt;
    return {
        analysis.name,
        {monoCell(at ? utcShortTimeText(*at) : QStringLiteral("–"), Role::Muted),
         monoCell(stepText(rollout, analysis)),
         {numberRuns(measured.join(QStringLiteral(", ")), FontRole::Row12, FontRole::Mono12, Role::Muted, Role::Text),
          {}},
         {{{analysisWord(analysis.phase), FontRole::Row12, Role::Text}}, analysisGlyph(analysis.phase)}},
        {},
        false,
        {},
        tip.join(u'\n')};
}

} // namespace

QWidget *makeSectionTitle(const Theme &theme, const QString &title, RunLabel *trailing)
{
    auto *head = new QWidget;
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(new PlainLabel(theme, title, FontRole::RowStrong12));
    line->addStretch(1);
    if (trailing)
        line->addWidget(trailing);
    head->setFixedHeight(theme.px(24));
    return head;
}

VerdictSection::VerdictSection(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_age(new RunLabel(theme))
    , m_criteria(new RunTable(theme, tr("Verdict per criterion"),
                              {{tr("Rule"), 60},
                               {tr("Measure"), 66},
                               {tr("Canary"), 62, Qt::AlignRight},
                               {tr("Limit"), 0, Qt::AlignRight},
                               {tr("Margin"), 50, Qt::AlignRight},
                               {QString(), 62}}))
    , m_empty(new RunParagraph(theme))
    , m_coloursHead(makeSectionTitle(theme, tr("Colours")))
    , m_colours(new RunTable(
          theme, tr("Colours"),
          {{QString(), 80}, {tr("Version"), 90}, {tr("Pods"), 60, Qt::AlignRight}, {QString(), 0, Qt::AlignRight}}, 24))
    , m_policyHead(makeSectionTitle(theme, tr("Policy in words")))
    , m_policy(new RunParagraph(theme))
    , m_policyFile(new ElidedLabel(theme, FontRole::Row12, Role::Muted))
    , m_analysesHead(makeSectionTitle(theme, tr("Analysis per step")))
    , m_analyses(new RunTable(theme, tr("Analysis per step"),
                              {{tr("At"), 60}, {tr("Step"), 60}, {tr("Measured"), 0}, {QString(), 80}}, 24))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(16), theme.px(10), theme.px(8), theme.px(10));
    layout->setSpacing(theme.px(4));
    for (int index = 0; index < 3; ++index) {
        m_notices.push_back(makeNotice());
        layout->addWidget(m_notices.back().card);
    }
    layout->addWidget(makeSectionTitle(theme, tr("Verdict per criterion"), m_age));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_criteria, m_empty, m_coloursHead, m_colours, m_policyHead,
                                                            m_policy, m_policyFile, m_analysesHead, m_analyses})
        layout->addWidget(widget);
    layout->addStretch(1);
}

VerdictSection::Notice VerdictSection::makeNotice()
{
    Notice notice{new Card(m_theme), new GlyphLabel(m_theme, FontRole::RowStrong12), new RunParagraph(m_theme)};
    notice.card->body()->setContentsMargins(m_theme.px(10), m_theme.px(8), m_theme.px(10), m_theme.px(8));
    notice.card->body()->addWidget(notice.title);
    notice.card->body()->addWidget(notice.body);
    notice.card->hide();
    return notice;
}

void VerdictSection::setEntry(const RolloutEntry &entry, Instant now)
{
    setNotices(entry);
    setCriteria(entry, now);
    setColours(*entry.rollout, now);
    setPolicy(entry);
    setAnalyses(*entry.rollout);
}

void VerdictSection::setNotices(const RolloutEntry &entry)
{
    const QList<VerdictNotice> notices = verdictNotices(entry);
    for (size_t index = 0; index < m_notices.size(); ++index) {
        const bool shown = index < static_cast<size_t>(notices.size());
        m_notices[index].card->setVisible(shown);
        if (!shown)
            continue;
        const VerdictNotice &notice = notices.at(static_cast<qsizetype>(index));
        m_notices[index].card->setFill(notice.urgent ? Role::CriticalSoft : Role::WarningSoft);
        m_notices[index].card->setOutline(notice.urgent ? Role::Critical : Role::Warning);
        m_notices[index].title->setState(notice.urgent ? StateGlyph::Critical : StateGlyph::Warning, notice.title);
        m_notices[index].body->setRuns(numberRuns(notice.body, FontRole::Row12, FontRole::Mono12));
    }
}

void VerdictSection::setCriteria(const RolloutEntry &entry, Instant now)
{
    QList<RunRow> rows;
    if (entry.verdict) {
        for (qsizetype index = 0; index < entry.verdict->criteria.size(); ++index)
            rows.append(criterionRow(entry.verdict->criteria.at(index), index));
        m_age->setRuns({{tr("checked every 30 s, "), FontRole::Row12, Role::Muted},
                        {tr("%1 ago").arg(roughDurationText(now - entry.verdict->at)), FontRole::Row12, Role::Muted}});
    } else {
        m_age->setRuns({});
    }
    m_criteria->setRows(rows);
    m_criteria->setVisible(!rows.isEmpty());
    QString words;
    if (!entry.policy)
        words = tr("No policy is configured for %1: nothing is judged, and nothing is called good.")
                    .arg(plainLine(entry.rollout->service.toString(), 60));
    else if (!entry.verdict)
        words = entry.rollout->isUpdating() ? tr("Not judged yet: the first figures are being read.")
                                            : tr("Nothing rolls out: there is nothing to judge.");
    else
        words = plainLine(entry.verdict->words, 300);
    m_empty->setRuns(numberRuns(words, FontRole::Row12, FontRole::Mono12, Role::Muted, Role::Muted));
}

void VerdictSection::setColours(const Rollout &rollout, Instant now)
{
    QList<RunRow> rows;
    if (rollout.blueGreen) {
        for (const auto &[hash, word] : {std::pair(rollout.blueGreen->activeHash, tr("active")),
                                         std::pair(rollout.blueGreen->previewHash, tr("preview"))}) {
            const RolloutRevision *revision = rollout.revision(hash);
            if (!revision || (word == tr("preview") && hash == rollout.blueGreen->activeHash))
                continue;
            rows.append({word,
                         {wordCell(word, Role::Muted), monoCell(versionText(*revision), Role::Text, true),
                          monoCell(QStringLiteral("%1/%2").arg(revision->readyPods).arg(revision->pods)),
                          wordCell(word == tr("active") ? tr("takes all traffic") : tr("takes none"), Role::Muted)}});
        }
        for (const RolloutRevision &old : rollout.revisions) {
            if (!old.scaleDownAt || old.hash == rollout.blueGreen->activeHash)
                continue;
            const Duration left = *old.scaleDownAt - now;
            rows.append(
                {old.hash,
                 {wordCell(tr("before"), Role::Muted),
                  monoCell(versionText(old), Role::Text, true),
                  monoCell(QStringLiteral("%1/%2").arg(old.readyPods).arg(old.pods)),
                  {numberRuns(left.count() > 0 ? tr("switch back within %1").arg(durationText(left))
                                               : tr("the window closed %1").arg(utcShortTimeText(*old.scaleDownAt)),
                              FontRole::Row12, FontRole::MonoMedium12, Role::Text, Role::Text),
                   {}}}});
        }
    }
    m_colours->setRows(rows);
    m_colours->setVisible(!rows.isEmpty());
    m_coloursHead->setVisible(!rows.isEmpty());
}

void VerdictSection::setPolicy(const RolloutEntry &entry)
{
    m_policyHead->setVisible(entry.policy != nullptr);
    m_policyFile->setVisible(entry.policy != nullptr);
    m_policy->setRuns(entry.policy ? policyRuns(*entry.policy, entry.verdict.get()) : QList<TextRun>());
    if (entry.policy)
        m_policyFile->setText(plainLine(entry.policy->file, 200));
}

void VerdictSection::setAnalyses(const Rollout &rollout)
{
    QList<RunRow> rows;
    for (const AnalysisFact &analysis : rollout.analyses.mid(0, 6))
        rows.append(analysisRow(rollout, analysis));
    m_analyses->setRows(rows);
    m_analyses->setVisible(!rows.isEmpty());
    m_analysesHead->setVisible(!rows.isEmpty());
}

} // namespace cockpit
