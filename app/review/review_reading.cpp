// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/review/review_reading.h"

#include "app/formats/alert_rules_yaml.h"
#include "app/formats/manifest_yaml.h"
#include "app/formats/migration_sql.h"
#include "app/formats/policy_yaml.h"
#include "app/formats/runbook_markdown.h"
#include "models/secret_shapes.h"

#include <QRegularExpression>
#include <QSet>
#include <QStringDecoder>

namespace cockpit {

namespace {

constexpr qsizetype mostConfigurationBytes = 1024 * 1024;

QString suffixOf(const QString &path)
{
    const QString name = path.mid(path.lastIndexOf(u'/') + 1);
    return name.mid(name.lastIndexOf(u'.') + 1).toLower();
}

bool isYamlOrJson(const QString &suffix) { return suffix == u"yaml" || suffix == u"yml" || suffix == u"json"; }

/// Configuration that is no YAML or JSON.
bool isConfigurationName(const QString &path)
{
    static const QSet<QString> suffixes{QStringLiteral("properties"), QStringLiteral("toml"), QStringLiteral("ini"),
                                        QStringLiteral("conf"),       QStringLiteral("cfg"),  QStringLiteral("env"),
                                        QStringLiteral("tfvars"),     QStringLiteral("pem"),  QStringLiteral("key")};
    const QString name = path.mid(path.lastIndexOf(u'/') + 1);
    return suffixes.contains(suffixOf(path)) || name.startsWith(u".env") || name.startsWith(u"Dockerfile");
}

/// What a package manager writes: hashes only.
bool isLockFile(const QString &path)
{
    const QString name = path.mid(path.lastIndexOf(u'/') + 1).toLower();
    return name.endsWith(u".lock") || name.endsWith(u"-lock.json") || name.endsWith(u"-lock.yaml") ||
           name == u"cargo.toml";
}

/// SQL that changes a schema: in a folder of migrations, or named as a tool of migrations names its files.
bool isMigrationPath(const QString &path)
{
    static const QRegularExpression folder(QStringLiteral("(^|/)(db/)?migrat[a-z]*/|(^|/)(schema_)?changes?/"));
    return suffixOf(path) == u"sql" &&
           (folder.match(path).hasMatch() || migrationFileOf(path).layout != MigrationFile::Layout::Plain);
}

bool isRunbookPath(const QString &path)
{
    return suffixOf(path) == u"md" && path.contains(u"runbook", Qt::CaseInsensitive);
}

bool looksLikeRules(const QByteArray &bytes)
{
    return bytes.contains("groups:") && bytes.contains("expr:") &&
           (bytes.contains("alert:") || bytes.contains("record:"));
}

bool looksLikePolicy(const QByteArray &bytes)
{
    return (bytes.startsWith("deployment:") || bytes.contains("\ndeployment:")) && bytes.contains("strategy:");
}

void readAsConfiguration(const QByteArray &bytes, ReviewFileRead &read)
{
    if (bytes.size() > mostConfigurationBytes)
        return read.notChecked.append(read.path + QStringLiteral(": configuration of more than 1 MiB"));
    QStringDecoder decoder(QStringConverter::encodingForData(bytes).value_or(QStringConverter::Utf8));
    QString text = decoder.decode(bytes);
    if (decoder.hasError())
        text = QString::fromLatin1(bytes); // the names and shapes are ASCII
    read.isConfiguration = true;
    read.configuration = reviewConfiguration(text, read.path);
}

void readAsYaml(const QByteArray &bytes, ReviewFileRead &read)
{
    const bool isManifest = looksLikeManifest(bytes);
    if (looksLikeRules(bytes) && !isHelmTemplate(bytes)) {
        AlertRulesFile rules = readAlertRules(bytes, read.path);
        read.rules = std::move(rules.rules);
        read.suppressions = std::move(rules.suppressions);
        read.problems = std::move(rules.problems);
    } else if (isManifest) {
        read.manifests = readManifests(bytes, read.path);
    } else if (looksLikePolicy(bytes)) {
        read.policy = parsePolicy(bytes, read.path, read.problems);
        read.policy->file = read.path;
    } else if (isHelmTemplate(bytes)) {
        read.manifests = readManifests(bytes, read.path);
    } else {
        readAsConfiguration(bytes, read);
    }
}

} // namespace

bool isReviewed(const QString &path)
{
    return !isLockFile(path) &&
           (isYamlOrJson(suffixOf(path)) || isConfigurationName(path) || isMigrationPath(path) || isRunbookPath(path));
}

bool isProgramText(const QString &path)
{
    static const QSet<QString> suffixes{QStringLiteral("rs"),   QStringLiteral("go"),  QStringLiteral("py"),
                                        QStringLiteral("java"), QStringLiteral("kt"),  QStringLiteral("ts"),
                                        QStringLiteral("tsx"),  QStringLiteral("js"),  QStringLiteral("c"),
                                        QStringLiteral("cc"),   QStringLiteral("cpp"), QStringLiteral("cs"),
                                        QStringLiteral("rb"),   QStringLiteral("php"), QStringLiteral("scala"),
                                        QStringLiteral("ex"),   QStringLiteral("erl"), QStringLiteral("swift")};
    return suffixes.contains(suffixOf(path));
}

ReviewFileRead readReviewFile(const QString &path, const QByteArray &bytes,
                              const std::function<bool(const QString &)> &isThere)
{
    ReviewFileRead read{.path = path};
    if (isYamlOrJson(suffixOf(path))) {
        readAsYaml(bytes, read);
    } else if (isMigrationPath(path)) {
        read.migration = readMigration(path, bytes);
    } else if (isRunbookPath(path)) {
        RunbookReading reading;
        reading.pathInSource = isThere;
        read.runbook = readRunbook({QStringLiteral("root"), path}, bytes, reading);
        read.suppressions = runbookSuppressions(bytes, path);
    } else {
        readAsConfiguration(bytes, read);
    }
    return read;
}

} // namespace cockpit
