// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_scale.h"
#include "ui/charts/time_chart.h"

#include <QAccessible>
#include <QTest>

#include <cmath>
#include <limits>

namespace cockpit {

using std::chrono::minutes;
using std::chrono::seconds;

/// Axes are round, gaps are gaps, and what is drawn can be read without seeing it.
class TestTimeChart : public QObject {
    Q_OBJECT

    static ChartView view(bool gap)
    {
        auto points = std::make_shared<std::vector<Point>>();
        const Instant start = fromEpochMs(0);
        for (int index = 0; index <= 100; ++index) {
            const bool missing = gap && index > 40 && index < 50;
            points->push_back({start + seconds(15) * index, missing ? std::numeric_limits<double>::quiet_NaN() : 0.02});
        }
        ChartView view;
        view.title = QStringLiteral("Error rate");
        view.unit = QStringLiteral("%");
        view.factor = 100.0;
        view.start = start;
        view.end = start + minutes(25);
        view.step = seconds(15);
        view.lines = {{QStringLiteral("canary"), Role::Canary, 1.75, points, QStringLiteral("2.0 %")}};
        view.thresholds = {{0.01, QStringLiteral("limit 1 %")}};
        return view;
    }

private Q_SLOTS:
    void axesAreRound_data()
    {
        QTest::addColumn<double>("maximum");
        QTest::addColumn<int>("intervals");
        QTest::addColumn<double>("top");
        QTest::addColumn<QString>("topLabel");
        QTest::newRow("percent") << 7.8 << 3 << 9.0 << QStringLiteral("9");
        QTest::newRow("ms") << 430.0 << 2 << 500.0 << QStringLiteral("500");
        QTest::newRow("small") << 0.03 << 2 << 0.04 << QStringLiteral("0.04");
        QTest::newRow("tenth") << 0.9 << 3 << 1.5 << QStringLiteral("1.5");
        QTest::newRow("big") << 11300.0 << 3 << 15000.0 << QStringLiteral("15000");
    }
    void axesAreRound()
    {
        QFETCH(double, maximum);
        QFETCH(int, intervals);
        const ValueScale scale = valueScale(maximum, intervals);
        QTEST(scale.label(scale.top), "topLabel");
        QFETCH(double, top);
        QVERIFY(std::abs(scale.top - top) < 1e-9);
    }
    void anAxisOfNothingIsStillAnAxis()
    {
        QVERIFY(valueScale(0.0, 3).top > 0.0);
        QVERIFY(valueScale(std::numeric_limits<double>::quiet_NaN(), 3).top > 0.0);
        QVERIFY(valueScale(std::numeric_limits<double>::infinity(), 3).top > 0.0);
    }
    void timeLabelsAreFewAndRound()
    {
        const Instant start = *parseRfc3339("2026-11-23T02:38:00Z");
        const QList<TimeTick> ticks = timeTicks(start, start + minutes(35), 7);
        QVERIFY(ticks.size() >= 3 && ticks.size() <= 8);
        QCOMPARE(ticks.first().text, QStringLiteral("02:40"));
        QVERIFY(timeTicks(start, start, 7).isEmpty());
    }
    void aGapIsAGap()
    {
        const QList<ChartGap> gaps = chartGaps(view(true));
        QCOMPARE(gaps.size(), 1);
        QCOMPARE(gaps.first().from, fromEpochMs(40 * 15000));
        QCOMPARE(gaps.first().to, fromEpochMs(50 * 15000));
        QVERIFY(!gaps.first().open);
        QVERIFY(chartGaps(view(false)).isEmpty());
    }
    void anotherLineInTheGapIsKnowledge()
    {
        ChartView both = view(true);
        both.lines.append(view(false).lines.first());
        QVERIFY(chartGaps(both).isEmpty());
    }
    void anEndWithoutDataIsAnOpenGap()
    {
        ChartView late = view(false);
        late.end += minutes(5);
        const QList<ChartGap> gaps = chartGaps(late);
        QCOMPARE(gaps.size(), 1);
        QVERIFY(gaps.first().open);
    }
    void nearPointsNeverJumpOverAGap()
    {
        const ChartView chart = view(true);
        QVERIFY(pointNear(chart.lines.first(), fromEpochMs(10 * 15000 + 4000), chart.step));
        QVERIFY(!pointNear(chart.lines.first(), fromEpochMs(45 * 15000), chart.step));
    }
    void itCanBeReadWithoutSeeingIt()
    {
        Theme theme;
        TimeChart chart(theme);
        chart.setView(view(true));
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(&chart);
        QVERIFY(accessible);
        QCOMPARE(accessible->role(), QAccessible::Chart);
        QCOMPARE(accessible->text(QAccessible::Name), QStringLiteral("Error rate"));
        const QString words = accessible->text(QAccessible::Value);
        QVERIFY2(words.contains(QStringLiteral("canary 2.0 %")), qPrintable(words));
        QVERIFY2(words.contains(QStringLiteral("no data 00:10 to 00:12")), qPrintable(words));
        QVERIFY2(words.contains(QStringLiteral("limit 1 %")), qPrintable(words));
    }
    void keysMoveTheCrosshair()
    {
        Theme theme;
        TimeChart chart(theme);
        chart.resize(500, 140);
        chart.setView(view(false));
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(*chart.crosshair(), chart.view().end);
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(*chart.crosshair(), chart.view().end - seconds(15));
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!chart.crosshair());
    }
    void theGapShowsTheHatchAndNoLine()
    {
        Theme theme;
        TimeChart chart(theme);
        chart.resize(600, 160);
        chart.setView(view(true));
        const QImage with = chart.grab().toImage();
        chart.setView(view(false));
        const QImage without = chart.grab().toImage();
        const QRgb canary = theme.color(Role::Canary).rgb();
        const auto lineAt = [&](const QImage &image, double part) {
            const int x = 36 + int(part * (600 - 36 - 6));
            for (int y = 20; y < 140; ++y) {
                const QColor pixel(image.pixel(x, y));
                if (std::abs(pixel.red() - qRed(canary)) + std::abs(pixel.green() - qGreen(canary)) +
                        std::abs(pixel.blue() - qBlue(canary)) <
                    60)
                    return true;
            }
            return false;
        };
        QVERIFY(lineAt(with, 0.2));
        QVERIFY(!lineAt(with, 0.45));
        QVERIFY(lineAt(without, 0.45));
    }
};

} // namespace cockpit

QTEST_MAIN(cockpit::TestTimeChart)
#include "tst_time_chart.moc"
