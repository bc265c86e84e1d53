// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/breakers/breaker_protocol.h"
#include "app/breakers/breaker_words.h"
#include "app/formats/envoy_admin_json.h"

namespace cockpit {

namespace {

/// backends.md §7b. The admin interface has no login and can end Envoy: it must listen on the loopback alone.
class EnvoyProtocol final : public BreakerProtocol {
public:
    QString kind() const override { return QStringLiteral("envoy"); }
    QList<BreakerMode> possible() const override
    {
        return {BreakerMode::ForceOpen, BreakerMode::ForceClosed, BreakerMode::Reset};
    }

    std::optional<BreakerCall> nextRead(const std::vector<std::string> &answers) const override
    {
        const auto json = std::pair(QStringLiteral("format"), QStringLiteral("json"));
        switch (answers.size()) {
        case 0:
            return BreakerCall{.path = QStringLiteral("/clusters"), .query = {json}};
        case 1:
            return BreakerCall{.path = QStringLiteral("/stats"),
                               .query = {json,
                                         {QStringLiteral("filter"),
                                          QStringLiteral("circuit_breakers|overflow|maintenance_mode|rq_total")}}};
        case 2:
            return BreakerCall{.path = QStringLiteral("/runtime")};
        default:
            return std::nullopt;
        }
    }

    Result<InstanceReading> parse(const std::vector<std::string> &answers) const override
    {
        auto clusters = parseEnvoyClusters(answers.at(0));
        if (!clusters)
            return clusters.error();
        if (auto stats = readEnvoyStats(answers.at(1), *clusters); !stats)
            return stats.error();
        const auto runtime = readEnvoyRuntime(answers.at(2), *clusters);
        if (!runtime)
            return runtime.error();
        InstanceReading reading{std::move(*clusters), {}, {}};
        if (!runtime->hasAdminLayer)
            reading.readOnlyReason = noAdminLayer();
        return reading;
    }

    BreakerCall set(const QString &name, BreakerMode mode, const BreakerWish &) const override
    {
        return {.method = "POST", .path = QStringLiteral("/runtime_modify"), .query = envoyRuntimeKeys(name, mode)};
    }

    Refusal refusal(const QString &pod, const HttpResponse &response) const override
    {
        Refusal refused{httpStatusError(pod, response), {}};
        if (response.status == 503) {
            refused.lasting = noAdminLayer();
            refused.error = {Error::Kind::Forbidden, BreakerWords::tr("%1: %2 (503).").arg(pod, refused.lasting),
                             BreakerWords::tr("Nothing was changed there."),
                             BreakerWords::tr("Add an `admin_layer` to `layered_runtime` in its bootstrap.")};
        }
        return refused;
    }

private:
    static QString noAdminLayer() { return BreakerWords::tr("Envoy has no admin layer in its runtime"); }
};

} // namespace

std::shared_ptr<const BreakerProtocol> envoyProtocol() { return std::make_shared<EnvoyProtocol>(); }

bool isAsWanted(BreakerMode mode, BreakerState state)
{
    switch (mode) {
    case BreakerMode::ForceOpen:
        return state == BreakerState::ForcedOpen;
    case BreakerMode::ForceClosed: // some can only be disabled, which lets all calls through, too
    case BreakerMode::Disable:
        return state == BreakerState::ForcedClosed || state == BreakerState::Disabled;
    case BreakerMode::Reset:
        break;
    }
    return state != BreakerState::Unknown && !isForced(state);
}

} // namespace cockpit
