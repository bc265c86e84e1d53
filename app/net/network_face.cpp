// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/network_watch.h"

#include <QFile>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include <array>

namespace cockpit {

namespace {

// More than any resolv.conf that a resolver reads (resolv.conf(5) knows three servers and a line of domains).
constexpr qint64 resolverBytesRead = 16 * 1024;

/// Empty for what says nothing about the network: loopback, link-local, other families.
QString globalAddressText(const sockaddr &address)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.sa_family == AF_INET) {
        const in_addr &ip = reinterpret_cast<const sockaddr_in &>(address).sin_addr;
        const quint32 host = ntohl(ip.s_addr);
        const bool isLocal = (host >> 24) == 127 || (host >> 16) == 0xA9FE;
        return isLocal ? QString()
                       : QString::fromLatin1(inet_ntop(AF_INET, &ip, text.data(), socklen_t(text.size())));
    }
    if (address.sa_family == AF_INET6) {
        const in6_addr &ip = reinterpret_cast<const sockaddr_in6 &>(address).sin6_addr;
        if (IN6_IS_ADDR_LOOPBACK(&ip) || IN6_IS_ADDR_LINKLOCAL(&ip))
            return {};
        return QString::fromLatin1(inet_ntop(AF_INET6, &ip, text.data(), socklen_t(text.size())));
    }
    return {};
}

QStringList withoutThose(const QStringList &all, const QStringList &others)
{
    QStringList rest;
    for (const QString &one : all) {
        if (!others.contains(one))
            rest.append(one);
    }
    return rest;
}

} // namespace

NetworkFace networkFace(const QString &resolverPath)
{
    NetworkFace face;
    ifaddrs *first = nullptr;
    if (getifaddrs(&first) == 0) {
        const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owner(first, &freeifaddrs);
        for (const ifaddrs *one = first; one; one = one->ifa_next) {
            if (!one->ifa_addr || !(one->ifa_flags & IFF_UP))
                continue;
            const QString address = globalAddressText(*one->ifa_addr);
            if (!address.isEmpty())
                face.addresses.append(QString::fromLocal8Bit(one->ifa_name) + u' ' + address);
        }
    }
    face.addresses.sort();
    QFile resolver(resolverPath);
    if (resolver.open(QIODevice::ReadOnly))
        face.resolver = QString::fromUtf8(resolver.read(resolverBytesRead));
    return face;
}

QString networkChangeText(const NetworkFace &before, const NetworkFace &after)
{
    QStringList words;
    const QStringList fresh = withoutThose(after.addresses, before.addresses);
    const QStringList gone = withoutThose(before.addresses, after.addresses);
    if (!fresh.isEmpty())
        words.append(QStringLiteral("new: ") + fresh.mid(0, 3).join(QStringLiteral(", ")));
    if (!gone.isEmpty())
        words.append(QStringLiteral("gone: ") + gone.mid(0, 3).join(QStringLiteral(", ")));
    if (before.resolver != after.resolver)
        words.append(QStringLiteral("other name servers"));
    return words.join(QStringLiteral("; "));
}

} // namespace cockpit
