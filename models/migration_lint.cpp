// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/migration_lint.h"

#include <algorithm>

namespace cockpit {

namespace {

using Fact = MigrationFact;

/// One pass over files in order.
class MigrationLintRun {
public:
    MigrationLintRun(const QList<MigrationFile> &files, bool oneChange)
        : m_files(files)
        , m_oneChange(oneChange)
    {
        for (const MigrationFile &file : files) {
            if (file.isDown)
                m_downs.insert(pairKey(file), &file);
        }
    }

    QList<Finding> run()
    {
        for (const MigrationFile &file : m_files) {
            if (!m_oneChange || !file.changed)
                m_state.newTables.clear();
            m_own.clear();
            lintFile(file);
            if (file.changed)
                m_findings += allowed(file, m_own);
            m_seen.insert(file.path.section(u'/', -1));
            m_seen.insert(file.path.section(u'/', -1).section(u'.', 0, 0));
            m_seen.insert(file.version);
        }
        for (const auto &open : std::as_const(m_state.invalid))
            m_findings.append(open.second);
        for (const auto &open : std::as_const(m_expands))
            m_findings.append(open);
        std::stable_sort(m_findings.begin(), m_findings.end(), [](const Finding &a, const Finding &b) {
            return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
        });
        return m_findings;
    }

private:
    static QString pairKey(const MigrationFile &file)
    {
        const bool isFolder = file.layout == MigrationFile::Layout::UpDownFolder;
        return file.path.section(u'/', 0, isFolder ? -3 : -2) + u'\n' + file.version;
    }

    void lintFile(const MigrationFile &file)
    {
        m_inTransaction = file.inTransaction;
        m_hasTimeout = m_localTimeout = m_saidTimeout = false;
        m_locked.clear();
        noteExpandAndContract(file);
        for (const MigrationStatement &statement : file.up) {
            for (const MigrationFact &fact : statement.facts) {
                // A way back may drop and rename: it is run by a person who decided to.
                if (!file.isDown || fact.kind == Fact::Kind::Unparsed)
                    lintFact(file, fact);
                if (!file.isDown)
                    apply(file, fact);
            }
        }
        if (!file.isDown)
            m_own += lintMigrationDown(file, m_downs.value(pairKey(file)));
    }

    void lintFact(const MigrationFile &file, const MigrationFact &fact)
    {
        m_own += lintMigrationFact(fact, file, m_state, m_inTransaction, m_hasTimeout);
        if (!takesStrongLock(fact) || m_state.newTables.contains(fact.table))
            return;
        if (!m_hasTimeout && !m_saidTimeout) {
            m_saidTimeout = true;
            m_own.append(migrationFinding("migration-lock-timeout-missing", file, fact));
        }
        if (m_inTransaction && !m_locked.contains(fact.table)) {
            m_locked.append(fact.table);
            if (m_locked.size() == 2) {
                MigrationFact several = fact;
                several.detail = m_locked.join(QStringLiteral(", "));
                m_own.append(migrationFinding("migration-several-locks", file, several));
            }
        }
    }

    void apply(const MigrationFile &file, const MigrationFact &fact)
    {
        const QString whole = fact.table + u'.' + fact.name;
        switch (fact.kind) {
        case Fact::Kind::Begin:
            m_inTransaction = true;
            break;
        case Fact::Kind::Commit:
            m_inTransaction = false;
            m_hasTimeout = m_hasTimeout && !m_localTimeout;
            m_locked.clear();
            break;
        case Fact::Kind::LockTimeout:
            m_hasTimeout = fact.isWhole;
            m_localTimeout = fact.isLocal;
            break;
        case Fact::Kind::CreateTable:
            m_state.newTables.insert(fact.table);
            break;
        case Fact::Kind::AddColumn:
        case Fact::Kind::AlterType:
            m_state.types.insert(whole, {fact.detail.section(u'(', 0, 0), fact.length});
            break;
        default:
            applyConstraint(file, fact, whole);
        }
    }

