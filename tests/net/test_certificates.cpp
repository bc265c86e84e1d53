// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_certificates.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cctype>
#include <memory>

namespace cockpit {

namespace {

template <auto Free> struct Freed {
    template <typename T> void operator()(T *object) const { Free(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;

std::string textOf(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

void addExtension(X509 *certificate, int nid, const std::string &value)
{
    const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str()));
    X509_add_ext(certificate, extension.get(), -1);
}

} // namespace

TestCertificate makeCertificate(const TestCertificateWish &wish, const std::optional<TestCertificate> &authority)
{
    static long serial = 1;
    constexpr long day = 24L * 60 * 60;
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), wish.validFromDays * day);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), wish.validToDays * day);
    X509_NAME *name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(wish.name.c_str()),
                               -1, -1, 0);
    X509_set_pubkey(certificate.get(), key.get());
    const bool isAddress = std::isdigit(static_cast<unsigned char>(wish.name.front())) != 0;
    addExtension(certificate.get(), NID_subject_alt_name, (isAddress ? "IP:" : "DNS:") + wish.name);
    addExtension(certificate.get(), NID_basic_constraints, wish.isAuthority ? "critical,CA:TRUE" : "CA:FALSE");
    if (authority) {
        const Bio certificateBio(BIO_new_mem_buf(authority->certificate.data(), -1));
        const Bio keyBio(BIO_new_mem_buf(authority->key.data(), -1));
        const Certificate issuer(PEM_read_bio_X509(certificateBio.get(), nullptr, nullptr, nullptr));
        const Key issuerKey(PEM_read_bio_PrivateKey(keyBio.get(), nullptr, nullptr, nullptr));
        X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get()));
        X509_sign(certificate.get(), issuerKey.get(), EVP_sha256());
    } else {
        X509_set_issuer_name(certificate.get(), name);
        X509_sign(certificate.get(), key.get(), EVP_sha256());
    }
    const Bio certificateText(BIO_new(BIO_s_mem()));
    const Bio keyText(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(certificateText.get(), certificate.get());
    PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return {textOf(certificateText.get()), textOf(keyText.get())};
}

} // namespace cockpit
