// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/breakers/breaker_protocol.h"
#include "app/breakers/breaker_words.h"

namespace cockpit {

namespace {

/// What a configuration declares of an in-house service.
class HttpBreakerProtocol final : public BreakerProtocol {
public:
    explicit HttpBreakerProtocol(HttpBreakerSettings settings)
        : m_settings(std::move(settings))
    {}
    QString kind() const override { return QStringLiteral("http"); }
    QList<BreakerMode> possible() const override
    {
        if (!m_settings.set)
            return {};
        QList<BreakerMode> modes;
        for (const BreakerMode mode : {BreakerMode::ForceOpen, BreakerMode::ForceClosed, BreakerMode::Disable}) {
            if (m_settings.set->modes.isEmpty() || m_settings.set->modes.contains(toWireName(mode)))
                modes.append(mode);
        }
        return modes << BreakerMode::Reset;
    }

    std::optional<BreakerCall> nextRead(const std::vector<std::string> &answers) const override
    {
        return answers.empty() ? std::optional(BreakerCall{.path = m_settings.listPath}) : std::nullopt;
    }

    Result<InstanceReading> parse(const std::vector<std::string> &answers) const override
    {
        auto readings = parseBreakerHttp(answers.front(), m_settings.pointers);
        if (!readings)
            return readings.error();
        InstanceReading reading{std::move(*readings), {}, {}};
        if (!m_settings.set)
            reading.readOnlyReason = BreakerWords::tr("the configuration names no way to set it");
        return reading;
    }

    BreakerCall set(const QString &name, BreakerMode mode, const BreakerWish &wish) const override
    {
        const BreakerTemplate &call = mode == BreakerMode::Reset ? *m_settings.reset : *m_settings.set;
        const QString word = toWireName(mode);
        const QHash<QString, QString> words{{QStringLiteral("name"), name},
                                            {QStringLiteral("mode"), call.modes.value(word, word)},
                                            {QStringLiteral("seconds"), QString::number(wish.length.count() / 1000)},
                                            {QStringLiteral("reason"), wish.reason},
                                            {QStringLiteral("actor"), wish.actor}};
        return {.method = call.method,
                .path = fillPathTemplate(call.path, words),
                .body = fillJsonTemplate(call.body, words)};
    }

    Refusal refusal(const QString &pod, const HttpResponse &response) const override
    {
        Refusal refused{httpStatusError(pod, response), {}};
        if (response.status == 405)
            refused.lasting = BreakerWords::tr("it is read-only (405)");
        return refused;
    }

private:
    HttpBreakerSettings m_settings;
};

} // namespace

std::shared_ptr<const BreakerProtocol> httpBreakerProtocol(HttpBreakerSettings settings)
{
    return std::make_shared<HttpBreakerProtocol>(std::move(settings));
}

} // namespace cockpit
