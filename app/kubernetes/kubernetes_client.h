// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/kubernetes/context_link.h"
#include "app/kubernetes/kubernetes_calls.h"

#include <functional>
#include <map>
#include <memory>

namespace cockpit {

/// KubernetesCalls on HttpClient. Answers after the end of the client are dropped.
class KubernetesClient final : public KubernetesCalls {
public:
    /// Delivers a callback on the owner's thread.
    using Post = std::function<void(std::function<void()>)>;
    KubernetesClient(const Clock &clock, std::shared_ptr<TaskThread> worker, Post post);
    ~KubernetesClient() override;

    /// Thread-safe, like everything here.
    void addContext(const std::shared_ptr<ContextLink> &link);

    void call(KubernetesCall call, Answer<KubernetesAnswer> done) override;
    void mayI(const AccessQuestion &question, Answer<AccessAnswer> done) override;
    QString identity(const QString &context) const override;
    /// The contexts that can be called.
    QStringList contexts() const;

private:
    struct Shared;
    std::shared_ptr<Shared> m_shared;
};

/// The request of a call, without its endpoint; for tests.
HttpRequest kubernetesRequest(const KubernetesCall &call);
/// The texts of `Warning: 299 - "…"` headers.
QStringList kubernetesWarnings(const HttpResponse &response);

} // namespace cockpit
