// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/process_usage.h"

#include <QCoreApplication>
#include <QProcess>
#include <QProcessEnvironment>
#include <QThread>

#include <algorithm>
#include <cstdio>

using namespace cockpit;

// The real program on the demo, offscreen: memory with 10 000 alerts shown, and CPU time of a minute in which nothing
// happens. Prints both; with `--gate` it fails above 110 MiB (PSS) or 0.2 s a minute.

namespace {

/// The window on one scenario of the demo; ended when this goes.
class Window {
public:
    explicit Window(const QString &scenario)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        m_process.setProcessEnvironment(environment);
        m_process.setStandardOutputFile(QProcess::nullDevice());
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.start(QStringLiteral(COCKPIT_BIN_DIR "/dt-cockpit"), {QStringLiteral("--demo=") + scenario});
        m_process.waitForStarted();
    }
    ~Window()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(5000))
            m_process.kill();
        m_process.waitForFinished();
    }
    qint64 pid() const { return m_process.processId(); }

    /// Lets it run; a bench of a process has nothing else to wait for than time.
    static void run(int seconds) { QThread::sleep(static_cast<unsigned long>(seconds)); }

private:
    QProcess m_process{};
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    bool over = false;
    {
        Window storm(QStringLiteral("storm"));
        double most = 0.0;
        for (int sample = 0; sample < 20; ++sample) {
            Window::run(2);
            most = std::max(most, memoryMiBOf(storm.pid(), "Pss").value_or(1e9));
        }
        over |= most > 110.0;
        std::printf("bench_window: most memory of 40 s with 10 000 alerts %.1f MiB PSS (limit 110)\n", most);
    }
    {
        Window calm(QStringLiteral("calm"));
        Window::run(20);
        const double before = cpuSecondsOf(calm.pid()).value_or(0.0);
        Window::run(60);
        const double used = cpuSecondsOf(calm.pid()).value_or(1e9) - before;
        over |= used > 0.2;
        std::printf("bench_window: an idle minute on the demo fleet %.2f s CPU (limit 0.2)\n", used);
    }
    return argc == 2 && QByteArray(argv[1]) == "--gate" && over ? 1 : 0;
}
