// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/silence_store.h"
#include "app/demo/wire_time.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::demo;
using namespace std::chrono_literals;

/// A silence of the demo lives as one of Alertmanager does.
class TestDemoSilences : public QObject {
    Q_OBJECT

    const Instant now = *parseRfc3339("2026-11-23T03:12:40Z");

    nlohmann::json body(Duration begin, Duration length) const
    {
        return {{"matchers", {{{"name", "alertname"}, {"value", "A"}, {"isRegex", false}}}},
                {"startsAt", wireTime(now + begin)},
                {"endsAt", wireTime(now + begin + length)},
                {"createdBy", "someone"},
                {"comment", "why"}};
    }
    static std::string idOf(const std::variant<std::string, SilenceRefusal> &result)
    {
        return std::holds_alternative<std::string>(result) ? std::get<std::string>(result) : std::string();
    }
    static int statusOf(const std::variant<std::string, SilenceRefusal> &result)
    {
        return std::holds_alternative<SilenceRefusal>(result) ? std::get<SilenceRefusal>(result).status : 200;
    }

private Q_SLOTS:
    void startInThePastBecomesNow()
    {
        SilenceStore store;
        const std::string id = idOf(store.post(body(-1h, 2h), now));
        QCOMPARE(store.find(id)->startsAt, now);
        QCOMPARE(store.find(id)->stateAt(now), "active");
        QVERIFY(SilenceStore::muting(store.all(now), {{"alertname", "A"}}) == std::vector<std::string>{id});
    }

    void longerEndChangesInPlace()
    {
        SilenceStore store;
        const std::string id = idOf(store.post(body(0h, 1h), now));
        nlohmann::json longer = store.find(id)->toJson(now + 1min);
        longer["endsAt"] = wireTime(now + 3h);
        QCOMPARE(idOf(store.post(longer, now + 1min)), id);
        QCOMPARE(store.find(id)->endsAt, now + 3h);
    }

    void otherMatchersMakeANewSilence()
    {
        SilenceStore store;
        const std::string id = idOf(store.post(body(0h, 1h), now));
        nlohmann::json changed = store.find(id)->toJson(now);
        changed["matchers"][0]["value"] = "B";
        const std::string other = idOf(store.post(changed, now + 1min));
        QVERIFY(!other.empty() && other != id);
        QCOMPARE(store.find(id)->stateAt(now + 2min), "expired");
        QCOMPARE(store.find(other)->stateAt(now + 2min), "active");
    }

    void expireIsIdempotentAndKeepsIt()
    {
        SilenceStore store;
        const std::string id = idOf(store.post(body(0h, 1h), now));
        QVERIFY(store.expire(id, now + 1min));
        QVERIFY(store.expire(id, now + 2min));
        QCOMPARE(store.find(id)->endsAt, now + 1min);
        QVERIFY(!store.expire("nobody", now));
    }

    void whatAlertmanagerRefusesIsRefused()
    {
        SilenceStore store;
        QCOMPARE(statusOf(store.post(body(-2h, 1h), now)), 400);
        nlohmann::json empty = body(0h, 1h);
        empty["matchers"][0]["value"] = ".*";
        empty["matchers"][0]["isRegex"] = true;
        QCOMPARE(statusOf(store.post(empty, now)), 400);
        nlohmann::json unknown = body(0h, 1h);
        unknown["id"] = "c1a4e5b3-2b7f-4a4e-8f0d-3d0c9f2a0000";
        QCOMPARE(statusOf(store.post(unknown, now)), 404);
        QCOMPARE(statusOf(store.post({{"comment", "x"}}, now)), 400);
    }

    void activeComesBeforePendingBeforeExpired()
    {
        SilenceStore store;
        const std::string expired = idOf(store.post(body(0h, 1min), now));
        const std::string pending = idOf(store.post(body(2h, 1h), now));
        const std::string active = idOf(store.post(body(0h, 1h), now));
        const auto all = store.all(now + 5min);
        QCOMPARE(all[0].id, active);
        QCOMPARE(all[1].id, pending);
        QCOMPARE(all[2].id, expired);
    }
};

QTEST_APPLESS_MAIN(TestDemoSilences)
#include "tst_demo_silences.moc"
