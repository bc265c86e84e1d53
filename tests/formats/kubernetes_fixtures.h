// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/kubernetes_list.h"
#include "app/net/http_client.h"
#include "tests/formats/fixtures.h"

#include <QTest>

#include <algorithm>
#include <vector>

inline QByteArray jsonBytes(QByteArray text) { return text.replace('\'', '"'); }

/// One exchange with a real API server, as it was recorded: "NAME.response.txt", "NAME.request.txt" or
/// "NAME.sent1.txt".
inline std::string recorded(const std::string &file) { return fixture(("kubernetes/" + file).c_str()); }

/// What follows the headers. Requests by kubectl were written with plain line ends.
inline std::string recordedBody(const std::string &file)
{
    const std::string all = recorded(file);
    size_t from = all.find("\r\n\r\n");
    from = from == std::string::npos ? all.find("\n\n") + 2 : from + 4;
    return paddedBody(all.substr(from));
}

inline cockpit::HttpResponse recordedResponse(const std::string &name)
{
    const std::string all = recorded(name + ".response.txt");
    cockpit::HttpResponse response;
    response.body = recordedBody(name + ".response.txt");
    const QStringList head = QString::fromStdString(all.substr(0, all.find("\r\n\r\n"))).split(QStringLiteral("\r\n"));
    response.status = head.constFirst().section(u' ', 1, 1).toInt();
    for (const QString &line : head.mid(1))
        response.headers.append({line.section(u':', 0, 0).toUtf8(), line.section(u':', 1).trimmed().toUtf8()});
    return response;
}

/// The items of one kind; none when the list cannot be read.
template <typename Facts> std::vector<Facts> factsOf(const std::string &body, cockpit::KubernetesKind kind)
{
    std::vector<Facts> found;
    const auto list = cockpit::parseKubernetesList(body, kind);
    if (!list)
        return found;
    for (const cockpit::KubernetesFact &item : list->items) {
        if (const auto *const facts = std::get_if<Facts>(&item))
            found.push_back(*facts);
    }
    return found;
}
template <typename Facts> std::vector<Facts> recordedFacts(const char *name, cockpit::KubernetesKind kind)
{
    return factsOf<Facts>(recordedBody(std::string(name) + ".response.txt"), kind);
}

/// The fact of that name; a default one when there is none, which no test takes for the real one.
template <typename Facts> Facts named(const std::vector<Facts> &facts, const char *name)
{
    const auto found = std::find_if(facts.begin(), facts.end(),
                                    [&](const Facts &one) { return one.object.name == QLatin1String(name); });
    return found == facts.end() ? Facts() : *found;
}

/// Pointers, as RelatedFacts wants them.
template <typename Facts> std::vector<const Facts *> pointersTo(const std::vector<Facts> &facts)
{
    std::vector<const Facts *> pointers;
    for (const Facts &one : facts)
        pointers.push_back(&one);
    return pointers;
}

inline cockpit::Instant instant(const char *text) { return cockpit::parseRfc3339(text).value_or(cockpit::Instant()); }
