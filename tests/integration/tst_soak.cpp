// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/process_usage.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <vector>

using namespace cockpit;

namespace {

/// A day of the world goes by in ten minutes.
constexpr int worldSpeed = 144;
/// Resolved alerts are kept for six hours and charts for one: before, memory has a reason to grow.
constexpr int warmUpSeconds = 180;
constexpr double mostGrowthMiB = 6.0;

double medianOf(std::vector<double> values)
{
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(values.size() / 2), values.end());
    return values[values.size() / 2];
}

} // namespace

/// The window over a long time of a world in which alerts come and go: its memory stays where it was.
/// COCKPIT_SOAK_SECONDS (600 unless told) is the real time that is watched after the warm-up.
class SoakTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void memoryStaysFlat_data()
    {
        QTest::addColumn<QString>("scenario");
        QTest::newRow("alerts come and go") << QStringLiteral("flapping");
    }

    void memoryStaysFlat()
    {
        QFETCH(QString, scenario);
        QTemporaryDir folder;
        const QString configuration = folder.filePath(QStringLiteral("c.yaml"));
        QProcess world;
        world.start(QStringLiteral(COCKPIT_BIN_DIR "/dt-cockpit-sim"),
                    {QStringLiteral("--scenario"), scenario, QStringLiteral("--speed"), QString::number(worldSpeed),
                     QStringLiteral("--write-config"), configuration});
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(configuration).size() > 0, 20'000);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("XDG_DATA_HOME"), folder.path());
        QProcess window;
        window.setProcessEnvironment(environment);
        window.setStandardErrorFile(QProcess::nullDevice());
        window.start(QStringLiteral(COCKPIT_BIN_DIR "/dt-cockpit"), {QStringLiteral("--config"), configuration});
        QVERIFY(window.waitForStarted());

        bool known = false;
        const int asked = qEnvironmentVariableIntValue("COCKPIT_SOAK_SECONDS", &known);
        const std::vector<double> heap = watched(window, warmUpSeconds + (known ? asked : 600));
        QCOMPARE(window.state(), QProcess::Running);
        QVERIFY(heap.size() > 30);
        const auto begin = heap.begin() + std::ptrdiff_t(heap.size() * warmUpSeconds / (warmUpSeconds + (known ? asked : 600)));
        const auto part = (heap.end() - begin) / 3;
        const double early = medianOf({begin, begin + part});
        const double late = medianOf({heap.end() - part, heap.end()});
        const QString told = QStringLiteral("heap %1 MiB early, %2 MiB late, most %3 MiB; %4 s CPU")
                                 .arg(early).arg(late).arg(*std::max_element(heap.begin(), heap.end()))
                                 .arg(cpuSecondsOf(window.processId()).value_or(0.0));
        qInfo().noquote() << told;
        QVERIFY2(late - early <= mostGrowthMiB, qPrintable(told));
        for (QProcess *process : {&window, &world}) {
            process->terminate();
            if (!process->waitForFinished(10'000))
                process->kill();
            process->waitForFinished();
        }
    }

private:
    /// One sample of the heap every two seconds, for so long or until the window ends.
    static std::vector<double> watched(const QProcess &window, int seconds)
    {
        std::vector<double> heap;
        QTimer timer;
        QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
            if (const auto sample = memoryMiBOf(window.processId(), "Pss_Anon"))
                heap.push_back(*sample);
        });
        timer.start(2000);
        const size_t wanted = size_t(seconds / 2);
        // A busy machine takes longer, never for ever.
        (void)QTest::qWaitFor([&] { return heap.size() >= wanted || window.state() != QProcess::Running; }, seconds * 3000);
        return heap;
    }
};

int main(int argc, char **argv)
{
    // Qt Test ends a function after five minutes unless told.
    qputenv("QTEST_FUNCTION_TIMEOUT", "7200000");
    QCoreApplication app(argc, argv);
    SoakTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_soak.moc"
