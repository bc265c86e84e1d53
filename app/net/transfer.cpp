// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/transfer.h"

#include <algorithm>

namespace cockpit {

namespace {

// simdjson reads up to so many bytes behind the end of a body.
constexpr std::size_t kBodyPadding = 64;
// A Content-Length is believed up to this when memory is reserved ahead.
constexpr std::size_t kMostReserved = 32 * 1024 * 1024;
// What is kept of the body of a stream that was refused.
constexpr std::size_t kRefusedStreamBytes = 64 * 1024;

} // namespace

bool isLoginPage(const HttpRequest &request, const HttpResponse &response)
{
    const auto asksForJson = [](const HttpHeader &header) {
        return header.name.compare("Accept", Qt::CaseInsensitive) == 0 &&
               header.value.toLower().contains("application/json");
    };
    const bool asked = std::any_of(request.headers.begin(), request.headers.end(), asksForJson) ||
                       std::any_of(request.endpoint->headers.begin(), request.endpoint->headers.end(), asksForJson);
    return asked && response.status >= 200 && response.status < 300 &&
           response.header("Content-Type").toLower().startsWith("text/html");
}

Transfer::Transfer(TryPlan plan, const Clock &clock)
    : m_plan(std::move(plan))
    , m_clock(clock)
    , m_easy(curl_easy_init())
    , m_errorText(CURL_ERROR_SIZE, '\0')
    , m_lines(m_plan.maxLineBytes)
    , m_lastByteAt(clock.monotonic())
{
    if (m_easy)
        applyOptions();
    else
        m_optionError = CURLE_FAILED_INIT;
}

Transfer::~Transfer() = default;

TryOutcome Transfer::outcome(CURLcode code)
{
    TryOutcome outcome;
    outcome.code = code;
    curl_off_t handshake = 0;
    curl_off_t connect = 0;
    curl_easy_getinfo(m_easy.get(), CURLINFO_CONNECT_TIME_T, &connect);
    curl_easy_getinfo(m_easy.get(), CURLINFO_APPCONNECT_TIME_T, &handshake);
    outcome.connected = m_plan.url.startsWith("https:") ? handshake > 0 : connect > 0;
    outcome.detail = QByteArray(m_errorText.data());
    if (m_stopped != TryOutcome::End::Answered)
        outcome.end = m_stopped;
    else if (code == CURLE_FILESIZE_EXCEEDED)
        outcome.end = TryOutcome::End::TooLarge;
    else
        outcome.end = code == CURLE_OK ? TryOutcome::End::Answered : TryOutcome::End::Failed;
    if (outcome.end == TryOutcome::End::Answered && m_plan.onLine)
        m_lines.finish(m_plan.onLine);
    m_response.body.reserve(m_response.body.size() + kBodyPadding);
    outcome.response = std::move(m_response);
    return outcome;
}

std::size_t Transfer::onHeader(char *data, std::size_t size, std::size_t count, void *self)
{
    static_cast<Transfer *>(self)->takeHeader({data, size * count});
    return size * count;
}

std::size_t Transfer::onBody(char *data, std::size_t size, std::size_t count, void *self)
{
    return static_cast<Transfer *>(self)->takeBody({data, size * count}) ? size * count : CURL_WRITEFUNC_ERROR;
}

void Transfer::takeHeader(std::string_view line)
{
    m_lastByteAt = m_clock.monotonic();
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
        line.remove_suffix(1);
    if (line.starts_with("HTTP/")) {
        // A new block: what came before was an interim answer (100, 103).
        m_response.headers.clear();
        long status = 0;
        curl_easy_getinfo(m_easy.get(), CURLINFO_RESPONSE_CODE, &status);
        m_response.status = static_cast<int>(status);
        return;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) {
        if (line.empty())
            reserveBody();
        return;
    }
    const std::string_view value = line.substr(colon + 1);
    m_response.headers.append({QByteArray(line.data(), static_cast<qsizetype>(colon)),
                               QByteArray(value.data(), static_cast<qsizetype>(value.size())).trimmed()});
}

bool Transfer::takeBody(std::string_view bytes)
{
    m_lastByteAt = m_clock.monotonic();
    if (m_plan.onLine)
        return takeStreamBytes(bytes);
    if (m_response.body.size() + bytes.size() > static_cast<std::size_t>(m_plan.request->maxBytes)) {
        m_stopped = TryOutcome::End::TooLarge;
        return false;
    }
    m_response.body.append(bytes);
    return true;
}

bool Transfer::takeStreamBytes(std::string_view bytes)
{
    const bool isRefused =
        m_response.status < 200 || m_response.status >= 300 || isLoginPage(*m_plan.request, m_response);
    if (isRefused) {
        m_response.body.append(bytes.substr(0, kRefusedStreamBytes - m_response.body.size()));
        return m_response.body.size() < kRefusedStreamBytes;
    }
    if (!m_lines.feed(bytes, m_plan.onLine)) {
        m_stopped = TryOutcome::End::LineTooLong;
        return false;
    }
    return true;
}

void Transfer::reserveBody()
{
    curl_off_t length = -1;
    curl_easy_getinfo(m_easy.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    if (length > 0 && !m_plan.onLine && length <= m_plan.request->maxBytes)
        m_response.body.reserve(std::min(static_cast<std::size_t>(length), kMostReserved) + kBodyPadding);
}

} // namespace cockpit
