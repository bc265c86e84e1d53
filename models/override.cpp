// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/override.h"

#include <type_traits>

namespace cockpit {

namespace {

/// One overload per intent that can be held: what it holds, in words that no two things share.
struct SubjectWords {
    QString operator()(const OverrideBreaker &one) const { return ofBreaker(one.breaker); }
    QString operator()(const ResetBreaker &one) const { return ofBreaker(one.breaker); }
    QString operator()(const SetFlag &one) const
    {
        return QStringList{QStringLiteral("flag"), one.flag.source.toString(), one.flag.project, one.flag.name,
                           one.environment}
            .join(QChar(0x1f));
    }
    QString operator()(const SetReplicaLimits &one) const { return QStringLiteral("limits") + QChar(0x1f) + one.object.path(); }
    QString operator()(const SetSync &one) const { return QStringLiteral("sync") + QChar(0x1f) + one.object.path(); }
    template <typename Other> QString operator()(const Other &) const { return {}; }

private:
    static QString ofBreaker(const BreakerKey &key)
    {
        return QStringList{QStringLiteral("breaker"), key.source.toString(), key.from.toString(), key.name}.join(
            QChar(0x1f));
    }
};

} // namespace

QString overrideSubject(const ActionIntent &intent) { return std::visit(SubjectWords{}, intent); }

QString leaseEndedBy(const ActionIntent &intent)
{
    return std::visit(
        [](const auto &one) {
            if constexpr (requires { one.lease; })
                return one.lease;
            else
                return QString();
        },
        intent);
}

} // namespace cockpit
