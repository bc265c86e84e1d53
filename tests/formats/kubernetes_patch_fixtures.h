// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/kubernetes_patches.h"
#include "tests/formats/kubernetes_fixtures.h"

#include <nlohmann/json.hpp>

using Json = nlohmann::json;

inline cockpit::KubernetesObject object(const std::string &body)
{
    return cockpit::KubernetesObject::parse(body).value();
}
inline cockpit::KubernetesObject recordedObject(const char *name)
{
    return object(recordedBody(std::string(name) + ".response.txt"));
}
inline cockpit::KubernetesObject objectFrom(const QByteArray &text) { return object(jsonBytes(text).toStdString()); }

inline Json bodyOf(const cockpit::KubernetesPatch &patch) { return Json::parse(patch.body.toStdString()); }

/// What was recorded, with the guard that only the cockpit adds.
inline Json sentWithGuard(const std::string &file, const cockpit::KubernetesObject &live)
{
    Json body = Json::parse(recordedBody(file));
    body["metadata"]["resourceVersion"] = live.resourceVersion().toStdString();
    return body;
}

inline QString pathOf(const std::string &file)
{
    return QString::fromStdString(recorded(file))
        .section(u' ', 1, 1)
        .section(u'?', 0, 0)
        .section(u'\r', 0, 0)
        .section(u'\n', 0, 0);
}

inline cockpit::KubernetesObject replicaSet(const char *file, const char *name)
{
    const QList<cockpit::KubernetesObject> items = recordedObject(file).items();
    for (const cockpit::KubernetesObject &item : items) {
        if (item.name() == QLatin1String(name))
            return item;
    }
    return {};
}
