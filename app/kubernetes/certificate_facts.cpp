// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/certificate_facts.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>

namespace cockpit {

namespace {

struct FreeBio {
    void operator()(BIO *bio) const { BIO_free(bio); }
};
struct FreeCertificate {
    void operator()(X509 *certificate) const { X509_free(certificate); }
};

std::optional<Instant> certificateTime(const ASN1_TIME *time)
{
    std::tm parts{};
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1)
        return std::nullopt;
    return fromEpochMs(qint64(::timegm(&parts)) * 1000);
}

} // namespace

std::optional<CertificateFacts> certificateFacts(const QByteArray &pem)
{
    const std::unique_ptr<BIO, FreeBio> bio(BIO_new_mem_buf(pem.constData(), int(pem.size())));
    const std::unique_ptr<X509, FreeCertificate> certificate(
        bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr);
    if (!certificate)
        return std::nullopt;
    CertificateFacts facts;
    X509_NAME *subject = X509_get_subject_name(certificate.get());
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at >= 0) {
        unsigned char *text = nullptr;
        const int length = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
        if (length > 0)
            facts.commonName = QString::fromUtf8(reinterpret_cast<const char *>(text), length);
        OPENSSL_free(text);
    }
    facts.validFrom = certificateTime(X509_get0_notBefore(certificate.get()));
    facts.validTo = certificateTime(X509_get0_notAfter(certificate.get()));
    return facts;
}

} // namespace cockpit
