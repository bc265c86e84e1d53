// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/store/store_backup.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace cockpit {

namespace {

QString storeWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

Result<QString> backedUp(const QString &store, const QString &file)
{
    const auto done = backupStore(store, file);
    return done ? Result<QString>(storeWords("Wrote a whole copy of %1 to %2.").arg(store, file))
                : Result<QString>(done.error());
}

} // namespace

int runStoreCommand(const Invocation &invocation)
{
    const QString verb = invocation.arguments.value(0);
    if (invocation.arguments.size() != 2 || (verb != u"backup" && verb != u"restore") || invocation.demoScenario) {
        printError(storeWords("Usage: dt-cockpit store backup FILE | restore FILE"));
        return exitCode::usage;
    }
    const auto path = findConfiguration(invocation.configPath, processEnvironment());
    if (!path) {
        printError(path.error().text());
        return exitCode::configuration;
    }
    const LoadedConfiguration loaded = loadConfiguration(*path, processEnvironment());
    if (!loaded.isUsable()) {
        printError(storeWords("The configuration has mistakes; dt-cockpit lint config shows them."));
        return exitCode::configuration;
    }
    const QString store = storePathOf(loaded.configuration);
    const QString file = QFileInfo(invocation.arguments.at(1)).absoluteFilePath();
    const auto done =
        verb == u"backup" ? backedUp(store, file) : restoreStore(file, store, makeClock(loaded.configuration)->now());
    if (!done) {
        printError(done.error().text());
        return 1;
    }
    printOut(*done);
    return exitCode::ok;
}

} // namespace cockpit
