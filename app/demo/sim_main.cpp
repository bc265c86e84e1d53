// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/rule_test_dump.h"
#include "app/demo/shipped_runbooks.h"
#include "app/demo/simulation.h"

#include <QCoreApplication>
#include <QSaveFile>

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace {

using namespace cockpit;

int failed(int code, const QString &words)
{
    std::fprintf(stderr, "dt-cockpit-sim: %s\n", qPrintable(words));
    return code;
}

bool writeText(const std::string &path, const std::string &text, bool isSecret = false)
{
    QSaveFile file(QString::fromStdString(path));
    const auto own = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    return file.open(QIODevice::WriteOnly) && file.write(text.data(), static_cast<qint64>(text.size())) >= 0 &&
           (!isSecret || file.setPermissions(own)) && file.commit();
}

/// Waits for SIGTERM or SIGINT (blocked before any thread began), or for the end of standard input.
void waitForEnd(int signals, bool withParent)
{
    pollfd waits[2] = {{signals, POLLIN, 0}, {withParent ? STDIN_FILENO : -1, POLLIN, 0}};
    while (true) {
        if (poll(waits, 2, -1) < 0 || (waits[0].revents & POLLIN) != 0)
            return;
        char rest[256];
        if (waits[1].revents != 0 && read(STDIN_FILENO, rest, sizeof rest) <= 0)
            return;
    }
}

int run(const demo::SimOptions &options, int signals)
{
    if (!options.dumpSeries.empty()) {
        const Result<std::string> text = demo::ruleTestOf(options);
        if (!text)
            return failed(78, text.error().text());
        return writeText(options.dumpSeries, *text) ? 0 : failed(74, QStringLiteral("The dump could not be written."));
    }
    const Result<std::unique_ptr<demo::Simulation>> simulation = demo::Simulation::start(options);
    if (!simulation)
        return failed(78, simulation.error().text());
    if (!options.configFile.empty() && !demo::writeShippedRunbooks(options.configFile))
        return failed(74, QStringLiteral("The runbooks of the demo could not be written."));
    const std::string folder = options.configFile.substr(0, options.configFile.rfind('/') + 1);
    for (const auto &[name, text] : (*simulation)->companions())
        if (!writeText(folder + name, text, true))
            return failed(74, QStringLiteral("What belongs to the configuration could not be written."));
    // Last: who waits for it finds everything that it names.
    if (!options.configFile.empty() && !writeText(options.configFile, (*simulation)->configuration()))
        return failed(74, QStringLiteral("The configuration could not be written."));
    std::printf("%s\n", (*simulation)->readyLine().c_str());
    std::fflush(stdout);
    waitForEnd(signals, options.exitWithParent);
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    // Before any thread: threads inherit the mask, and the signals then only arrive at the descriptor.
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGTERM);
    sigaddset(&mask, SIGINT);
    pthread_sigmask(SIG_BLOCK, &mask, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    const int signals = signalfd(-1, &mask, SFD_CLOEXEC);
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.contains(QStringLiteral("--help"))) {
        std::fputs(qPrintable(demo::simHelp()), stdout);
        return 0;
    }
    const Result<demo::SimOptions> options = demo::parseSimOptions(arguments);
    return options ? run(*options, signals) : failed(64, options.error().text());
}
