// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/breaker_http_json.h"
#include "app/formats/breaker_reading.h"
#include "app/net/http_client.h"
#include "models/breaker.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cockpit {

/// One request to one instance; the path is encoded and stands behind the instance's own.
struct BreakerCall {
    QByteArray method{"GET"};
    QString path{};
    QList<std::pair<QString, QString>> query{};
    QByteArray body{};
    bool anyStatus = false; ///< the body counts whatever the status: Spring's health answers 503 while down
};

/// Who wants an override and for how long, for protocols that take it.
struct BreakerWish {
    QString actor{};
    QString reason{};
    Duration length{0};
};

/// All breakers of one instance.
struct InstanceReading {
    BreakerReadings breakers{};
    QString readOnlyReason{};             ///< why nothing can be changed there, in words; empty = nobody said so
    std::optional<Duration> clockAhead{}; ///< how far this computer's clock is ahead of the instance's
};

/// How one kind of backend is asked and told. Immutable; called on the I/O thread.
class BreakerProtocol {
public:
    virtual ~BreakerProtocol() = default;
    /// "resilience4j", "envoy", "http".
    virtual QString kind() const = 0;
    /// The way back is always among them when anything is.
    virtual QList<BreakerMode> possible() const = 0;
    /// What to read next, after these answers; nothing when they say it all.
    virtual std::optional<BreakerCall> nextRead(const std::vector<std::string> &answers) const = 0;
    /// Errors: Parse.
    virtual Result<InstanceReading> parse(const std::vector<std::string> &answers) const = 0;
    virtual BreakerCall set(const QString &name, BreakerMode mode, const BreakerWish &wish) const = 0;
    /// Why a change was refused, in the words of the protocol. `lasting`: the next one would be, too.
    struct Refusal {
        Error error{};
        QString lasting{};
    };
    virtual Refusal refusal(const QString &pod, const HttpResponse &response) const = 0;
};

/// Spring Boot's actuator.
std::shared_ptr<const BreakerProtocol> resilience4jProtocol();
/// Envoy's admin interface.
std::shared_ptr<const BreakerProtocol> envoyProtocol();

/// One call of a declared source: {name}, {mode}, {seconds}, {reason}, {actor}.
struct BreakerTemplate {
    QByteArray method{};
    QString path{};
    QString body{};
    QHash<QString, QString> modes{};
};
/// A declared HTTP source.
struct HttpBreakerSettings {
    QString listPath{};
    BreakerPointers pointers{};
    std::optional<BreakerTemplate> set{};
    std::optional<BreakerTemplate> reset{};
};
std::shared_ptr<const BreakerProtocol> httpBreakerProtocol(HttpBreakerSettings settings);

/// Whether the state is what the mode asks for.
bool isAsWanted(BreakerMode mode, BreakerState state);

} // namespace cockpit
