// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/manifest_checks.h"
#include "models/review_material.h"
#include "models/review_words.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

namespace {

void addWords(const QString &text, QSet<QString> &words)
{
    static const QRegularExpression word(QStringLiteral("[A-Za-z0-9_][A-Za-z0-9_-]*"));
    for (const QRegularExpressionMatch &match : word.globalMatch(text))
        words.insert(match.captured().toLower());
}

/// What undoes the last rollout, for a terminal.
QString undoCommand(const ManifestWorkload &workload)
{
    const QString space = workload.nameSpace.isEmpty() ? QString() : QStringLiteral(" -n ") + workload.nameSpace;
    if (workload.kind == u"Rollout")
        return QStringLiteral("kubectl argo rollouts undo ") + workload.name + space;
    return QStringLiteral("kubectl rollout undo ") + workload.kind.toLower() + u'/' + workload.name + space;
}

} // namespace

RollbackRunbooks::RollbackRunbooks(const RunbookLibrary &library)
{
    static const QRegularExpression goingBack(QStringLiteral("roll(ing)?[ -]?back|rollout(s)? undo|\\brevert(ing)?\\b"),
                                              QRegularExpression::CaseInsensitiveOption);
    for (const RunbookPtr &runbook : library.runbooks) {
        bool goesBack = false;
        Known known{.runbook = runbook.get(), .words = {}};
        addWords(runbook->title + u' ' + runbook->service, known.words);
        for (const RunbookBlock &block : runbook->blocks) {
            const bool isHeading = block.kind == RunbookBlock::Kind::Heading;
            const QString text = block.code.isEmpty() ? plainText(block.text) : block.code;
            addWords(text, known.words);
            goesBack = goesBack || ((isHeading || !block.code.isEmpty()) && goingBack.match(text).hasMatch());
        }
        if (goesBack)
            m_known.append(known);
    }
}

const Runbook *RollbackRunbooks::of(const ManifestWorkload &workload) const
{
    const QString name = workload.name.toLower();
    // A runbook whose path says so is nearer than one that mentions it.
    for (const bool byPath : {true, false}) {
        for (const Known &known : m_known) {
            const bool isOfIt = byPath ? known.runbook->key.path.toLower().contains(name) : known.words.contains(name);
            if (isOfIt && !name.isEmpty())
                return known.runbook;
        }
    }
    return nullptr;
}

ReviewSection rollbackSection(const ReviewMaterial &material)
{
    ReviewSection section;
    const RollbackRunbooks rollbacks(material.library);
    section.table.head = {ReviewWords::tr("What"), ReviewWords::tr("How it goes back"), ReviewWords::tr("Runbook")};
    for (const ManifestWorkload &workload : material.manifests.workloads) {
        if (!workload.runsForever())
            continue;
        const Runbook *runbook = rollbacks.of(workload);
        const int kept = workload.historyLimit.value_or(10);
        section.table.rows.append({workload.title(),
                                   kept > 0
                                       ? undoCommand(workload) + ReviewWords::tr(" (%1 revisions are kept)").arg(kept)
                                       : ReviewWords::tr("no earlier revision is kept"),
                                   runbook ? runbook->key.path : ReviewWords::tr("none found")});
    }
    const auto changed = std::count_if(material.migrations.begin(), material.migrations.end(),
                                       [](const MigrationFile &file) { return file.changed && !file.isDown; });
    const auto undone =
        std::count_if(material.migrations.begin(), material.migrations.end(),
                      [](const MigrationFile &file) { return file.changed && (file.isDown || !file.down.isEmpty()); });
    if (changed > 0)
        section.paragraphs.append(ReviewWords::tr("Migrations: %1, with %2 down parts.").arg(changed).arg(undone));
    for (const DeploymentPolicy &policy : material.policies)
        section.paragraphs.append(policy.file + (policy.automaticRollback
                                                     ? ReviewWords::tr(": goes back by itself on its triggers.")
                                                     : ReviewWords::tr(": a person decides about going back.")));
    if (section.table.rows.isEmpty() && section.paragraphs.isEmpty())
        section.paragraphs.append(ReviewWords::tr("Nothing that is rolled out was among what was looked at."));
    return section;
}

} // namespace cockpit
