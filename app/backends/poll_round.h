// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/update_sink.h"
#include "app/clock/clock.h"
#include "app/net/http_client.h"
#include "models/source_status.h"

#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace cockpit {

/// What stays the same of a source from poll to poll. Copied into each round; immutable there.
struct SourceIdentity {
    SourceId id{};
    QString name{};    ///< as configured
    QString backend{}; ///< the word in messages and the key of its poll breaker: "Alertmanager eu/a"
    SourceStatus::Kind kind = SourceStatus::Kind::Prometheus;
    QString cluster{};
    Duration interval{15000}; ///< real time between polls
};

/// What a source did in its last rounds; shared by its rounds and touched on the I/O thread alone.
struct SourceMemory {
    std::optional<Instant> lastSuccess{};
    std::optional<Instant> downSince{};
    std::optional<Instant> newestSample{};
};

/// One poll of one source: several requests whose answers together say how the source is. Its status is published when
/// the last answer is in. Lives on the I/O thread, kept alive by the callbacks that hold it.
class PollRound {
public:
    PollRound(SourceIdentity identity, std::shared_ptr<SourceMemory> memory, const Clock &clock, HttpClient &client,
              UpdateSink publish, int requests);

    /// An answer was understood; `warnings` make the source partial.
    void succeeded(const QStringList &warnings = {});
    /// What a source is without one part: still of use, or as good as silent, however well the others answered.
    enum class Weight { OneOfMany, Essential };
    /// `what` names the part that failed ("error rate"), for the message. A round that was overtaken in an essential part
    /// says nothing, so that the source ages.
    void failed(const QString &what, const Error &error, Weight weight = Weight::OneOfMany);
    void sampled(Instant newest);

    const SourceIdentity &identity() const { return m_identity; }
    SourceMemory &memory() const { return *m_memory; }
    const Clock &clock() const { return m_clock; }
    void publish(SourceUpdate update) const { m_publish(std::move(update)); }

private:
    void finishOne();
    bool answered() const { return m_good > 0 && !m_essentialFailed; }
    SourceStatus status() const;

    SourceIdentity m_identity;
    std::shared_ptr<SourceMemory> m_memory;
    const Clock &m_clock;
    HttpClient &m_client;
    UpdateSink m_publish;
    int m_open;
    int m_good = 0;
    int m_bad = 0;
    bool m_essentialFailed = false;
    bool m_overtaken = false;
    QStringList m_warnings;
    QString m_failedPart;
    std::optional<Error> m_error;
};

} // namespace cockpit
