// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/endpoint_config.h"
#include "app/kubernetes/cluster_access.h"

namespace cockpit {

/// The way to a service of a cluster through its API server (backends.md §3.8): for backends without an ingress.
/// `config.via` names the service; the path of `config.url` stays, its host does not count, https means that the
/// service itself speaks TLS. Without a service it is the API server itself, for the paths of its pods. Errors: Invalid, for what cannot go this way: the API server takes the Authorization
/// header for itself, so that none reaches the service.
Result<EndpointPtr> serviceProxyEndpoint(const EndpointConfig &config, const ClusterAccess &access);

} // namespace cockpit
