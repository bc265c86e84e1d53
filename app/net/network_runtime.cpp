// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/network_runtime.h"

#include <curl/curl.h>

namespace cockpit {

NetworkRuntime::NetworkRuntime()
    : m_ready(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
{}

NetworkRuntime::~NetworkRuntime()
{
    if (m_ready)
        curl_global_cleanup();
}

} // namespace cockpit
