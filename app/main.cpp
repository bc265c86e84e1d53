// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/run_command.h"
#include "app/cockpit/stop_signals.h"
#include "app/config/qt_keychain_reader.h"
#include "app/desktop/desktop.h"
#include "app/desktop/postmortem_pdf.h"
#include "app/net/network_runtime.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCoreApplication>

#include <csignal>
#include <memory>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

using namespace cockpit;

QStringList argumentsOf(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

/// A poll of 10 000 alerts takes and frees tens of MiB on three threads. Without bounds glibc keeps an arena a thread and
/// gives little of it back.
void keepMemoryLow()
{
#ifdef __GLIBC__
    ::mallopt(M_ARENA_MAX, 2);
    ::mallopt(M_TRIM_THRESHOLD, 256 * 1024);
    ::mallopt(M_MMAP_THRESHOLD, 256 * 1024);
#endif
}

/// Fonts and pages need QtGui, but never a display.
std::unique_ptr<QCoreApplication> terminalApplication(int &argc, char **argv, const Invocation &invocation)
{
    const bool drawsPdf = (invocation.command == u"report" && !invocation.out.isEmpty()) ||
                          (invocation.command == u"postmortem" &&
                           (invocation.format == u"pdf" || invocation.out.endsWith(QStringLiteral(".pdf"))));
    if (!drawsPdf)
        return std::make_unique<QCoreApplication>(argc, argv);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    auto application = std::make_unique<QGuiApplication>(argc, argv);
    Theme::loadFonts();
    return application;
}

/// A command without a window: open, run, end.
int runInTerminal(int argc, char **argv, const Invocation &invocation)
{
    const std::unique_ptr<QCoreApplication> application = terminalApplication(argc, argv, invocation);
    StopSignals stop;
    QObject::connect(&stop, &StopSignals::stopRequested, application.get(), [] { QCoreApplication::exit(130); });
    Session session;
    session.open(sessionOptions(invocation, qtKeychainReader(), postmortemPdf()), [&session, &invocation](const Session::Opened &opened) {
        const auto finish = [](int code) {
            // Through the loop: a command may end before the loop has begun.
            QMetaObject::invokeMethod(qApp, [code] { QCoreApplication::exit(code); }, Qt::QueuedConnection);
        };
        if (opened.error)
            finish(reportNotOpened(opened));
        else
            runCommand(session, invocation, finish);
    });
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    keepMemoryLow();
    std::signal(SIGPIPE, SIG_IGN);
    QCoreApplication::setApplicationName(QStringLiteral("dt-cockpit"));
    QCoreApplication::setApplicationVersion(QStringLiteral(COCKPIT_VERSION));
    const auto invocation = parseInvocation(argumentsOf(argc, argv));
    if (!invocation) {
        printError(invocation.error().text());
        return exitCode::usage;
    }
    if (const auto code = runAtOnce(*invocation))
        return *code;
    const NetworkRuntime network;
    if (invocation->needsWidgets())
        return runDesktop(argc, argv, *invocation);
    return runInTerminal(argc, argv, *invocation);
}
