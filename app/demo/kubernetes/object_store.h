// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/kubernetes/resource_types.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace cockpit::demo {

/// The objects of one API server with their resourceVersions and the newest changes, as etcd and the watch cache hold
/// them. Objects have no kind and apiVersion of their own: their type gives these. Not thread-safe.
class ObjectStore {
public:
    using Json = nlohmann::ordered_json;
    using Object = std::shared_ptr<const Json>;

    /// One change, for watches.
    struct Change {
        enum class Type { Added, Modified, Deleted };
        std::int64_t revision = 0;
        Type type = Type::Modified;
        const ResourceType *resource = nullptr;
        std::string nameSpace{};
        Object object{}; ///< as it is now; as it was last, when it is deleted
        Object before{}; ///< null when it was not there
    };

    explicit ObjectStore(std::uint64_t seed)
        : m_seed(seed)
    {}

    /// Null when it is not there.
    Object find(const ResourceType &type, const std::string &nameSpace, const std::string &name) const;
    /// By name; every namespace when `nameSpace` is empty.
    std::vector<Object> list(const ResourceType &type, const std::string &nameSpace) const;
    /// Stores it under its metadata.namespace and name. A new object gets a uid and, where the type counts them,
    /// generation 1. When nothing differs from what is stored, nothing happens. Answers the stored object.
    Object put(const ResourceType &type, Json object);
    /// False when it was not there.
    bool remove(const ResourceType &type, const std::string &nameSpace, const std::string &name);

    std::int64_t revision() const { return m_revision; }
    /// Changes after this one are known; a watch from before it is too old.
    std::int64_t oldest() const { return m_oldest; }
    /// The changes after `revision`, oldest first.
    std::vector<Change> changesAfter(std::int64_t revision, const ResourceType &type,
                                     const std::string &nameSpace) const;
    /// Forgets all changes, as a restarted server does.
    void compact();

private:
    using Key = std::tuple<const ResourceType *, std::string, std::string>;
    void note(Change change);
    std::string newUid();

    std::uint64_t m_seed;
    std::uint64_t m_made = 0;
    std::int64_t m_revision = 184200;
    std::int64_t m_oldest = 184200;
    std::map<Key, Object> m_objects{};
    std::deque<Change> m_changes{};
};

} // namespace cockpit::demo
