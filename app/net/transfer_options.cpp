// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/request_url.h"
#include "app/net/transfer.h"

#include <algorithm>

namespace cockpit {

namespace {

bool isHeaderSet(const HttpRequest &request, const char *name)
{
    const auto isIt = [name](const HttpHeader &header) { return header.name.compare(name, Qt::CaseInsensitive) == 0; };
    return std::any_of(request.headers.begin(), request.headers.end(), isIt) ||
           std::any_of(request.endpoint->headers.begin(), request.endpoint->headers.end(), isIt);
}

} // namespace

template <typename Value> void Transfer::set(CURLoption option, Value value)
{
    const CURLcode code = curl_easy_setopt(m_easy.get(), option, value);
    if (m_optionError == CURLE_OK)
        m_optionError = code;
}

void Transfer::setBlob(CURLoption option, const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    // The request keeps the endpoint, and with it the bytes, alive.
    curl_blob blob{const_cast<char *>(bytes.constData()), static_cast<std::size_t>(bytes.size()), CURL_BLOB_NOCOPY};
    set(option, &blob);
}

void Transfer::append(List &list, const QByteArray &line)
{
    if (curl_slist *longer = curl_slist_append(list.get(), line.constData())) {
        list.release();
        list.reset(longer);
    } else if (m_optionError == CURLE_OK) {
        m_optionError = CURLE_OUT_OF_MEMORY;
    }
}

void Transfer::applyOptions()
{
    set(CURLOPT_URL, m_plan.url.constData());
    set(CURLOPT_ERRORBUFFER, m_errorText.data());
    set(CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
    set(CURLOPT_HEADERDATA, static_cast<void *>(this));
    set(CURLOPT_WRITEFUNCTION, &Transfer::onBody);
    set(CURLOPT_WRITEDATA, static_cast<void *>(this));
    set(CURLOPT_USERAGENT, "dt-cockpit/" COCKPIT_VERSION);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    // HTTP/2 without TLS fails on every second use of a connection in libcurl 7.88.
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    // A compressor keeps lines back until its block is full: what is read as it comes is asked for as it is.
    set(CURLOPT_ACCEPT_ENCODING, m_plan.onLine ? "identity" : "");
    if (!m_plan.request->endpoint->proxy.isEmpty())
        set(CURLOPT_PROXY, m_plan.request->endpoint->proxy.toUtf8().constData());
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));
    applyLimits();
    applyMethod();
    applyTls();
    applyServerName();
    applyAuthentication();
    applyHeaders();
}

void Transfer::applyLimits()
{
    const HttpRequest &request = *m_plan.request;
    set(CURLOPT_NOSIGNAL, 1L);
    // Without it a hanging name resolution blocks cancel, timeouts and the end of the process.
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connectTimeout.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(m_plan.totalTimeout.count()));
    if (!m_plan.onLine)
        set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.maxBytes));
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_TCP_KEEPIDLE, 30L);
    set(CURLOPT_TCP_KEEPINTVL, 15L);
    // Waits for a connection whose handshake goes on, to share it by HTTP/2. Without TLS that would wait for an answer.
    set(CURLOPT_PIPEWAIT, !m_plan.freshConnection && m_plan.url.startsWith("https:") ? 1L : 0L);
    // libcurl sends a request again by itself, a POST too, when a reused connection turns out to be dead.
    set(CURLOPT_FRESH_CONNECT, m_plan.freshConnection || !request.idempotent ? 1L : 0L);
}

void Transfer::applyMethod()
{
    const HttpRequest &request = *m_plan.request;
    if (request.method == "HEAD") {
        set(CURLOPT_NOBODY, 1L);
        return;
    }
    if (!request.body.isEmpty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH") {
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        set(CURLOPT_POSTFIELDS, request.body.constData());
    }
    if (request.method != "GET" || !request.body.isEmpty())
        set(CURLOPT_CUSTOMREQUEST, request.method.constData());
}

void Transfer::applyTls()
{
    const TlsOptions &tls = m_plan.request->endpoint->tls;
    const bool verify = tls.verify || m_plan.foreignHost;
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, verify ? 1L : 0L);
    set(CURLOPT_SSL_VERIFYHOST, verify ? 2L : 0L);
    if (!tls.caPem.isEmpty()) {
        setBlob(CURLOPT_CAINFO_BLOB, tls.caPem);
        // The own authorities stand instead of the system's, whose folder libcurl would still read.
        set(CURLOPT_CAPATH, static_cast<const char *>(nullptr));
    }
    if (!tls.clientCertPem.isEmpty() && !m_plan.foreignHost) {
        set(CURLOPT_SSLCERTTYPE, "PEM");
        setBlob(CURLOPT_SSLCERT_BLOB, tls.clientCertPem);
        set(CURLOPT_SSLKEYTYPE, "PEM");
        setBlob(CURLOPT_SSLKEY_BLOB, tls.clientKeyPem);
    }
}

void Transfer::applyServerName()
{
    const QString &name = m_plan.request->endpoint->tls.serverName;
    QUrl url = QUrl::fromEncoded(m_plan.url);
    if (name.isEmpty() || m_plan.foreignHost || url.scheme().toLower() != u"https")
        return;
    // libcurl has no option for the name in the handshake: the URL carries it, and the connection goes elsewhere.
    const UrlOrigin origin = originOf(url);
    const QString host = origin.host.contains(u':') ? u'[' + origin.host + u']' : origin.host;
    const QString port = QString::number(origin.port);
    append(m_headers, "Host: " + (origin.port == 443 ? host : host + u':' + port).toUtf8());
    append(m_connectTo, (name + u':' + port + u':' + host + u':' + port).toUtf8());
    url.setHost(name);
    url.setPort(origin.port);
    set(CURLOPT_URL, url.toEncoded(QUrl::FullyEncoded).constData());
    set(CURLOPT_CONNECT_TO, m_connectTo.get());
}

void Transfer::applyAuthentication()
{
    const Endpoint &endpoint = *m_plan.request->endpoint;
    const auto [user, password] = basicCredentials(endpoint);
    if (!endpoint.bearer.isEmpty()) {
        append(m_headers, "Authorization: Bearer " + endpoint.bearer);
    } else if (!user.isEmpty() || !password.isEmpty()) {
        append(m_headers, "Authorization: Basic " + (user + ':' + password).toBase64());
    }
}

void Transfer::applyHeaders()
{
    const HttpRequest &request = *m_plan.request;
    for (const QList<HttpHeader> *headers : {&request.endpoint->headers, &request.headers}) {
        for (const HttpHeader &header : *headers)
            append(m_headers, header.value.isEmpty() ? header.name + ';' : header.name + ": " + header.value);
    }
    if (!request.body.isEmpty() && !isHeaderSet(request, "Content-Type"))
        append(m_headers, "Content-Type:"); // no invented form type
    append(m_headers, "Expect:");
    set(CURLOPT_HTTPHEADER, m_headers.get());
}

} // namespace cockpit
