// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/selectors.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

std::string trimmed(const std::string &text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Splits at commas that are not inside parentheses.
std::vector<std::string> parts(const std::string &text)
{
    std::vector<std::string> found;
    std::string part;
    int depth = 0;
    for (const char c : text) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (c == ',' && depth == 0) {
            found.push_back(trimmed(part));
            part.clear();
        } else {
            part += c;
        }
    }
    if (!trimmed(part).empty())
        found.push_back(trimmed(part));
    return found;
}

bool isKey(const std::string &text) { return !text.empty() && text.find_first_of("=!()<> ") == std::string::npos; }

/// The text of a field by its dotted path; nothing when it is not there.
std::optional<std::string> fieldOf(const Json &object, const std::string &path)
{
    const Json *at = &object;
    std::size_t from = 0;
    while (from <= path.size()) {
        const std::size_t dot = std::min(path.find('.', from), path.size());
        const auto found = at->is_object() ? at->find(path.substr(from, dot - from)) : at->end();
        if (!at->is_object() || found == at->end())
            return std::nullopt;
        at = &*found;
        from = dot + 1;
    }
    return at->is_string() ? at->get<std::string>() : at->dump();
}

} // namespace

std::optional<ObjectSelector::Requirement> ObjectSelector::requirement(const std::string &text)
{
    const auto listed = [&](std::size_t at, std::size_t word, Requirement::Kind kind) -> std::optional<Requirement> {
        const std::size_t open = text.find('(', at + word);
        if (open == std::string::npos || text.back() != ')' || !isKey(trimmed(text.substr(0, at))))
            return std::nullopt;
        return Requirement{kind, trimmed(text.substr(0, at)), parts(text.substr(open + 1, text.size() - open - 2))};
    };
    if (const std::size_t at = text.find(" notin "); at != std::string::npos)
        return listed(at, 7, Requirement::Kind::NotIn);
    if (const std::size_t at = text.find(" in "); at != std::string::npos)
        return listed(at, 4, Requirement::Kind::In);
    if (text.front() == '!' && isKey(text.substr(1)))
        return Requirement{Requirement::Kind::Absent, text.substr(1), {}};
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos)
        return isKey(text) ? std::optional(Requirement{Requirement::Kind::Exists, text, {}}) : std::nullopt;
    const bool negated = equals > 0 && text[equals - 1] == '!';
    const std::size_t value = text.find_first_not_of('=', equals);
    const std::string key = trimmed(text.substr(0, negated ? equals - 1 : equals));
    const std::string wanted = value == std::string::npos ? "" : trimmed(text.substr(value));
    if (!isKey(key) || (value == std::string::npos ? text.size() : value) - equals > 2)
        return std::nullopt;
    return Requirement{negated ? Requirement::Kind::NotIn : Requirement::Kind::In, key, {wanted}};
}

std::variant<ObjectSelector, std::string> ObjectSelector::parse(const std::string &labelSelector,
                                                                const std::string &fieldSelector)
{
    ObjectSelector selector;
    for (const auto &[text, into] :
         {std::pair{&labelSelector, &selector.m_labels}, std::pair{&fieldSelector, &selector.m_fields}})
        for (const std::string &part : parts(*text)) {
            const std::optional<Requirement> one = part.empty() ? std::nullopt : requirement(part);
            if (!one)
                return std::string("unable to parse requirement: found '=', expected: identifier");
            into->push_back(*one);
        }
    return selector;
}

bool ObjectSelector::holds(const Requirement &requirement, const std::optional<std::string> &value)
{
    const bool listed =
        value && std::find(requirement.values.begin(), requirement.values.end(), *value) != requirement.values.end();
    switch (requirement.kind) {
    case Requirement::Kind::In:
        return listed;
    case Requirement::Kind::NotIn:
        return !listed;
    case Requirement::Kind::Exists:
        return value.has_value();
    case Requirement::Kind::Absent:
        return !value.has_value();
    }
    return false;
}

bool ObjectSelector::matches(const Json &object) const
{
    const Json &metadata = object["metadata"];
    for (const Requirement &requirement : m_labels) {
        std::optional<std::string> value;
        if (metadata.contains("labels") && metadata["labels"].contains(requirement.key))
            value = metadata["labels"][requirement.key].get<std::string>();
        if (!holds(requirement, value))
            return false;
    }
    return std::all_of(m_fields.begin(), m_fields.end(), [&](const Requirement &requirement) {
        return holds(requirement, fieldOf(object, requirement.key));
    });
}

} // namespace cockpit::demo
