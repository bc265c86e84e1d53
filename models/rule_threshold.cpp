// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rule_threshold.h"

#include <QRegularExpression>

namespace cockpit {

std::optional<RuleThreshold> thresholdOf(const QString &query)
{
    constexpr qsizetype longestQuery = 20000;
    if (query.size() > longestQuery)
        return std::nullopt;
    static const QRegularExpression quoted(QStringLiteral(R"("(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|`[^`]*+`|#[^\n]*+)"));
    static const QRegularExpression joined(QStringLiteral(R"(\b(?:and|or|unless)\b)"),
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression tail(QStringLiteral(
        R"__((<=|>=|==|!=|<|>)\s*(?:bool\s*)?([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)[\s)"]*\z)__"));
    QString bare = query;
    bare.replace(quoted, QStringLiteral("\"\""));
    if (joined.match(bare).hasMatch())
        return std::nullopt;
    const QRegularExpressionMatch match = tail.match(bare);
    bool isNumber = false;
    const double value = match.captured(2).toDouble(&isNumber);
    if (!match.hasMatch() || !isNumber)
        return std::nullopt;
    return RuleThreshold{match.captured(1), value};
}

} // namespace cockpit
