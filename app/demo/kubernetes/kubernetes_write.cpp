// SPDX-License-Identifier: GPL-3.0-or-later
// The half of the Kubernetes face that writes: patches, replacements, deletions.
#include "app/demo/kubernetes/kubernetes_face.h"

#include "app/demo/kubernetes/object_patch.h"

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

/// The field manager: what the request names, else the client's own name.
std::string managerOf(const httplib::Request &request)
{
    const std::string given = parameterOf(request, "fieldManager");
    const std::string agent = request.get_header_value("User-Agent");
    return !given.empty() ? given : agent.empty() ? "unknown" : agent.substr(0, agent.find('/'));
}

/// What a patch touches, for managedFields.
Json touchedFields(const std::string &body)
{
    const Json patch = Json::parse(body, nullptr, false);
    if (patch.is_object())
        return fieldsOf(patch);
    Json fields = Json::object();
    for (const Json &operation : patch.is_array() ? patch : Json::array()) {
        Json *at = &fields;
        const std::string path = operation.value("path", std::string());
        for (std::size_t from = 1; from < path.size();) {
            const std::size_t slash = std::min(path.find('/', from), path.size());
            at = &(*at)["f:" + path.substr(from, slash - from)];
            from = slash + 1;
        }
    }
    return fields;
}

std::optional<ApiStatus> optionProblem(const httplib::Request &request, const std::string &kind)
{
    const std::string dryRun = parameterOf(request, "dryRun");
    if (dryRun.empty() || dryRun == "All")
        return std::nullopt;
    return invalidOptions(kind,
                          {{"FieldValueNotSupported",
                            "Unsupported value: []string{\"" + dryRun + "\"}: supported values: \"All\"", "dryRun"}});
}

ApiStatus unknownFields(const ResourceType &type, const Json &object, const std::vector<std::string> &paths)
{
    std::string words;
    for (const std::string &path : paths)
        words += (words.empty() ? "" : ", ") + ("unknown field \"" + path + '"');
    const FieldProblem problem{"FieldValueInvalid",
                               "Invalid value: " + Json(wireObject(type, object).dump()).dump() +
                                   ": strict decoding error: " + words,
                               "patch"};
    ApiStatus status = invalidOptions("", {problem});
    status.body["message"] = " \"\" is invalid: patch: " + problem.message;
    status.body["details"].erase("group");
    status.body["details"].erase("kind");
    return status;
}

/// What the server keeps of a rewritten object: the identity stays, and each subresource writes its own part only.
Json kept(const ResourceType &type, const Json &before, Json after, const std::string &subresource)
{
    after.erase("kind");
    after.erase("apiVersion");
    if (subresource == "status") {
        Json result = before;
        result["status"] = after.value("status", Json::object());
        return result;
    }
    if (subresource == "scale") {
        Json result = before;
        result["spec"]["replicas"] = after["spec"]["replicas"];
        return result;
    }
    for (const char *key :
         {"name", "namespace", "uid", "creationTimestamp", "generation", "managedFields", "deletionTimestamp"})
        if (before["metadata"].contains(key))
            after["metadata"][key] = before["metadata"][key];
    if (type.hasStatus && before.contains("status"))
        after["status"] = before["status"];
    return after;
}

/// Null members of a merge into nothing are absent members.
void dropNulls(Json &object)
{
    if (!object.is_object())
        return;
    for (auto member = object.begin(); member != object.end();)
        member = member->is_null() ? object.erase(member) : std::next(member);
}

} // namespace

