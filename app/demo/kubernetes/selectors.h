// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace cockpit::demo {

/// A label selector or a field selector as list and watch take them.
class ObjectSelector {
public:
    using Json = nlohmann::ordered_json;
    /// The second alternative is the server's complaint.
    static std::variant<ObjectSelector, std::string> parse(const std::string &labelSelector,
                                                           const std::string &fieldSelector);
    bool matches(const Json &object) const;
    bool isEmpty() const { return m_labels.empty() && m_fields.empty(); }

private:
    struct Requirement {
        enum class Kind { In, NotIn, Exists, Absent };
        Kind kind = Kind::In;
        std::string key{};
        std::vector<std::string> values{};
    };
    static std::optional<Requirement> requirement(const std::string &text);
    static bool holds(const Requirement &requirement, const std::optional<std::string> &value);

    std::vector<Requirement> m_labels{};
    std::vector<Requirement> m_fields{};
};

} // namespace cockpit::demo
