// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/network_watch.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sched.h>

#include <mutex>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

/// What the watch told, from its thread.
class HeardChanges {
public:
    NetworkWatch::Changed sink()
    {
        return [this](const QString &words) {
            const std::lock_guard lock(m_mutex);
            m_words.append(words);
        };
    }
    QStringList words() const
    {
        const std::lock_guard lock(m_mutex);
        return m_words;
    }

private:
    mutable std::mutex m_mutex;
    QStringList m_words{};
};

bool writeText(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size();
}

bool ip(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("ip"), arguments);
    return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

} // namespace

class NetworkWatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sayingWhatChanged()
    {
        const NetworkFace home{{QStringLiteral("wlan0 192.168.1.7")}, QStringLiteral("nameserver 192.168.1.1")};
        NetworkFace vpn = home;
        vpn.addresses.append(QStringLiteral("tun0 10.8.0.2"));
        QCOMPARE(networkChangeText(home, vpn), QStringLiteral("new: tun0 10.8.0.2"));
        QCOMPARE(networkChangeText(vpn, home), QStringLiteral("gone: tun0 10.8.0.2"));
        vpn = home;
        vpn.resolver = QStringLiteral("nameserver 10.8.0.1");
        QCOMPARE(networkChangeText(home, vpn), QStringLiteral("other name servers"));
        QVERIFY(networkChangeText(home, home).isEmpty());
    }

    void loopbackIsNotANetwork()
    {
        for (const QString &address : networkFace(QStringLiteral("/nonexistent")).addresses)
            QVERIFY2(!address.contains(u" 127.") && !address.endsWith(u" ::1") && !address.contains(u" fe80:"),
                     qPrintable(address));
    }

    void otherNameServersAreNoticed()
    {
        QTemporaryDir directory;
        const QString resolver = directory.filePath(QStringLiteral("resolv.conf"));
        QVERIFY(writeText(resolver, "nameserver 192.168.1.1\n"));
        HeardChanges heard;
        NetworkWatch watch({.resolverPath = resolver, .interval = 20ms, .settle = 10ms}, heard.sink());
        // The watch may have read the first text or not yet: the second differs from either for sure only once it did,
        // so the file goes on changing until it is noticed.
        int round = 0;
        QTRY_VERIFY_WITH_TIMEOUT(
            (writeText(resolver, "nameserver 10.8.0." + QByteArray::number(++round % 200 + 1) + "\n"), !heard.words().isEmpty()),
            5000);
        QCOMPARE(heard.words().first(), QStringLiteral("other name servers"));
    }

    void endingDoesNotWaitForTheInterval()
    {
        HeardChanges heard;
        const auto began = std::chrono::steady_clock::now();
        {
            NetworkWatch watch({.interval = 10min}, heard.sink());
        }
        QVERIFY(std::chrono::steady_clock::now() - began < 1min);
    }

    void anInterfaceOfAVpnIsNoticed()
    {
        // A network of its own for this thread; the watch's thread inherits it.
        if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
            QSKIP("no user namespace here: the kernel refuses another network");
        if (!ip({QStringLiteral("link"), QStringLiteral("set"), QStringLiteral("lo"), QStringLiteral("up")}))
            QSKIP("the program ip (iproute2) is missing or refused");
        HeardChanges heard;
        NetworkWatch watch({.resolverPath = QStringLiteral("/nonexistent"), .interval = 10min, .settle = 10ms}, heard.sink());
        const QStringList address{QStringLiteral("10.8.0.2/32"), QStringLiteral("dev"), QStringLiteral("lo")};
        const QStringList add = QStringList{QStringLiteral("addr"), QStringLiteral("add")} + address;
        const QStringList remove = QStringList{QStringLiteral("addr"), QStringLiteral("del")} + address;
        // Added and taken away until the watch, which may have begun late, saw one of them.
        bool isThere = false;
        QTRY_VERIFY_WITH_TIMEOUT((ip(isThere ? remove : add), isThere = !isThere, !heard.words().isEmpty()), 10000);
        QVERIFY2(heard.words().first().contains(u"lo 10.8.0.2"), qPrintable(heard.words().first()));
    }
};

QTEST_GUILESS_MAIN(NetworkWatchTest)
#include "tst_network_watch.moc"
