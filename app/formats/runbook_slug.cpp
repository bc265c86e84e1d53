// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/runbook_slug.h"

namespace cockpit {

namespace {

bool staysInSlug(char32_t letter)
{
    switch (QChar::category(letter)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Mark_Enclosing:
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
    case QChar::Number_DecimalDigit:
    case QChar::Number_Letter:
    case QChar::Punctuation_Connector:
        return true;
    default:
        return letter == U'-';
    }
}

} // namespace

QString RunbookSlugs::next(const QString &heading)
{
    QString slug;
    for (const char32_t letter : heading.trimmed().toLower().toUcs4()) {
        if (letter == U' ')
            slug += u'-';
        else if (staysInSlug(letter))
            slug += QString::fromUcs4(&letter, 1);
    }
    QString unique = slug;
    // A heading may itself be called "a-1".
    for (int count = m_seen.value(slug); m_seen.contains(unique); ++count) {
        unique = slug + u'-' + QString::number(count);
        m_seen[slug] = count + 1;
    }
    m_seen[unique] = std::max(1, m_seen.value(unique));
    return unique;
}

} // namespace cockpit
