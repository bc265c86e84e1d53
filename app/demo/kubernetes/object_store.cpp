// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/object_store.h"

#include "app/demo/curve.h"

#include <array>
#include <cstdio>

namespace cockpit::demo {

namespace {

/// As many changes as a watch may be behind.
constexpr std::size_t keptChanges = 4000;

} // namespace

ObjectStore::Object ObjectStore::find(const ResourceType &type, const std::string &nameSpace,
                                      const std::string &name) const
{
    const auto found = m_objects.find({&type, nameSpace, name});
    return found == m_objects.end() ? nullptr : found->second;
}

std::vector<ObjectStore::Object> ObjectStore::list(const ResourceType &type, const std::string &nameSpace) const
{
    std::vector<Object> found;
    for (auto entry = m_objects.lower_bound({&type, nameSpace, std::string()}); entry != m_objects.end(); ++entry) {
        if (std::get<0>(entry->first) != &type || (!nameSpace.empty() && std::get<1>(entry->first) != nameSpace))
            break;
        found.push_back(entry->second);
    }
    return found;
}

ObjectStore::Object ObjectStore::put(const ResourceType &type, Json object)
{
    Json &metadata = object["metadata"];
    const std::string nameSpace = metadata.value("namespace", std::string());
    Object &place = m_objects[{&type, nameSpace, metadata.value("name", std::string())}];
    if (place) {
        metadata["resourceVersion"] = (*place)["metadata"]["resourceVersion"];
        if (object == *place)
            return place;
    } else {
        if (!metadata.contains("uid"))
            metadata["uid"] = newUid();
        if (type.countsGenerations && !metadata.contains("generation"))
            metadata["generation"] = 1;
    }
    metadata["resourceVersion"] = std::to_string(++m_revision);
    const Object before = place;
    place = std::make_shared<const Json>(std::move(object));
    note({m_revision, before ? Change::Type::Modified : Change::Type::Added, &type, nameSpace, place, before});
    return place;
}

bool ObjectStore::remove(const ResourceType &type, const std::string &nameSpace, const std::string &name)
{
    const auto found = m_objects.find({&type, nameSpace, name});
    if (found == m_objects.end())
        return false;
    const Object before = found->second;
    Json last = *before;
    last["metadata"]["resourceVersion"] = std::to_string(++m_revision);
    m_objects.erase(found);
    note({m_revision, Change::Type::Deleted, &type, nameSpace, std::make_shared<const Json>(std::move(last)), before});
    return true;
}

void ObjectStore::note(Change change)
{
    m_changes.push_back(std::move(change));
    if (m_changes.size() > keptChanges) {
        m_oldest = m_changes.front().revision;
        m_changes.pop_front();
    }
}

std::vector<ObjectStore::Change> ObjectStore::changesAfter(std::int64_t revision, const ResourceType &type,
                                                           const std::string &nameSpace) const
{
    std::vector<Change> found;
    for (auto change = m_changes.rbegin(); change != m_changes.rend() && change->revision > revision; ++change)
        if (change->resource == &type && (nameSpace.empty() || change->nameSpace == nameSpace))
            found.push_back(*change);
    return {found.rbegin(), found.rend()};
}

void ObjectStore::compact()
{
    m_changes.clear();
    m_oldest = m_revision;
}

std::string ObjectStore::newUid()
{
    const std::uint64_t a = hashOf(m_seed, "uid" + std::to_string(++m_made));
    const std::uint64_t b = hashOf(m_seed ^ a, "uid");
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%08x-%04x-4%03x-a%03x-%012llx", static_cast<unsigned>(a & 0xFFFFFFFFU),
                  static_cast<unsigned>((a >> 32U) & 0xFFFFU), static_cast<unsigned>((a >> 48U) & 0xFFFU),
                  static_cast<unsigned>(b & 0xFFFU), static_cast<unsigned long long>((b >> 12U) & 0xFFFFFFFFFFFFULL));
    return text.data();
}

} // namespace cockpit::demo
