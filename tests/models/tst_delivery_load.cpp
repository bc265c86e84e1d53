// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/delivery_load.h"

#include <QTest>

using namespace cockpit;

namespace {

using Actionable = PageFact::Actionable;

Instant loadTime(const char *text) { return *parseRfc3339(text); }

PageFact paged(const char *at, int minutes = 0, Actionable actionable = Actionable::Unmarked)
{
    PageFact page{.alert = QStringLiteral("GCHighErrorRate"),
                  .service = QStringLiteral("gc-service"),
                  .at = loadTime(at),
                  .actionable = actionable};
    if (minutes > 0)
        page.endedAt = page.at + std::chrono::minutes(minutes);
    return page;
}

QList<AlertLoad> noisiest(const QList<PageFact> &pages)
{
    return noisiestAlerts(pages, loadTime("2026-11-01T00:00:00Z"), loadTime("2026-12-01T00:00:00Z"), QTimeZone::utc());
}

} // namespace

class DeliveryLoadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nightIsOfTheZone();
    void shiftsFollowTheClockOfTheZone();
    void pagesBelongToTheirShift();
    void nothingPagedIsNoAlert();
    void mostPagesStandFirst();
    void briefFiringsAskForALongerFor();
    void whatNeededNobodyBecomesATicket();
    void unmarkedPagesAskToBeMarked();
};

void DeliveryLoadTest::nightIsOfTheZone()
{
    const QTimeZone utc = QTimeZone::utc();
    QVERIFY(isAtNight(loadTime("2026-11-23T22:00:00Z"), utc));
    QVERIFY(isAtNight(loadTime("2026-11-23T05:59:59Z"), utc));
    QVERIFY(!isAtNight(loadTime("2026-11-23T06:00:00Z"), utc));
    QVERIFY(!isAtNight(loadTime("2026-11-23T21:59:59Z"), utc));
    QVERIFY(isAtNight(loadTime("2026-11-23T21:00:00Z"), QTimeZone(3600)));
}

void DeliveryLoadTest::shiftsFollowTheClockOfTheZone()
{
    const QList<ShiftLoad> shifts =
        halfDayShifts(loadTime("2026-11-22T09:00:00Z"), loadTime("2026-11-23T09:00:00Z"), QTimeZone(3600));
    QCOMPARE(shifts.size(), 3); // day, night, day: newest first
    QCOMPARE(shifts.first().from, loadTime("2026-11-23T07:00:00Z"));
    QCOMPARE(shifts.last().from, loadTime("2026-11-22T07:00:00Z"));
    QCOMPARE(shifts.at(1).to, shifts.at(0).from);
}

void DeliveryLoadTest::pagesBelongToTheirShift()
{
    const QTimeZone utc = QTimeZone::utc();
    const QList<ShiftLoad> shifts =
        withPages(halfDayShifts(loadTime("2026-11-22T08:00:00Z"), loadTime("2026-11-23T08:00:00Z"), utc),
                  {paged("2026-11-22T08:00:00Z"), paged("2026-11-22T20:00:00Z"), paged("2026-11-23T03:00:00Z"),
                   paged("2026-11-23T08:00:00Z")},
                  utc);
    QCOMPARE(shifts.size(), 2);
    QCOMPARE(shifts.at(0).pages, 2);
    QCOMPARE(shifts.at(0).atNight, 1);
    QCOMPARE(shifts.at(1).pages, 1);
}

void DeliveryLoadTest::nothingPagedIsNoAlert()
{
    QVERIFY(noisiest({}).isEmpty());
    QVERIFY(noisiest({paged("2026-12-01T00:00:00Z"), paged("2026-10-31T23:59:59Z")}).isEmpty());
}

void DeliveryLoadTest::mostPagesStandFirst()
{
    QList<PageFact> pages{paged("2026-11-02T10:00:00Z"), paged("2026-11-03T03:00:00Z")};
    pages.append(paged("2026-11-04T12:00:00Z"));
    pages[0].alert = QStringLiteral("Rare");
    const QList<AlertLoad> loads = noisiest(pages);
    QCOMPARE(loads.size(), 2);
    QCOMPARE(loads.first().alert, QStringLiteral("GCHighErrorRate"));
    QCOMPARE(loads.first().pages, 2);
    QCOMPARE(loads.first().atNight, 1);
}

void DeliveryLoadTest::briefFiringsAskForALongerFor()
{
    QList<PageFact> pages;
    for (int i = 0; i < 7; ++i)
        pages.append(paged("2026-11-02T10:00:00Z", i < 5 ? 8 : 90));
    QVERIFY2(noisiest(pages).first().proposal.contains(QStringLiteral("by 10 m: 5 of 7")),
             qPrintable(noisiest(pages).first().proposal));
}

void DeliveryLoadTest::whatNeededNobodyBecomesATicket()
{
    QList<PageFact> pages{paged("2026-11-02T10:00:00Z", 90, Actionable::Yes)};
    for (int i = 0; i < 3; ++i)
        pages.append(paged("2026-11-03T10:00:00Z", 90, Actionable::No));
    const AlertLoad load = noisiest(pages).first();
    QCOMPARE(load.actionable, 1);
    QCOMPARE(load.notActionable, 3);
    QVERIFY2(load.proposal.contains(QStringLiteral("3 of 4")), qPrintable(load.proposal));
}

void DeliveryLoadTest::unmarkedPagesAskToBeMarked()
{
    const AlertLoad load = noisiest({paged("2026-11-02T10:00:00Z", 90)}).first();
    QCOMPARE(load.unmarked, 1);
    QVERIFY2(load.proposal.contains(QStringLiteral("1 of 1 are not marked")), qPrintable(load.proposal));
}

QTEST_APPLESS_MAIN(DeliveryLoadTest)
#include "tst_delivery_load.moc"