void KubernetesFace::write(const Request &request, Response &response, const Target &target, const std::string &user,
                           const Json &fields, const Change &change)
{
    if (const auto problem = optionProblem(request, request.method == "PUT" ? "UpdateOptions" : "PatchOptions"))
        return answerStatus(response, *problem);
    const ResourceType &type = *target.type;
    const bool dryRun = parameterOf(request, "dryRun") == "All";
    const std::string validation = parameterOf(request, "fieldValidation");
    const std::string manager = managerOf(request);
    std::vector<std::string> unknown;
    const auto rewrite = [&](const ObjectStore::Object &stored) -> std::variant<Json, ApiStatus> {
        if (!stored)
            return ApiStatus::notFound(type, target.name);
        const Json shown = target.subresource == "scale" ? scaleOf(type, *stored) : wireObject(type, *stored);
        std::variant<Json, ApiStatus> changed = change(shown);
        if (std::holds_alternative<ApiStatus>(changed))
            return changed;
        Json &after = std::get<Json>(changed);
        const Json &metadata = (*stored)["metadata"];
        const bool stale = after["metadata"].value("resourceVersion", std::string()) != metadata["resourceVersion"];
        const bool guarded = after["metadata"].contains("resourceVersion");
        if ((guarded && stale) || (m_cluster.plan().switches.conflictAlways && !dryRun))
            return ApiStatus::conflict(type, target.name);
        if (after["metadata"].value("uid", std::string()) != metadata["uid"] && after["metadata"].contains("uid"))
            return ApiStatus::uidConflict(type, target.name, after["metadata"]["uid"], metadata["uid"]);
        if (target.subresource.empty())
            unknown = dropUnknownFields(type, after);
        if (!unknown.empty() && validation == "Strict")
            return unknownFields(type, *stored, unknown);
        if (const std::vector<FieldProblem> problems = problemsOf(type, after); !problems.empty())
            return invalidObject(type, target.name, problems);
        Json result = kept(type, *stored, std::move(after), target.subresource);
        dropNulls(result["status"]);
        if (result["status"].is_null())
            result.erase("status");
        if (type.countsGenerations && result.value("spec", Json()) != stored->value("spec", Json()))
            result["metadata"]["generation"] = metadata.value("generation", 1) + 1;
        if (result != *stored)
            noteManager(result, type.apiVersion(), manager, m_cluster.timeText(m_cluster.now()), fields,
                        target.subresource);
        return result;
    };
    const auto written = m_cluster.write(type, target.nameSpace, target.name, dryRun, rewrite);
    if (const ApiStatus *refusal = std::get_if<ApiStatus>(&written))
        return answerStatus(response, *refusal);
    if (validation != "Ignore")
        for (const std::string &path : unknown)
            response.set_header("Warning", "299 - \"unknown field \\\"" + path + "\\\"\"");
    const Json &object = *std::get<ObjectStore::Object>(written);
    answerJson(response, target.subresource == "scale" ? scaleOf(type, object) : wireObject(type, object));
    (void)user;
}

void KubernetesFace::patch(const Request &request, Response &response, const Target &target, const std::string &user)
{
    const std::string contentType = request.get_header_value("Content-Type");
    write(request, response, target, user, touchedFields(request.body),
          [&](const Json &shown) { return patchedObject(*target.type, shown, contentType, request.body); });
}

void KubernetesFace::put(const Request &request, Response &response, const Target &target, const std::string &user)
{
    const Json body = Json::parse(request.body, nullptr, false);
    if (!body.is_object() || !body.contains("metadata"))
        return answerStatus(
            response, ApiStatus::of(400, "BadRequest",
                                    "the object provided is unrecognized (must be of type " + target.type->kind + ')'));
    write(request, response, target, user, fieldsOf({{"spec", {{"replicas", 0}}}}),
          [&](const Json &) -> std::variant<Json, ApiStatus> { return body; });
}

void KubernetesFace::remove(const Request &request, Response &response, const Target &target)
{
    const Json options = Json::parse(request.body, nullptr, false);
    const ObjectStore::Object pod = m_cluster.read(
        [&](const ObjectStore &store) { return store.find(*target.type, target.nameSpace, target.name); });
    if (!pod)
        return answerStatus(response, ApiStatus::notFound(*target.type, target.name));
    const std::string uid = (*pod)["metadata"]["uid"];
    const std::string wanted = options.is_object() ? options.value("/preconditions/uid"_json_pointer, uid) : uid;
    if (wanted != uid)
        return answerStatus(response, ApiStatus::uidConflict(*target.type, target.name, wanted, uid));
    const ObjectStore::Object ended = parameterOf(request, "dryRun") == "All" ? pod : m_cluster.endPod(target.name);
    answerJson(response, wireObject(*target.type, ended ? *ended : *pod));
}

} // namespace cockpit::demo
