// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_status.h"

#include "app/formats/format_words.h"

#include <nlohmann/json.hpp>

namespace cockpit {

using nlohmann::json;

namespace {

constexpr qsizetype mostCauses = 5;
constexpr qsizetype longestStatusText = 300;
constexpr int longestWaitSeconds = 3600;

QByteArray headerOf(const HttpResponse &response, const char *name)
{
    for (const HttpHeader &header : response.headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            return header.value.trimmed();
    }
    return {};
}

/// One line, clipped, and without the object that some servers quote in full: it holds what was applied.
QString statusText(const json &object, const char *field)
{
    const auto found = object.find(field);
    if (found == object.end() || !found->is_string())
        return {};
    const std::string &text = found->get_ref<const std::string &>();
    const size_t quoted = text.find("Invalid value: \"{");
    QString words = FormatWords::excerpt(std::string_view(text).substr(0, quoted));
    if (quoted != std::string::npos)
        words += QStringLiteral(" …");
    return words.left(longestStatusText).trimmed();
}

/// What a server says ends where its sentence ends: more words follow it.
QString withFullStop(const QString &words)
{
    const QString trimmed = words.trimmed();
    static const QString ends = QStringLiteral(".!?…");
    return trimmed.isEmpty() || ends.contains(trimmed.back()) ? trimmed : trimmed + u'.';
}

void readCauses(const json &details, KubernetesStatus &status)
{
    const auto causes = details.find("causes");
    if (causes == details.end() || !causes->is_array())
        return;
    for (const json &cause : *causes) {
        if (!cause.is_object())
            continue;
        const QString message = statusText(cause, "message");
        const QString field = statusText(cause, "field");
        if (status.causeReason.isEmpty())
            status.causeReason = statusText(cause, "reason");
        // Validation of custom resources repeats itself, once with the field "<nil>".
        const bool named = !field.isEmpty() && field != QStringLiteral("<nil>");
        QString words = named && !message.contains(field) ? field + QStringLiteral(": ") + message : message;
        if (words.startsWith(u'.'))
            words.remove(0, 1);
        if (!words.isEmpty() && !status.causes.contains(words) && status.causes.size() < mostCauses)
            status.causes.append(words);
    }
}

void readStatusObject(const json &object, KubernetesStatus &status)
{
    status.reason = statusText(object, "reason");
    status.message = statusText(object, "message");
    if (const auto metadata = object.find("metadata"); metadata != object.end() && metadata->is_object()) {
        const auto token = metadata->find("continue");
        if (token != metadata->end() && token->is_string())
            status.continueToken = QString::fromStdString(token->get<std::string>());
    }
    const auto details = object.find("details");
    if (details == object.end() || !details->is_object())
        return;
    readCauses(*details, status);
    const auto seconds = details->find("retryAfterSeconds");
    if (!status.retryAfter && seconds != details->end() && seconds->is_number_integer()) {
        const auto wait = seconds->get<qint64>();
        if (wait > 0)
            status.retryAfter = std::chrono::seconds(std::min<qint64>(wait, longestWaitSeconds));
    }
}

/// Words that a person can act on, by status and reason.
struct StatusWords {
    Error::Kind kind = Error::Kind::Rejected;
    QString what{};
    QString next{};
};

StatusWords forbiddenWords(const QString &cluster, const KubernetesStatus &status)
{
    if (status.message.contains(QStringLiteral("system:anonymous")))
        return {Error::Kind::Unauthorized,
                FormatWords::tr("%1 does not know who asks: no credential was sent.").arg(cluster),
                FormatWords::tr("Log in again, or check the user of this context.")};
    if (status.message.contains(QStringLiteral("exceeded quota")))
        return {Error::Kind::Forbidden, FormatWords::tr("%1 refuses: a quota is used up.").arg(cluster), {}};
    if (status.causeReason == u"NamespaceTerminating")
        return {
            Error::Kind::Forbidden, FormatWords::tr("%1 refuses: the namespace is being deleted.").arg(cluster), {}};
    if (status.message.startsWith(QStringLiteral("admission webhook")))
        return {Error::Kind::Forbidden, FormatWords::tr("A rule of %1 refuses this change.").arg(cluster), {}};
    return {Error::Kind::Forbidden, FormatWords::tr("%1 does not allow this.").arg(cluster),
            FormatWords::tr("Ask for the right that is named.")};
}

StatusWords clientErrorWords(const QString &cluster, const KubernetesStatus &status)
{
    switch (status.code) {
    case 401:
        return {Error::Kind::Unauthorized, FormatWords::tr("%1 does not accept the credential.").arg(cluster),
                FormatWords::tr("Log in again.")};
    case 403:
        return forbiddenWords(cluster, status);
    case 404:
        // Plain text: the API itself is missing, not one object.
        if (status.reason.isEmpty())
            return {Error::Kind::NotFound, FormatWords::tr("%1 does not have this API.").arg(cluster),
                    FormatWords::tr("Check that its custom resources are installed.")};
        return {Error::Kind::NotFound, FormatWords::tr("%1 does not have this object.").arg(cluster), {}};
    case 409:
        if (status.reason == u"AlreadyExists")
            return {Error::Kind::Conflict, FormatWords::tr("%1 has an object of that name already.").arg(cluster), {}};
        return {Error::Kind::Conflict, FormatWords::tr("Somebody else changed this object at the same time."),
                FormatWords::tr("Look at it again, then decide.")};
    case 410:
        return {Error::Kind::NotFound, FormatWords::tr("%1 no longer holds that version of the list.").arg(cluster),
                FormatWords::tr("It is read again.")};
    case 422:
        return {Error::Kind::Rejected, FormatWords::tr("%1 finds this change invalid.").arg(cluster), {}};
    case 429:
        if (status.causeReason == u"DisruptionBudget")
            return {Error::Kind::Rejected, FormatWords::tr("%1 refuses: a disruption budget holds.").arg(cluster), {}};
        return {Error::Kind::RateLimited, FormatWords::tr("%1 has too many requests.").arg(cluster), {}};
    default:
        return {Error::Kind::Rejected, FormatWords::tr("%1 refuses (HTTP %2).").arg(cluster).arg(status.code), {}};
    }
}

StatusWords serverErrorWords(const QString &cluster, const KubernetesStatus &status)
{
    if (status.reason == u"Timeout" || status.code == 504)
        return {Error::Kind::Timeout, FormatWords::tr("%1 gave up waiting for its storage.").arg(cluster), {}};
    if (status.code == 503)
        return {Error::Kind::Server, FormatWords::tr("%1 is not ready.").arg(cluster), {}};
    return {Error::Kind::Server, FormatWords::tr("%1 failed (HTTP %2).").arg(cluster).arg(status.code), {}};
}

} // namespace

KubernetesStatus kubernetesStatus(const HttpResponse &response)
{
    KubernetesStatus status;
    status.code = response.status;
    bool isNumber = false;
    const int seconds = headerOf(response, "Retry-After").toInt(&isNumber);
    if (isNumber && seconds >= 0)
        status.retryAfter = std::chrono::seconds(std::min(seconds, longestWaitSeconds));
    // A Status may come as text/plain and without its kind (kubernetes.md 7): the body itself tells.
    const json object = json::parse(response.body, nullptr, false);
    if (object.is_object() && object.contains("status") && object.contains("message"))
        readStatusObject(object, status);
    else
        status.message = FormatWords::excerpt(response.body);
    return status;
}

Error kubernetesError(const QString &cluster, const KubernetesStatus &status)
{
    StatusWords words = status.code >= 500 ? serverErrorWords(cluster, status) : clientErrorWords(cluster, status);
    // The server's own words; causes only say what the message has not said yet.
    QString said = status.message;
    for (const QString &cause : status.causes) {
        if (!said.contains(cause))
            said += (said.isEmpty() ? QString() : QStringLiteral("; ")) + cause;
    }
    const bool saysNothing = status.code == 401 || said.isEmpty();
    if (!saysNothing)
        words.what += u' ' + FormatWords::tr("It says: %1").arg(withFullStop(said.left(2 * longestStatusText)));
    if (words.next.isEmpty() && status.retryAfter)
        words.next = FormatWords::tr("It asks to wait %1 s.")
                         .arg(std::chrono::duration_cast<std::chrono::seconds>(*status.retryAfter).count());
    return {words.kind, words.what, {}, words.next};
}

Error kubernetesError(const QString &cluster, const HttpResponse &response)
{
    return kubernetesError(cluster, kubernetesStatus(response));
}

bool isExpired(const KubernetesStatus &status) { return status.code == 410; }

} // namespace cockpit
