// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/web_runbooks.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QMap>
#include <QPointer>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <optional>

namespace cockpit {

namespace {

constexpr qsizetype mostPages = 200; ///< of one host
constexpr std::int64_t mostPageBytes = 8LL * 1024 * 1024;
constexpr std::chrono::minutes pageInterval{15};
constexpr std::chrono::minutes failedInterval{1};

QString pageOrigin(const QUrl &url) { return url.scheme() + QStringLiteral("://") + url.authority(QUrl::FullyEncoded); }

/// Without its fragment: an anchor is a place in the page.
QString pageAddress(const QUrl &url) { return url.toString(QUrl::RemoveFragment | QUrl::FullyEncoded); }

} // namespace

struct WebRunbooks::Page {
    RunbookFilePtr file{};
    QByteArray tag{};
    bool isAsked = false;
    bool isAnswered = false; ///< since this start
    QString problem{};
};

struct WebRunbooks::Host {
    RunbookConfig config{};
    QString name{};
    QString origin{};
    EndpointPtr endpoint{};
    bool isResolving = false;
    QMap<QString, Page> pages{}; ///< by address
    std::optional<Instant> readAt{};
    Clock::Monotonic askedAt{};
    bool isDue = true;
    QString problem{};
};

WebRunbooks::WebRunbooks(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
    const QStringList names = runbookSourceNames(m_parts.sources);
    for (qsizetype i = 0; i < m_parts.sources.size(); ++i) {
        const RunbookConfig &config = m_parts.sources.at(i);
        if (!config.path.isEmpty())
            continue;
        auto host = std::make_unique<Host>();
        const QUrl first(config.endpoint.url);
        host->config = config;
        host->name = names.at(i);
        host->origin = pageOrigin(first);
        host->config.endpoint.url = host->origin;
        host->pages.insert(pageAddress(first), {});
        for (const QString &page : config.pages) {
            const QUrl url = first.resolved(QUrl(page));
            if (pageOrigin(url) == host->origin && host->pages.size() < mostPages)
                host->pages.insert(pageAddress(url), {});
        }
        m_hosts.push_back(std::move(host));
    }
}

WebRunbooks::~WebRunbooks() = default;

void WebRunbooks::start()
{
    for (const auto &owned : m_hosts) {
        Host &host = *owned;
        // What is kept shows first, and stays where the host does not answer.
        m_parts.backend.copyOf(host.name, [self = QPointer<WebRunbooks>(this), &host](const auto &copy) {
            if (!self)
                return;
            for (const RunbookFilePtr &file : copy ? copy->files : QList<RunbookFilePtr>()) {
                Page &page = host.pages[file->path];
                if (!page.file)
                    page.file = file;
            }
            host.readAt = copy ? copy->state.readAt : std::nullopt;
            if (copy)
                self->publish(host);
            self->resolve(host);
        });
    }
}

void WebRunbooks::resolve(Host &host)
{
    if (std::exchange(host.isResolving, true))
        return;
    m_parts.secrets.resolve(host.config.endpoint,
                            [self = QPointer<WebRunbooks>(this), &host](const Result<EndpointPtr> &endpoint) {
                                if (!self)
                                    return;
                                host.isResolving = false;
                                if (endpoint) {
                                    host.endpoint = *endpoint;
                                    return self->ask(host);
                                }
                                for (Page &page : host.pages) {
                                    page.isAnswered = true;
                                    page.problem = endpoint.error().text();
                                }
                                self->publish(host);
                            });
}

void WebRunbooks::tick()
{
    const Clock::Monotonic now = m_parts.clock.monotonic();
    for (const auto &host : m_hosts) {
        const auto interval = host->problem.isEmpty()
                                  ? (host->config.fetch.count() > 0 ? host->config.fetch : Duration(pageInterval))
                                  : Duration(failedInterval);
        if (!host->isDue && now - host->askedAt < interval)
            continue;
        if (host->endpoint)
            ask(*host);
        else if (!host->isDue)
            resolve(*host);
    }
}

void WebRunbooks::ask(Host &host)
{
    host.isDue = false;
    host.askedAt = m_parts.clock.monotonic();
    for (const QString &address : host.pages.keys())
        askPage(host, address);
}

void WebRunbooks::askPage(Host &host, const QString &address)
{
    Page &page = host.pages[address];
    if (!host.endpoint || std::exchange(page.isAsked, true))
        return;
    HttpRequest request;
    request.endpoint = host.endpoint;
    const QUrl url(address);
    request.path = url.path(QUrl::FullyEncoded);
    if (!request.path.startsWith(u'/'))
        request.path.prepend(u'/');
    for (const auto &[name, value] : QUrlQuery(url).queryItems(QUrl::FullyDecoded))
        request.query.append({name, value});
    request.headers = {{"Accept", "text/markdown, text/plain;q=0.9, text/html;q=0.5, */*;q=0.1"}};
    if (!page.tag.isEmpty())
        request.headers.append({"If-None-Match", page.tag});
    request.backend = host.name;
    request.supersede = QStringLiteral("runbook ") + address;
    request.maxBytes = mostPageBytes;
    m_parts.client.send(request, [self = QPointer<WebRunbooks>(this), post = m_parts.post, &host,
                                  address](Result<HttpResponse> response) {
        post([self, &host, address, response = std::move(response)] {
            if (self)
                self->take(host, address, response);
        });
    });
}

void WebRunbooks::take(Host &host, const QString &address, const Result<HttpResponse> &response)
{
    Page &page = host.pages[address];
    page.isAsked = false;
    page.isAnswered = true;
    page.problem = response ? QString() : response.error().text();
    if (response) {
        host.readAt = m_parts.clock.now();
        page.tag = response->header("ETag");
        constexpr int notModified = 304;
        if (response->status != notModified) {
            const QByteArray text =
                runbookOfPage(address, response->header("Content-Type"), QByteArray::fromStdString(response->body));
            const QByteArray hash = QCryptographicHash::hash(text, QCryptographicHash::Sha256);
            page.file = std::make_shared<const RunbookFile>(
                RunbookFile{address, text, qint64(response->body.size()), m_parts.clock.now(), hash});
        }
    }
    const bool waits = std::any_of(host.pages.cbegin(), host.pages.cend(), [](const Page &one) { return one.isAsked; });
    if (waits)
        return;
    publish(host);
    if (isRead())
        Q_EMIT read();
}

void WebRunbooks::publish(Host &host)
{
    RunbookPageSet set;
    QStringList problems;
    bool isAnyAnswered = false;
    for (const Page &page : std::as_const(host.pages)) {
        if (page.file)
            set.pages.append(page.file);
        if (!page.problem.isEmpty())
            problems.append(page.problem);
        isAnyAnswered = isAnyAnswered || (page.isAnswered && page.problem.isEmpty());
    }
    problems.removeDuplicates();
    host.problem = problems.mid(0, 3).join(u' ');
    set.state = {.name = host.name,
                 .kind = RunbookSourceState::Kind::Web,
                 .root = host.origin,
                 .urls = {host.origin},
                 .changedAt = host.readAt,
                 .readAt = host.readAt,
                 .offline = !isAnyAnswered,
                 .problem = host.problem};
    m_parts.backend.takePages(set);
}

void WebRunbooks::want(const QString &url)
{
    const QUrl wanted(url);
    for (const auto &host : m_hosts) {
        if (pageOrigin(wanted) != host->origin || host->pages.size() >= mostPages)
            continue;
        const QString address = pageAddress(wanted);
        if (host->pages.contains(address))
            return;
        host->pages.insert(address, {});
        return askPage(*host, address);
    }
}

bool WebRunbooks::isRead() const
{
    return std::all_of(m_hosts.begin(), m_hosts.end(), [](const auto &host) {
        return std::all_of(host->pages.cbegin(), host->pages.cend(), [](const Page &page) { return page.isAnswered; });
    });
}

QByteArray runbookOfPage(const QString &address, const QByteArray &contentType, const QByteArray &body)
{
    const QByteArray type = contentType.left(contentType.indexOf(';')).trimmed().toLower();
    const QByteArray start = body.left(400).trimmed().toLower();
    const bool isHtml = type == "text/html" || type == "application/xhtml+xml" || start.startsWith("<!doctype html") ||
                        start.startsWith("<html");
    if (!isHtml)
        return body;
    const QUrl url(address);
    QString name = url.fileName();
    if (name.isEmpty())
        name = url.host();
    const QString words = QCoreApplication::translate(
        "WebRunbooks", "This page is HTML: the cockpit shows no HTML. Read it in the browser:");
    return QByteArray("# ") + name.toUtf8() + "\n\n" + words.toUtf8() + " <" + url.toEncoded() + ">\n";
}

} // namespace cockpit
