// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/breakers/breaker_protocol.h"
#include "app/breakers/breaker_words.h"
#include "app/formats/resilience4j_json.h"

#include <QUrl>

namespace cockpit {

namespace {

/// backends.md §7a. The states live in each process and are lost with it.
class Resilience4jProtocol final : public BreakerProtocol {
public:
    QString kind() const override { return QStringLiteral("resilience4j"); }
    QList<BreakerMode> possible() const override
    {
        return {BreakerMode::ForceOpen, BreakerMode::ForceClosed, BreakerMode::Disable, BreakerMode::Reset};
    }

    std::optional<BreakerCall> nextRead(const std::vector<std::string> &answers) const override
    {
        if (answers.empty())
            return BreakerCall{.path = QStringLiteral("/circuitbreakers")};
        const auto list = answers.size() == 1 ? parseResilience4jList(answers.front()) : Resilience4jList{};
        if (list && list->namesOnly) // an older version tells the states in its health alone
            return BreakerCall{.path = QStringLiteral("/health"), .anyStatus = true};
        return std::nullopt;
    }

    Result<InstanceReading> parse(const std::vector<std::string> &answers) const override
    {
        auto list = parseResilience4jList(answers.front());
        if (!list)
            return list.error();
        // Without a health that tells them the states stay unknown: the names are known all the same.
        if (answers.size() > 1)
            (void)readResilience4jHealth(answers.at(1), list->breakers).has_value();
        return InstanceReading{std::move(list->breakers), {}, {}};
    }

    BreakerCall set(const QString &name, BreakerMode mode, const BreakerWish &) const override
    {
        return {.method = "POST",
                .path = QStringLiteral("/circuitbreakers/") + QString::fromLatin1(QUrl::toPercentEncoding(name)),
                .body = resilience4jSetBody(mode)};
    }

    Refusal refusal(const QString &pod, const HttpResponse &response) const override
    {
        Refusal refused{httpStatusError(pod, response), {}};
        switch (response.status) {
        case 405:
            refused.lasting = BreakerWords::tr("the actuator is read-only (405)");
            refused.error.next =
                BreakerWords::tr("Allow writes: management.endpoint.circuitbreakers.access=unrestricted.");
            break;
        case 401:
        case 403:
            refused.lasting = BreakerWords::tr("the actuator refuses writes (%1)").arg(response.status);
            refused.error.next =
                BreakerWords::tr("Exempt the actuator from CSRF protection, or give a login that may.");
            break;
        case 404:
            refused.lasting = BreakerWords::tr("the actuator takes no writes (404)");
            refused.error.next = BreakerWords::tr("Expose `circuitbreakers` with write access.");
            break;
        default:
            return refused;
        }
        refused.error.what = BreakerWords::tr("%1: %2.").arg(pod, refused.lasting);
        refused.error.meaning = BreakerWords::tr("Nothing was changed there.");
        return refused;
    }
};

} // namespace

std::shared_ptr<const BreakerProtocol> resilience4jProtocol() { return std::make_shared<Resilience4jProtocol>(); }

} // namespace cockpit
