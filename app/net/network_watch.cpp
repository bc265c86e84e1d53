// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/network_watch.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <thread>
#include <utility>

namespace cockpit {

namespace {

/// Tells of links, addresses and routes; -1 when the kernel does not let us.
int openRouteSocket()
{
    const int number = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    if (number < 0)
        return -1;
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE;
    if (::bind(number, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        return number;
    ::close(number);
    return -1;
}

/// What it says does not matter, only that it spoke: the face is read anew. An overrun (ENOBUFS) ends it like no more.
void drain(int number)
{
    std::array<char, 8192> bytes{};
    while (::recv(number, bytes.data(), bytes.size(), MSG_DONTWAIT) > 0) {
    }
}

} // namespace

class NetworkWatch::Watching {
public:
    Watching(Settings settings, Changed changed)
        : m_settings(std::move(settings)), m_changed(std::move(changed)), m_route(openRouteSocket()),
          m_end(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), m_thread([this](const std::stop_token &stop) { run(stop); })
    {
    }

    ~Watching()
    {
        m_thread.request_stop();
        ::eventfd_write(m_end.number(), 1);
    }

private:
    /// Owns a file descriptor; -1 is none.
    class OwnedDescriptor {
    public:
        explicit OwnedDescriptor(int number) : m_number(number) {}
        ~OwnedDescriptor()
        {
            if (m_number >= 0)
                ::close(m_number);
        }
        OwnedDescriptor(const OwnedDescriptor &) = delete;
        OwnedDescriptor &operator=(const OwnedDescriptor &) = delete;
        int number() const { return m_number; }

    private:
        int m_number;
    };

    /// True when the kernel spoke within the time.
    bool heard(std::chrono::milliseconds time)
    {
        // poll(2) leaves a negative descriptor out.
        std::array<pollfd, 2> both{pollfd{m_route.number(), POLLIN, 0}, pollfd{m_end.number(), POLLIN, 0}};
        const int ready = ::poll(both.data(), both.size(), int(time.count()));
        if (ready <= 0 || !(both[0].revents & (POLLIN | POLLERR)))
            return false;
        drain(m_route.number());
        return true;
    }

    void run(const std::stop_token &stop)
    {
        NetworkFace known = networkFace(m_settings.resolverPath);
        while (!stop.stop_requested()) {
            const bool spoke = heard(m_settings.interval);
            while (spoke && !stop.stop_requested() && heard(m_settings.settle)) {
            }
            if (stop.stop_requested())
                return;
            NetworkFace now = networkFace(m_settings.resolverPath);
            if (now == known)
                continue;
            const QString words = networkChangeText(known, now);
            known = std::move(now);
            m_changed(words);
        }
    }

    Settings m_settings;
    Changed m_changed;
    OwnedDescriptor m_route;
    OwnedDescriptor m_end;
    std::jthread m_thread; ///< last: ends before what it uses
};

NetworkWatch::NetworkWatch(Settings settings, Changed changed)
    : m_watching(std::make_unique<Watching>(std::move(settings), std::move(changed)))
{
}

NetworkWatch::~NetworkWatch() = default;

} // namespace cockpit
