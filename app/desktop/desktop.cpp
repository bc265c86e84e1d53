// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktop.h"

#include "app/cli/output.h"
#include "app/cli/run_command.h"
#include "app/cockpit/stop_signals.h"
#include "app/config/qt_keychain_reader.h"
#include "app/desktop/first_paint.h"
#include "app/desktop/motion_preference.h"
#include "app/desktop/postmortem_pdf.h"
#include "app/desktop/tour.h"
#include "app/desktop/window_session.h"
#include "ui/theme/theme.h"
#include "ui/widgets/plain_tool_tips.h"

#include <QApplication>

#include <memory>

namespace cockpit {

namespace {

/// `tour` needs no display, and its pictures are made at the scale that was asked for.
void prepareTour(const Invocation &invocation)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    if (invocation.scale != 1.0)
        qputenv("QT_SCALE_FACTOR", QByteArray::number(invocation.scale));
}

/// For the bench of the start: a line when the window has painted what Prometheus and an Alertmanager said.
void tellFirstPaint(Cockpit &cockpit, WindowSession &window)
{
    auto *first = new FirstPaint(
        window.window(), [&cockpit] { return cockpit.fleet().fleet().alertsKnown && cockpit.fleet().fleet().servicesKnown; },
        &window);
    QObject::connect(&cockpit, &Cockpit::fleetChanged, first, &FirstPaint::look);
    QObject::connect(first, &FirstPaint::painted, first, [] { printOut(QStringLiteral("painted")); });
}

} // namespace

int runDesktop(int argc, char **argv, const Invocation &invocation)
{
    const bool tours = invocation.command == u"tour";
    if (tours)
        prepareTour(invocation);
    QApplication application(argc, argv);
    Theme::loadFonts();
    Theme theme;
    theme.apply(application);
    MotionPreference motion;
    QObject::connect(&motion, &MotionPreference::changed, &theme, &Theme::setReducedMotion);
    motion.start();
    const PlainToolTips plainToolTips(application);
    StopSignals stop;
    QObject::connect(&stop, &StopSignals::stopRequested, &application, &QCoreApplication::quit);

    Session session;
    std::unique_ptr<WindowSession> window;
    std::unique_ptr<Tour> tour;
    session.open(sessionOptions(invocation, qtKeychainReader(), postmortemPdf()), [&](const Session::Opened &opened) {
        const auto end = [](int code) {
            QMetaObject::invokeMethod(qApp, [code] { QCoreApplication::exit(code); }, Qt::QueuedConnection);
        };
        if (opened.error)
            return end(reportNotOpened(opened));
        window = std::make_unique<WindowSession>(session, theme);
        if (!invocation.theme.isEmpty())
            theme.setVariantName(invocation.theme);
        else
            window->restoreTheme();
        window->window().resize(invocation.size);
        window->window().show();
        if (qEnvironmentVariableIsSet("DT_COCKPIT_TELL_FIRST_PAINT"))
            tellFirstPaint(session.cockpit(), *window);
        if (tours) {
            tour = std::make_unique<Tour>(session.cockpit(), *window, invocation.out, end);
            tour->start();
        }
    });
    const int code = QCoreApplication::exec();
    tour.reset();
    window.reset();
    return code;
}

} // namespace cockpit
