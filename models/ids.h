// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

#include <compare>

namespace cockpit {

/// A string that names one kind of thing, so that a ServiceId cannot be passed for an ActionId.
template<typename Tag> class StrongId {
public:
    StrongId() = default;
    explicit StrongId(QString text) : m_text(std::move(text)) {}
    const QString &toString() const { return m_text; }
    bool isEmpty() const { return m_text.isEmpty(); }
    friend bool operator==(const StrongId &, const StrongId &) = default;
    friend bool operator<(const StrongId &a, const StrongId &b) { return a.m_text < b.m_text; }
    friend size_t qHash(const StrongId &id, size_t seed = 0) noexcept { return qHash(id.m_text, seed); }

private:
    QString m_text{};
};

/// One service in every room, as `services:` of the configuration or the data name it.
using ServiceId = StrongId<struct ServiceIdTag>;
/// One action, a UUIDv7 made in app/.
using ActionId = StrongId<struct ActionIdTag>;
/// One configured source, for example "alertmanager/eu/a" or "prometheus/eu".
using SourceId = StrongId<struct SourceIdTag>;

/// An alert: the fingerprint is only unique inside one Alertmanager cluster, whose HA members share it.
struct AlertKey {
    QString cluster{};
    QString fingerprint{};
    bool operator==(const AlertKey &) const = default;
    friend bool operator<(const AlertKey &a, const AlertKey &b)
    {
        return a.cluster != b.cluster ? a.cluster < b.cluster : a.fingerprint < b.fingerprint;
    }
    friend size_t qHash(const AlertKey &key, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, key.cluster, key.fingerprint);
    }
};

/// An object of a cluster. `uid` tells a recreated object from the one that was seen before.
struct ObjectKey {
    QString environment{};
    QString context{};
    QString nameSpace{};
    QString kind{};
    QString name{};
    QString uid{};
    bool operator==(const ObjectKey &) const = default;
    friend size_t qHash(const ObjectKey &key, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, key.environment, key.context, key.nameSpace, key.kind, key.name, key.uid);
    }
    /// "context/namespace/kind/name", as the command line names objects.
    QString path() const { return context + u'/' + nameSpace + u'/' + kind + u'/' + name; }
};

} // namespace cockpit
