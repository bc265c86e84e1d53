// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/kubernetes/api_access.h"

#include <httplib.h>
#include <nlohmann/json.hpp>

#include <string>

namespace cockpit::demo {

/// One answer of the Kubernetes face.
struct ApiAnswer {
    int status = 0;
    std::string body{};
    httplib::Headers headers{};
    nlohmann::ordered_json json() const { return nlohmann::ordered_json::parse(body, nullptr, false); }
};

/// Calls the Kubernetes face as one user, with a client that is not the product's.
class ApiCaller {
public:
    /// `token` empty: nobody.
    ApiCaller(const std::string &url, const std::string &user = "operator")
        : m_client(url)
        , m_token(user.empty() ? "" : ApiAccess::tokenOf(user))
    {
        m_client.set_read_timeout(10);
    }

    ApiAnswer get(const std::string &path, const char *accept = "application/json")
    {
        httplib::Headers headers = own();
        headers.emplace("Accept", accept);
        return answer(m_client.Get(path, headers));
    }
    ApiAnswer patch(const std::string &path, const nlohmann::ordered_json &body,
                    const char *type = "application/merge-patch+json")
    {
        return patchText(path, body.dump(), type);
    }
    ApiAnswer patchText(const std::string &path, const std::string &body,
                        const char *type = "application/merge-patch+json")
    {
        return answer(m_client.Patch(path, own(), body, type));
    }
    ApiAnswer put(const std::string &path, const nlohmann::ordered_json &body)
    {
        return answer(m_client.Put(path, own(), body.dump(), "application/json"));
    }
    ApiAnswer post(const std::string &path, const std::string &body)
    {
        return answer(m_client.Post(path, own(), body, "application/json"));
    }
    ApiAnswer remove(const std::string &path, const nlohmann::ordered_json &body)
    {
        return answer(m_client.Delete(path, own(), body.dump(), "application/json"));
    }
    void setToken(std::string token) { m_token = std::move(token); }
    httplib::Client &client() { return m_client; }
    httplib::Headers own() const
    {
        httplib::Headers headers;
        if (!m_token.empty())
            headers.emplace("Authorization", "Bearer " + m_token);
        return headers;
    }

private:
    static ApiAnswer answer(const httplib::Result &result)
    {
        return result ? ApiAnswer{result->status, result->body, result->headers} : ApiAnswer{};
    }
    httplib::Client m_client;
    std::string m_token;
};

constexpr const char *argoRoot = "/apis/argoproj.io/v1alpha1/namespaces/dark-tower";
constexpr const char *appsRoot = "/apis/apps/v1/namespaces/dark-tower";
constexpr const char *coreRoot = "/api/v1/namespaces/dark-tower";

} // namespace cockpit::demo
