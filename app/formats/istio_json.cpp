// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/istio_json.h"

#include "app/formats/action_codec_intents.h"
#include "app/formats/format_words.h"

#include <nlohmann/json.hpp>

namespace cockpit {

using nlohmann::json;

namespace {

constexpr double istioAllCalls = 100;
constexpr int istioUnavailable = 503;

/// Null for an object without HTTP routes.
const json *istioRoutes(const KubernetesObject &object)
{
    const json &value = object.json();
    const auto spec = value.find("spec");
    if (spec == value.end() || !spec->is_object())
        return nullptr;
    const auto http = spec->find("http");
    return http != spec->end() && http->is_array() && !http->empty() ? &*http : nullptr;
}

const json *istioAbort(const json &route)
{
    const auto fault = route.find("fault");
    if (fault == route.end() || !fault->is_object())
        return nullptr;
    const auto abort = fault->find("abort");
    return abort == fault->end() ? nullptr : &*abort;
}

/// The abort that force open sets.
json istioFullAbort() { return {{"percentage", {{"value", istioAllCalls}}}, {"httpStatus", istioUnavailable}}; }

bool istioRefusesAll(const json &route)
{
    const json *abort = istioAbort(route);
    if (!abort || !abort->is_object())
        return false;
    const auto percentage = abort->find("percentage");
    return percentage != abort->end() && percentage->is_object() && percentage->value("value", 0.0) >= istioAllCalls;
}

QString istioOwner(const KubernetesObject &object)
{
    const QString argo = object.label(QStringLiteral("argocd.argoproj.io/instance"));
    if (!argo.isEmpty() || !object.annotation(QStringLiteral("argocd.argoproj.io/tracking-id")).isEmpty())
        return QStringLiteral("Argo CD");
    if (!object.label(QStringLiteral("kustomize.toolkit.fluxcd.io/name")).isEmpty() ||
        !object.label(QStringLiteral("helm.toolkit.fluxcd.io/name")).isEmpty())
        return QStringLiteral("Flux");
    const QString manager = object.label(QStringLiteral("app.kubernetes.io/managed-by"));
    return manager == u"Helm" ? QString() : manager; // Helm acts only when somebody runs it
}

void addIstioRoute(json &patch, const json &route, size_t index, bool open)
{
    const std::string base = "/spec/http/" + std::to_string(index);
    if (route.contains("name"))
        patch.push_back({{"op", "test"}, {"path", base + "/name"}, {"value", route["name"]}});
    const auto fault = route.find("fault");
    const bool hasFault = fault != route.end() && fault->is_object();
    if (open && hasFault)
        patch.push_back({{"op", "add"}, {"path", base + "/fault/abort"}, {"value", istioFullAbort()}});
    else if (open)
        patch.push_back({{"op", "add"}, {"path", base + "/fault"}, {"value", {{"abort", istioFullAbort()}}}});
    else if (hasFault && istioRefusesAll(route))
        patch.push_back({{"op", "remove"}, {"path", base + (fault->size() > 1 ? "/fault/abort" : "/fault")}});
}

Error notForIstio(const QString &what)
{
    return Error{Error::Kind::Invalid, what, FormatWords::tr("Nothing was sent."), {}};
}

} // namespace

IstioBreaker istioBreaker(const KubernetesObject &object)
{
    IstioBreaker breaker;
    breaker.name = object.name();
    breaker.controlledBy = istioOwner(object);
    const json &value = object.json();
    const json hosts = value.value("/spec/hosts"_json_pointer, json::array());
    if (hosts.is_array() && !hosts.empty() && hosts.front().is_string())
        breaker.host = textOf(hosts.front());
    const json *routes = istioRoutes(object);
    if (!routes) {
        breaker.readOnlyReason = FormatWords::tr("the VirtualService has no HTTP routes");
        return breaker;
    }
    size_t refusing = 0;
    size_t other = 0;
    for (const json &route : *routes) {
        refusing += istioRefusesAll(route) ? 1 : 0;
        other += istioAbort(route) && !istioRefusesAll(route) ? 1 : 0;
    }
    if (refusing == routes->size())
        breaker.state = BreakerState::ForcedOpen;
    if (other > 0)
        breaker.readOnlyReason = FormatWords::tr("a route has an abort fault of its own");
    return breaker;
}

Result<QByteArray> istioFaultPatch(const KubernetesObject &object, BreakerMode mode)
{
    const json *routes = istioRoutes(object);
    if (!routes)
        return notForIstio(FormatWords::tr("The VirtualService %1 has no HTTP routes.").arg(object.name()));
    if (mode != BreakerMode::ForceOpen && mode != BreakerMode::Reset)
        return notForIstio(FormatWords::tr("Istio can only force open and give back."));
    json patch = json::array();
    for (size_t i = 0; i < routes->size(); ++i)
        addIstioRoute(patch, routes->at(i), i, mode == BreakerMode::ForceOpen);
    patch.push_back(
        {{"op", "replace"}, {"path", "/metadata/resourceVersion"}, {"value", object.resourceVersion().toStdString()}});
    return QByteArray::fromStdString(patch.dump(-1, ' ', false, json::error_handler_t::replace));
}

} // namespace cockpit
