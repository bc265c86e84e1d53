// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/api_status.h"

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

ApiStatus withDetails(int code, const std::string &reason, const std::string &message, Json details)
{
    ApiStatus status = ApiStatus::of(code, reason, message);
    status.body.erase("code");
    status.body["details"] = std::move(details);
    status.body["code"] = code;
    return status;
}

Json detailsOf(const std::string &name, const std::string &group, const std::string &kind)
{
    Json details = Json::object();
    if (!name.empty())
        details["name"] = name;
    if (!group.empty())
        details["group"] = group;
    details["kind"] = kind;
    return details;
}

ApiStatus invalid(const std::string &subject, Json details, const std::vector<FieldProblem> &problems)
{
    std::string text;
    details["causes"] = Json::array();
    for (const FieldProblem &problem : problems) {
        text += (text.empty() ? "" : ", ") + problem.field + ": " + problem.message;
        details["causes"].push_back(
            {{"reason", problem.reason}, {"message", problem.message}, {"field", problem.field}});
    }
    if (problems.size() > 1)
        text = '[' + text + ']';
    return withDetails(422, "Invalid", subject + " is invalid: " + text, std::move(details));
}

} // namespace

ApiStatus ApiStatus::of(int code, const std::string &reason, const std::string &message)
{
    ApiStatus status;
    status.code = code;
    status.body = {{"kind", "Status"},
                   {"apiVersion", "v1"},
                   {"metadata", Json::object()},
                   {"status", "Failure"},
                   {"message", message}};
    if (!reason.empty())
        status.body["reason"] = reason;
    status.body["code"] = code;
    return status;
}

ApiStatus ApiStatus::plain(int code, std::string text, int retryAfter)
{
    ApiStatus status;
    status.code = code;
    status.text = std::move(text);
    status.retryAfter = retryAfter;
    return status;
}

ApiStatus ApiStatus::notFound(const ResourceType &type, const std::string &name)
{
    return withDetails(404, "NotFound", type.qualified() + " \"" + name + "\" not found",
                       detailsOf(name, type.group, type.plural));
}

ApiStatus ApiStatus::conflict(const ResourceType &type, const std::string &name)
{
    return withDetails(409, "Conflict",
                       "Operation cannot be fulfilled on " + type.qualified() + " \"" + name +
                           "\": the object has been modified; please apply your changes to the latest version and "
                           "try again",
                       detailsOf(name, type.group, type.plural));
}

ApiStatus ApiStatus::uidConflict(const ResourceType &type, const std::string &name, const std::string &wanted,
                                 const std::string &found)
{
    return withDetails(409, "Conflict",
                       "Operation cannot be fulfilled on " + type.qualifiedKind() + " \"" + name +
                           "\": the UID in the precondition (" + wanted + ") does not match the UID in record (" +
                           found + "). The object might have been deleted and then recreated",
                       detailsOf(name, type.group, type.kind));
}

ApiStatus ApiStatus::methodNotAllowed(const ResourceType &type, const std::string &verb)
{
    if (!type.custom)
        return withDetails(405, "MethodNotAllowed", "the server does not allow this method on the requested resource",
                           Json::object());
    return withDetails(405, "MethodNotAllowed",
                       verb + " is not supported on resources of kind \"" + type.qualified() + '"',
                       detailsOf({}, type.group, type.plural));
}

ApiStatus ApiStatus::unsupportedMediaType(bool custom)
{
    return of(415, "UnsupportedMediaType",
              std::string("the body of the request was in an unknown format - accepted media types include: "
                          "application/json-patch+json, application/merge-patch+json, ") +
                  (custom ? "" : "application/strategic-merge-patch+json, ") + "application/apply-patch+yaml");
}

ApiStatus ApiStatus::badPatch()
{
    return withDetails(422, "Invalid", "the server rejected our request due to an error in our request",
                       Json::object());
}

ApiStatus ApiStatus::malformedPatch()
{
    return of(400, "BadRequest", "error decoding patch: unexpected end of JSON input");
}

ApiStatus ApiStatus::expired(const std::string &message) { return of(410, "Expired", message); }

ApiStatus ApiStatus::unauthorized() { return of(401, "Unauthorized", "Unauthorized"); }

ApiStatus ApiStatus::startingUp()
{
    ApiStatus status = withDetails(503, "ServiceUnavailable",
                                   "the request has been made before all known HTTP paths have been installed, "
                                   "please try again",
                                   {{"retryAfterSeconds", 5}});
    status.retryAfter = 5;
    return status;
}

ApiStatus invalidObject(const ResourceType &type, const std::string &name, const std::vector<FieldProblem> &problems)
{
    return invalid(type.qualifiedKind() + " \"" + name + '"', detailsOf(name, type.group, type.kind), problems);
}

ApiStatus invalidOptions(const std::string &kind, const std::vector<FieldProblem> &problems)
{
    return invalid(kind + ".meta.k8s.io \"\"", detailsOf({}, "meta.k8s.io", kind), problems);
}

ApiStatus forbidden(const AccessRequest &request)
{
    const std::string plural = request.resource.substr(0, request.resource.find('/'));
    const std::string qualified = request.group.empty() ? plural : plural + '.' + request.group;
    const std::string object = request.name.empty() ? std::string() : " \"" + request.name + '"';
    const std::string scope = request.nameSpace.empty() ? std::string("at the cluster scope")
                                                        : "in the namespace \"" + request.nameSpace + '"';
    return withDetails(403, "Forbidden",
                       qualified + object + " is forbidden: User \"" + request.user + "\" cannot " + request.verb +
                           " resource \"" + request.resource + "\" in API group \"" + request.group + "\" " + scope,
                       detailsOf(request.name, request.group, plural));
}

} // namespace cockpit::demo