    void applyConstraint(const MigrationFile &file, const MigrationFact &fact, const QString &whole)
    {
        const bool isConstraint = fact.kind == Fact::Kind::AddCheck || fact.kind == Fact::Kind::AddForeignKey;
        if (isConstraint && fact.notValid)
            m_state.invalid.insert(whole, {fact.detail, migrationFinding("migration-never-validated", file, fact)});
        if (fact.kind == Fact::Kind::AddCheck && !fact.notValid && !fact.detail.isEmpty())
            m_state.checkedNotNull.insert(fact.table + u'.' + fact.detail);
        if (fact.kind == Fact::Kind::ValidateConstraint) {
            const QString column = m_state.invalid.value(whole).first;
            if (!column.isEmpty())
                m_state.checkedNotNull.insert(fact.table + u'.' + column);
        }
        if (fact.kind == Fact::Kind::ValidateConstraint || fact.kind == Fact::Kind::DropConstraint)
            m_state.invalid.remove(whole);
    }

    void noteExpandAndContract(const MigrationFile &file)
    {
        MigrationFact place;
        place.detail = file.path.section(u'/', -1);
        place.line = 1;
        if (!file.expand.isEmpty() && !file.isDown && file.changed)
            m_expands.insert(place.detail, migrationFinding("migration-expand-open", file, place));
        if (file.contract.isEmpty())
            return;
        for (auto it = m_expands.begin(); it != m_expands.end();)
            it = it.key().startsWith(file.contract) ? m_expands.erase(it) : std::next(it);
        if (m_seen.contains(file.contract))
            return;
        place.detail = file.contract;
        place.line = file.contractLine;
        m_own.append(migrationFinding("migration-contract-unknown", file, place));
    }

    /// Takes away what a reasoned suppression covers.
    static QList<Finding> allowed(const MigrationFile &file, const QList<Finding> &found)
    {
        QList<Finding> left;
        for (const Finding &finding : found) {
            const bool isAllowed =
                std::any_of(file.allowances.cbegin(), file.allowances.cend(), [&](const MigrationAllowance &allowance) {
                    return allowance.rule == finding.rule && !allowance.reason.isEmpty() &&
                           covers(file, allowance.line, finding);
                });
            if (!isAllowed)
                left.append(finding);
        }
        for (const MigrationAllowance &allowance : file.allowances) {
            if (!allowance.reason.isEmpty())
                continue;
            MigrationFact place;
            place.detail = allowance.rule;
            place.line = allowance.line;
            left.append(migrationFinding("migration-allow-without-reason", file, place));
        }
        return left;
    }

    static bool covers(const MigrationFile &file, int line, const Finding &finding)
    {
        if (finding.rule.startsWith(QLatin1String("migration-down-")) ||
            finding.rule.startsWith(QLatin1String("migration-contract")))
            return true;
        for (const MigrationStatement &statement : file.up) {
            if (statement.lastLine >= line)
                return finding.line >= statement.line && finding.line <= statement.lastLine;
        }
        return false;
    }

    const QList<MigrationFile> &m_files;
    bool m_oneChange;
    QHash<QString, const MigrationFile *> m_downs{};
    MigrationState m_state{};
    QHash<QString, Finding> m_expands{};
    QSet<QString> m_seen{};
    QList<Finding> m_own{};
    QList<Finding> m_findings{};
    QStringList m_locked{};
    bool m_inTransaction = false;
    bool m_hasTimeout = false;
    bool m_localTimeout = false;
    bool m_saidTimeout = false;
};

} // namespace

QList<Finding> lintMigrations(QList<MigrationFile> files, bool oneChange)
{
    std::stable_sort(files.begin(), files.end(), migrationComesBefore);
    return MigrationLintRun(files, oneChange).run();
}

} // namespace cockpit
