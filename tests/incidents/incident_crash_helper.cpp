// SPDX-License-Identifier: GPL-3.0-or-later
// Edits incidents at random until it is killed; says "ENTRY INCIDENT" for each entry that was acknowledged:
// incident_crash_helper STORE
#include "app/incidents/sqlite_archive.h"

#include <QTest>

#include "tests/incidents/archive_fixture.h"

#include <QRandomGenerator>

#include <cstdio>

using namespace cockpit;
using namespace cockpit::testing;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const LiveClock clock;
    Seat<SqliteArchive> seat(application.arguments().value(1), clock, QStringLiteral("prod"));
    QList<IncidentId> open;
    for (;;) {
        QRandomGenerator &random = *QRandomGenerator::global();
        std::vector<IncidentEntry> written;
        if (open.isEmpty() || random.bounded(10) == 0) {
            const IncidentHead head = newHead();
            written = {openingOf(head)};
            if (!seat.ask<IncidentHead>([&](auto done) { seat.archive.open(head, written, done); }))
                return 1;
            open.append(head.id);
        } else {
            const IncidentId incident = open.at(random.bounded(open.size()));
            for (int number = random.bounded(1, 5); number > 0; --number)
                written.push_back(noteOf(incident, QString(random.bounded(1, 3000), u'n')));
            if (!seat.append(written))
                return 1;
        }
        for (const IncidentEntry &entry : written)
            std::printf("%s %s\n", qPrintable(entry.id.toString()), qPrintable(entry.incident.toString()));
        std::fflush(stdout);
    }
}
