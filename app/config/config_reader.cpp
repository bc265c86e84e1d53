// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/config_reader.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace cockpit {

ConfigReader::ConfigReader(QString path, EnvironmentVariables environment)
    : m_path(std::move(path)), m_environment(std::move(environment))
{
}

QString ConfigReader::absolutePath(const QString &text) const
{
    if (text == u"~" || text.startsWith(u"~/"))
        return QDir::cleanPath(QDir::homePath() + text.mid(1));
    const QDir folder = m_path.isEmpty() ? QDir() : QFileInfo(m_path).absoluteDir();
    return QDir::cleanPath(folder.absoluteFilePath(text));
}

QString ConfigReader::keyPath() const
{
    QString path;
    for (const QString &key : m_keys)
        path += key.startsWith(u'[') || path.isEmpty() ? key : u'.' + key;
    return path;
}

void ConfigReader::add(const YAML::Node &at, const QString &rule, const QString &message, const QString &fix,
                       Finding::Level level)
{
    Finding finding{rule, level, m_path, 0, 0, keyPath(), message, {}, fix};
    const QString tag = QString::fromStdString(at.Tag());
    if (tag.startsWith(QLatin1String(configOverrideTag))) {
        finding.file = u'$' + tag.mid(QLatin1String(configOverrideTag).size());
    } else if (!at.Mark().is_null()) {
        finding.line = at.Mark().line + 1;
        finding.column = at.Mark().column + 1;
    }
    m_problems.append(finding);
}

void ConfigReader::addAtMark(const YAML::Mark &mark, const QString &rule, const QString &message)
{
    const bool known = !mark.is_null();
    m_problems.append({rule, Finding::Level::High, m_path, known ? mark.line + 1 : 0, known ? mark.column + 1 : 0,
                       keyPath(), message, {}, {}});
}

void ConfigReader::expected(const YAML::Node &at, const QString &what)
{
    add(at, QStringLiteral("config-wrong-value"), ConfigWords::tr("Expected here: %1.").arg(what));
}

void ConfigReader::unknownKey(const YAML::Node &key, const QStringList &known)
{
    const QString word = configKeyText(key);
    const Scope scope(*this, word);
    const QString nearest = nearestWord(word, known);
    const QString fix = nearest.isEmpty()
                            ? ConfigWords::tr("Known here: %1.").arg(known.join(QStringLiteral(", ")))
                            : ConfigWords::tr("Did you mean \"%1\"?").arg(nearest);
    add(key, QStringLiteral("config-unknown-key"), ConfigWords::tr("This key is not known."), fix);
}

void ConfigReader::missingKey(const YAML::Node &map, const QString &key)
{
    const Scope scope(*this, key);
    add(map, QStringLiteral("config-missing-key"), ConfigWords::tr("This key is missing."));
}

bool ConfigReader::expectMap(const YAML::Node &node)
{
    if (node.IsMap())
        return true;
    expected(node, ConfigWords::tr("keys with values"));
    return false;
}

QString configKeyText(const YAML::Node &key)
{
    return key.IsScalar() ? QString::fromStdString(key.Scalar()) : QString();
}

bool isSameConfigKey(const YAML::Node &key, const QString &known)
{
    const bool fromVariable = key.Tag() == configOverrideKeyTag;
    return configKeyText(key).compare(known, fromVariable ? Qt::CaseInsensitive : Qt::CaseSensitive) == 0;
}

QString nearestWord(const QString &word, const QStringList &known)
{
    QString nearest;
    qsizetype least = std::max<qsizetype>(2, word.size() / 3) + 1;
    for (const QString &candidate : known) {
        std::vector<qsizetype> row(static_cast<size_t>(candidate.size()) + 1);
        for (size_t i = 0; i < row.size(); ++i)
            row[i] = static_cast<qsizetype>(i);
        for (qsizetype i = 0; i < word.size(); ++i) {
            qsizetype diagonal = std::exchange(row[0], i + 1);
            for (size_t j = 1; j < row.size(); ++j) {
                const bool same = word.at(i).toCaseFolded() == candidate.at(qsizetype(j) - 1).toCaseFolded();
                const qsizetype changed = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
            }
        }
        if (row.back() < least) {
            least = row.back();
            nearest = candidate;
        }
    }
    return nearest;
}

} // namespace cockpit
