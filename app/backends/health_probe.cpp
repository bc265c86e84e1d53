// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends/health_probe.h"

#include "app/formats/health_body.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace cockpit {

namespace {

/// One look at all endpoints of a service. I/O thread.
struct HealthLook {
    HealthUpdate update{};
    qsizetype open = 0;
    bool overtaken = false; ///< a newer look took its place: this one says nothing
    UpdateSink publish;
    const Clock &clock;

    void take(qsizetype index, ProbeAnswer answer)
    {
        update.answers[index] = std::move(answer);
        if (--open > 0 || overtaken)
            return;
        update.at = clock.now();
        publish(update);
    }
};

ProbeAnswer unanswered(ProbeQuestion question, const Error &error)
{
    const bool refused = error.kind == Error::Kind::Unauthorized || error.kind == Error::Kind::Forbidden;
    return {question, refused ? ProbeState::Refused : ProbeState::Fail, error.what, {}, {}};
}

} // namespace

HealthProbe::HealthProbe(HttpClient &client, const Clock &clock, Settings settings, UpdateSink publish)
    : m_client(client)
    , m_clock(clock)
    , m_settings(std::make_shared<const Settings>(std::move(settings)))
    , m_publish(std::move(publish))
{}

void HealthProbe::poll(HttpLane lane)
{
    const qsizetype count = m_settings->targets.size();
    if (count == 0)
        return;
    const auto look = std::make_shared<HealthLook>(HealthLook{{}, count, false, m_publish, m_clock});
    look->update.service = m_settings->service;
    look->update.interval = Duration(qint64(double(m_settings->interval.count()) * m_clock.speed()));
    look->update.answers.resize(count);
    for (qsizetype i = 0; i < count; ++i) {
        const HealthProbe::Target &target = m_settings->targets.at(i);
        HttpRequest request;
        request.endpoint = target.endpoint;
        request.headers = {{"Accept", "application/json, application/health+json, text/plain, */*"}};
        request.lane = lane;
        request.backend = QCoreApplication::translate("HealthProbe", "%1 %2").arg(m_settings->service.toString(),
                                                                                  QUrl(target.endpoint->url).path());
        request.maxTries = 1;
        request.connectTimeout = std::chrono::milliseconds(2'000);
        request.totalTimeout = std::chrono::milliseconds(5'000);
        request.maxBytes = 1024 * 1024;
        request.deliverErrorBodies = true;
        request.supersede = QStringLiteral("health/%1/%2").arg(m_settings->service.toString()).arg(i);
        m_client.send(request, [look, i, question = target.question, source = request.backend](Result<HttpResponse> answer) {
            ProbeAnswer told = answer ? readHealthBody(question, answer->status, answer->body)
                                      : unanswered(question, answer.error());
            told.source = source;
            look->overtaken = look->overtaken || (!answer && answer.error().kind == Error::Kind::Cancelled);
            look->take(i, std::move(told));
        });
    }
}

} // namespace cockpit
