// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/paging/paging_source.h"
#include "app/paging/paging_words.h"

#include <QRegularExpression>

namespace cockpit {

namespace {

/// The inside of a JSON string.
QString jsonInside(const QString &text)
{
    QString inside;
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            inside.append(u'\\').append(c);
        else if (c.unicode() < 0x20)
            inside += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            inside += c;
    }
    return inside;
}

/// A service that takes requests by template, and can be asked nothing.
class PagingWebhook final : public PagingSource {
public:
    PagingWebhook(PagingParts parts, PagingWebhookAccess access)
        : m_parts(std::move(parts))
        , m_access(std::move(access))
    {}
    PagingAbilities abilities() const override
    {
        return {false, !m_access.trigger.isEmpty(), !m_access.acknowledge.isEmpty(), !m_access.resolve.isEmpty(), false,
                false, false};
    }
    void poll(HttpLane) override
    {
        PollRound(m_parts.identity, m_memory, m_parts.clock, m_parts.client, m_parts.publish, 1).succeeded();
    }
    void read(const PageName &, Answer<PageReading> done) override { done(cannot()); }
    void trigger(const TriggerPage &wish, Answer<QString> done) override
    {
        send(m_access.trigger, QStringLiteral("trigger"), wish, std::move(done));
    }
    void setState(const PageName &name, Page::State state, Answer<QString> done) override
    {
        const bool resolves = state == Page::State::Resolved;
        send(resolves ? m_access.resolve : m_access.acknowledge,
             resolves ? QStringLiteral("resolve") : QStringLiteral("acknowledge"),
             TriggerPage{.dedupKey = name.dedupKey.isEmpty() ? name.id : name.dedupKey}, std::move(done));
    }
    void escalate(const QString &, int, Answer<QString> done) override { done(cannot()); }
    void addResponders(const QString &, const QStringList &, const QString &, Answer<QString> done) override
    {
        done(cannot());
    }

private:
    Error cannot() const { return PagingWords::cannot(m_parts.identity.name, PagingWords::tr("Do it at its own page.")); }

    void send(const QString &pattern, const QString &action, const TriggerPage &wish, Answer<QString> done) const
    {
        if (pattern.isEmpty())
            return done(cannot());
        HttpRequest request;
        request.endpoint = m_access.endpoint;
        request.method = "POST";
        request.headers = {{"Content-Type", "application/json"}};
        request.body = filledPagingTemplate(pattern, action, wish);
        request.lane = HttpLane::Action;
        request.backend = m_parts.identity.backend;
        request.totalTimeout = std::chrono::milliseconds(10'000);
        request.idempotent = false; // nobody knows what it makes of the second one
        request.maxTries = 1;
        m_parts.client.send(std::move(request), [done = std::move(done)](const Result<HttpResponse> &response) {
            done(response ? Result<QString>(PagingWords::tr("taken")) : Result<QString>(response.error()));
        });
    }

    PagingParts m_parts;
    PagingWebhookAccess m_access;
    std::shared_ptr<SourceMemory> m_memory = std::make_shared<SourceMemory>();
};

} // namespace

QByteArray filledPagingTemplate(const QString &pattern, const QString &action, const TriggerPage &wish)
{
    static const QRegularExpression placeholder(QStringLiteral("\\{([a-zA-Z]+)\\}"));
    const QHash<QString, QString> values{{QStringLiteral("dedupKey"), wish.dedupKey},
                                         {QStringLiteral("summary"), wish.summary},
                                         {QStringLiteral("level"), toWireName(wish.level)},
                                         {QStringLiteral("service"), wish.component},
                                         {QStringLiteral("incident"), wish.incident},
                                         {QStringLiteral("runbook"), wish.runbookUrl},
                                         {QStringLiteral("action"), action}};
    QString filled;
    qsizetype from = 0;
    for (const auto &match : placeholder.globalMatch(pattern)) { // once through: what is filled in is not filled again
        filled += pattern.mid(from, match.capturedStart() - from);
        const auto value = values.constFind(match.captured(1));
        filled += value == values.constEnd() ? match.captured(0) : jsonInside(*value);
        from = match.capturedEnd();
    }
    return (filled + pattern.mid(from)).toUtf8();
}

std::unique_ptr<PagingSource> makePagingWebhook(PagingParts parts, PagingWebhookAccess access)
{
    return std::make_unique<PagingWebhook>(std::move(parts), std::move(access));
}

} // namespace cockpit
