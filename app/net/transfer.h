// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/net/http_client.h"
#include "app/net/line_splitter.h"

#include <curl/curl.h>

#include <cstddef>
#include <memory>
#include <vector>

namespace cockpit {

/// How one try ended.
struct TryOutcome {
    enum class End {
        Answered,    ///< a complete answer of any status
        Failed,      ///< libcurl gave up: `code`
        TooLarge,    ///< more bytes than HttpRequest::maxBytes
        LineTooLong, ///< a line of a stream above the bound
        Silent       ///< a stream without a byte for too long
    };
    End end = End::Failed;
    CURLcode code = CURLE_OK;
    bool connected = false; ///< the connection stood (with TLS: the handshake was done)
    QByteArray detail{};    ///< libcurl's own words; may hold a secret until redacted
    HttpResponse response{};
};

/// What one try does: the request, and what differs from try to try.
struct TryPlan {
    const HttpRequest *request = nullptr; ///< outlives the transfer
    QByteArray url{};
    std::chrono::milliseconds totalTimeout{0}; ///< 0 = none (streams)
    bool freshConnection = false;              ///< past the pool of idle connections
    bool foreignHost = false;                  ///< a redirect left the endpoint's origin: TLS is verified as by default
    LineSplitter::OnLine onLine{};             ///< set for streams
    std::size_t maxLineBytes = 0;
};

/// True when an answer is a web page although JSON was asked: the page of a login.
bool isLoginPage(const HttpRequest &request, const HttpResponse &response);

/// One try of one request: a libcurl handle with everything it refers to. Used on the I/O thread alone.
class Transfer {
public:
    Transfer(TryPlan plan, const Clock &clock);
    ~Transfer();
    Transfer(const Transfer &) = delete;
    Transfer &operator=(const Transfer &) = delete;

    /// The handle to add to a multi handle; null when an option was refused, see optionError().
    CURL *handle() const { return m_optionError == CURLE_OK ? m_easy.get() : nullptr; }
    CURLcode optionError() const { return m_optionError; }
    Clock::Monotonic lastByteAt() const { return m_lastByteAt; }
    /// Called once, after libcurl finished the handle with `code`.
    TryOutcome outcome(CURLcode code);

private:
    struct FreeEasy {
        void operator()(CURL *easy) const { curl_easy_cleanup(easy); }
    };
    struct FreeList {
        void operator()(curl_slist *list) const { curl_slist_free_all(list); }
    };
    using List = std::unique_ptr<curl_slist, FreeList>;

    template <typename Value> void set(CURLoption option, Value value);
    void setBlob(CURLoption option, const QByteArray &bytes);
    void applyOptions();
    void applyLimits();
    void applyMethod();
    void applyAuthentication();
    void applyHeaders();
    void applyTls();
    void applyServerName();
    void append(List &list, const QByteArray &line);

    static std::size_t onHeader(char *data, std::size_t size, std::size_t count, void *self);
    static std::size_t onBody(char *data, std::size_t size, std::size_t count, void *self);
    void takeHeader(std::string_view line);
    bool takeBody(std::string_view bytes);
    bool takeStreamBytes(std::string_view bytes);
    void reserveBody();

    TryPlan m_plan;
    const Clock &m_clock;
    std::unique_ptr<CURL, FreeEasy> m_easy;
    CURLcode m_optionError = CURLE_OK;
    List m_headers{};
    List m_connectTo{};
    std::vector<char> m_errorText;
    LineSplitter m_lines;
    HttpResponse m_response{};
    TryOutcome::End m_stopped = TryOutcome::End::Answered;
    Clock::Monotonic m_lastByteAt;
};

} // namespace cockpit
