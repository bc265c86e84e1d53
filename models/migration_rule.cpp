// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/migration_rule.h"

#include <QCoreApplication>

#include <algorithm>
#include <string_view>

namespace cockpit {

namespace {

constexpr MigrationRule allMigrationRules[] = {
#include "models/migration_rules.inc"
};

} // namespace

std::span<const MigrationRule> migrationRules() { return allMigrationRules; }

const MigrationRule &migrationRule(const char *id)
{
    return *std::find_if(std::begin(allMigrationRules), std::end(allMigrationRules),
                         [id](const MigrationRule &rule) { return std::string_view(rule.id) == id; });
}

QString migrationRulesPage()
{
    QString page =
        QStringLiteral("# Rules of `dt-cockpit lint migrations`\n\nA finding that is known and meant is taken "
                       "away by `-- cockpit:allow RULE reason` in or above its statement.\n");
    for (const MigrationRule &rule : allMigrationRules) {
        const auto paragraph = [&page](const char *heading, const char *text) {
            page += QStringLiteral("\n**") + QLatin1String(heading) + QStringLiteral("** ") + QString::fromUtf8(text) +
                    u'\n';
        };
        const auto code = [&page](const char *heading, const char *text) {
            page += u'\n' + QLatin1String(heading) + QStringLiteral(":\n\n```sql\n") + QString::fromUtf8(text) +
                    QStringLiteral("\n```\n");
        };
        page += QStringLiteral("\n## ") + QLatin1String(rule.id) + QStringLiteral("\n\n") + toWireName(rule.level) +
                QStringLiteral(". ") + QString::fromUtf8(rule.says) + u'\n';
        paragraph("Lock:", rule.lock);
        paragraph("Why it breaks:", rule.breaks);
        paragraph("Safe:", rule.safe);
        code("Bad", rule.bad);
        code("Good", rule.good);
    }
    return page;
}

} // namespace cockpit
