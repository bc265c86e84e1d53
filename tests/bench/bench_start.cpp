// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/process_usage.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>

using namespace cockpit;

// From the start of the process to the first painted live data, against a minimal Qt window with one chart and one
// table. The demo world runs before. With `--gate` it fails above twice the CPU time of the floor.

namespace {

struct Start {
    double wallMs = 1e9;
    double cpuMs = 1e9;
};

/// Runs the program until it says that it has painted; nothing comes of one that does not.
Start startOf(const QString &program, const QStringList &arguments, const QString &folder)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.insert(QStringLiteral("DT_COCKPIT_TELL_FIRST_PAINT"), QStringLiteral("1"));
    environment.insert(QStringLiteral("XDG_DATA_HOME"), folder);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setStandardErrorFile(QProcess::nullDevice());
    QElapsedTimer timer;
    timer.start();
    process.start(program, arguments);
    Start start;
    const bool painted = QTest::qWaitFor([&] { return process.canReadLine(); }, 30'000);
    if (painted && process.readLine().startsWith("painted"))
        start = {double(timer.nsecsElapsed()) / 1e6, threadsCpuMsOf(process.processId()).value_or(1e9)};
    process.kill();
    process.waitForFinished();
    return start;
}

Start leastStart(const QString &program, const QStringList &arguments, const QString &folder)
{
    Start least;
    for (int round = 0; round < 5; ++round) {
        const Start one = startOf(program, arguments, folder);
        least = {std::min(least.wallMs, one.wallMs), std::min(least.cpuMs, one.cpuMs)};
    }
    return least;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QTemporaryDir folder;
    const QString configuration = folder.filePath(QStringLiteral("c.yaml"));
    QProcess world;
    world.start(QStringLiteral(COCKPIT_BIN_DIR "/dt-cockpit-sim"), {QStringLiteral("--write-config"), configuration});
    if (!QTest::qWaitFor([&] { return QFileInfo(configuration).size() > 0; }, 20'000)) {
        std::fprintf(stderr, "bench_start: the demo world did not start\n");
        return 1;
    }
    const Start floor = leastStart(QStringLiteral(COCKPIT_BENCH_DIR "/minimal_window"), {}, folder.path());
    const Start cockpit = leastStart(QStringLiteral(COCKPIT_BIN_DIR "/dt-cockpit"),
                                     {QStringLiteral("--config"), configuration}, folder.path());
    world.kill();
    world.waitForFinished();
    const double ratio = cockpit.cpuMs / floor.cpuMs;
    std::printf("bench_start: to the first painted live data %.0f ms (%.0f ms CPU); minimal window %.0f ms (%.0f ms CPU); "
                "ratio %.2f, of CPU %.2f (limit 2)\n",
                cockpit.wallMs, cockpit.cpuMs, floor.wallMs, floor.cpuMs, cockpit.wallMs / floor.wallMs, ratio);
    return argc == 2 && QByteArray(argv[1]) == "--gate" && !(ratio <= 2.0) ? 1 : 0;
}
