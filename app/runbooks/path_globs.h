// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QRegularExpression>
#include <QString>
#include <QStringList>

namespace cockpit {

/// Patterns over relative paths with '/': `*` and `?` stay within one folder, `**` crosses folders. Pure.
class PathGlobs {
public:
    explicit PathGlobs(const QStringList &patterns);

    bool matches(const QString &path) const;
    /// The folders below which a path can match, without a trailing '/', none inside another; "" is the root itself.
    const QStringList &folders() const { return m_folders; }

private:
    QList<QRegularExpression> m_patterns{};
    QStringList m_folders{};
};

} // namespace cockpit
