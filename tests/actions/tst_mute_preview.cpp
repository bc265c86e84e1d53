// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/mute_preview.h"
#include "app/actions/silence_request.h"
#include "app/actions/uuid7.h"

#include <QSet>
#include <QTest>

using namespace cockpit;

class MutePreviewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void countsWhatItCatches();
    void pageRules_data();
    void pageRules();
    void marksAreFoundAndRemoved();
    void nights();
    void idsAreUuid7();
};

namespace {

AlertRule pageRule(const char *name, const char *severity)
{
    AlertRule rule;
    rule.name = QLatin1String(name);
    rule.labels = Labels({{QStringLiteral("severity"), QLatin1String(severity)}});
    return rule;
}

MatcherSet matcherSet(const QString &text) { return *MatcherSet::compile(*parseMatchers(text)); }

} // namespace

void MutePreviewTest::countsWhatItCatches()
{
    ReceivedAlert one;
    one.labels =
        Labels({{QStringLiteral("alertname"), QStringLiteral("A")}, {QStringLiteral("service"), QStringLiteral("gc")}});
    ReceivedAlert two;
    two.labels =
        Labels({{QStringLiteral("alertname"), QStringLiteral("B")}, {QStringLiteral("job"), QStringLiteral("mc")}});
    const std::vector<ReceivedAlert> alerts{one, two, one};
    const auto preview = previewMute(matcherSet(QStringLiteral("alertname=~\"A|B\"")), alerts, nullptr, {});
    QCOMPARE(preview.caught.size(), size_t(3));
    QCOMPARE(preview.alertNames, (QStringList{QStringLiteral("A"), QStringLiteral("B")}));
    QCOMPARE(preview.services, (QStringList{QStringLiteral("gc"), QStringLiteral("mc")}));
    QVERIFY(preview.namedAlert.isEmpty());
    QCOMPARE(breadthCheck(preview, {}, {}).verdict, Evidence::Verdict::Bad);
    QCOMPARE(pagesCheck(preview, {}, {}).verdict, Evidence::Verdict::Unknown); // rules are not known
    QCOMPARE(catchCheck(preview, {}, {}, {}).count, std::optional<qint64>(3));
}

void MutePreviewTest::pageRules_data()
{
    QTest::addColumn<QString>("matchers");
    QTest::addColumn<QString>("muted");
    QTest::addColumn<QString>("perhaps");
    QTest::addColumn<Evidence::Verdict>("verdict");
    QTest::newRow("one by name") << QStringLiteral("alertname=\"A\"") << QStringLiteral("A") << QString()
                                 << Evidence::Verdict::Good;
    QTest::newRow("one by name and label")
        << QStringLiteral("alertname=\"A\",pod=\"p\"") << QString() << QStringLiteral("A") << Evidence::Verdict::Good;
    QTest::newRow("every page") << QStringLiteral("severity=\"page\"") << QStringLiteral("A") << QString()
                                << Evidence::Verdict::Bad;
    QTest::newRow("by service") << QStringLiteral("service=\"gc\"") << QString() << QStringLiteral("A,B")
                                << Evidence::Verdict::Unknown;
    QTest::newRow("a firing one decides")
        << QStringLiteral("zone=\"eu\"") << QStringLiteral("B") << QStringLiteral("A") << Evidence::Verdict::Bad;
    QTest::newRow("only warnings") << QStringLiteral("severity=\"warning\"") << QString() << QString()
                                   << Evidence::Verdict::Good;
}

void MutePreviewTest::pageRules()
{
    QFETCH(const QString, matchers);
    QFETCH(const QString, muted);
    QFETCH(const QString, perhaps);
    QFETCH(const Evidence::Verdict, verdict);
    std::vector<AlertRule> rules{pageRule("A", "page"), pageRule("B", "made-up"), pageRule("W", "warning")};
    AlertRule::Instance firing;
    firing.labels =
        Labels({{QStringLiteral("alertname"), QStringLiteral("B")}, {QStringLiteral("zone"), QStringLiteral("eu")}});
    rules.at(1).instances = {firing};
    const auto preview = previewMute(matcherSet(matchers), {}, &rules, {});
    QCOMPARE(preview.pageRules.join(u','), muted);
    QCOMPARE(preview.perhapsPageRules.join(u','), perhaps);
    QCOMPARE(pagesCheck(preview, {}, {}).verdict, verdict);
}

void MutePreviewTest::marksAreFoundAndRemoved()
{
    ActionRequest request;
    request.id = newActionId(fromEpochMs(5));
    request.actor = QStringLiteral("alice");
    request.reason = QStringLiteral("known [dt 0123456789ab]"); // of an earlier action: it is replaced
    SilenceAlerts intent;
    intent.matchers = {Matcher{QStringLiteral("a"), QStringLiteral("1"), false, true},
                       Matcher{QStringLiteral("b"), QStringLiteral("2"), false, true}};
    Silence wanted = silenceFor(request, intent, {});
    QCOMPARE(wanted.comment, QStringLiteral("known") + silenceMark(request.id));
    QCOMPARE(withoutSilenceMark(wanted.comment), QStringLiteral("known"));
    Silence there = wanted;
    std::swap(there.matchers[0], there.matchers[1]);
    QVERIFY(findOurs({there}, wanted, request.id));
    QVERIFY(!findOurs({there}, wanted, newActionId(fromEpochMs(5))));
    there.createdBy = QStringLiteral("bob");
    QVERIFY(!findOurs({there}, wanted, request.id));
}

void MutePreviewTest::nights()
{
    const Instant evening = *parseRfc3339("2026-11-23T22:30:00Z");
    QVERIFY(isNight(evening, QTimeZone::utc()));
    QVERIFY(!isNight(evening, QTimeZone(-4 * 3600)));
    QVERIFY(isNight(*parseRfc3339("2026-11-23T06:59:00Z"), QTimeZone::utc()));
    QVERIFY(!isNight(*parseRfc3339("2026-11-23T07:00:00Z"), QTimeZone::utc()));
}

void MutePreviewTest::idsAreUuid7()
{
    QSet<QString> ids;
    for (int number = 0; number < 1000; ++number)
        ids.insert(newActionId(fromEpochMs(0x018f12345678LL)).toString());
    QCOMPARE(ids.size(), 1000);
    for (const QString &id : std::as_const(ids)) {
        QVERIFY(id.startsWith(QStringLiteral("018f1234-5678-7")));
        QVERIFY(QStringLiteral("89ab").contains(id.at(19)));
    }
    QVERIFY(newActionId(fromEpochMs(1)).toString() < newActionId(fromEpochMs(2)).toString());
}

QTEST_APPLESS_MAIN(MutePreviewTest)
#include "tst_mute_preview.moc"
