// SPDX-License-Identifier: GPL-3.0-or-later
// How long a note needs to be on disk, and how long ten cockpits with ten edits a second each need to see one
// another's.
#include "app/incidents/postgres_archive.h"
#include "app/incidents/sqlite_archive.h"

#include <QTest>

#include "tests/incidents/archive_fixture.h"
#include "tests/incidents/real_postgres.h"

#include <QEventLoop>

#include <algorithm>
#include <cstdio>
#include <cstring>

using namespace cockpit;
using namespace cockpit::testing;

namespace {

double percentile(std::vector<double> values, double part)
{
    if (values.empty())
        return -1.0;
    std::sort(values.begin(), values.end());
    return values.at(std::min(values.size() - 1, size_t(part * double(values.size()))));
}

double msSince(Clock::Monotonic begun, const Clock &clock)
{
    return std::chrono::duration<double, std::milli>(clock.monotonic() - begun).count();
}

/// The p99 of 1000 notes of 300 letters, each answered before the next.
double notesOnDisk(const Clock &clock, const QString &folder)
{
    Seat<SqliteArchive> seat(folder + QStringLiteral("/laptop.sqlite"), clock, QStringLiteral("prod"));
    const IncidentHead head = newHead();
    if (!seat.open(head))
        return -1.0;
    std::vector<double> times;
    QEventLoop loop;
    std::function<void()> writeNext = [&] {
        const auto begun = clock.monotonic();
        seat.archive.append({noteOf(head.id, QString(300, u'n'), int(times.size()))}, [&, begun](Result<Done> done) {
            times.push_back(msSince(begun, clock));
            if (done && times.size() < 1000)
                writeNext();
            else
                loop.exit(done ? 0 : 1);
        });
    };
    writeNext();
    if (loop.exec() != 0)
        return -1.0;
    const double p99 = percentile(times, 0.99);
    std::printf("note on disk: p50 %.2f ms, p99 %.2f ms\n", percentile(times, 0.5), p99);
    return p99;
}

using TeamSeat = Seat<PostgresArchive>;

/// The p99 of what one writes and each of the nine others sees: `seconds` of ten cockpits × ten edits a second.
double editsAcross(const Clock &clock, const QString &folder, RealPostgres &server, int seconds)
{
    std::vector<std::unique_ptr<TeamSeat>> seats;
    QHash<QString, Clock::Monotonic> written;
    std::vector<double> times;
    for (int number = 0; number < 10; ++number) {
        PostgresLink::Options options;
        options.config = server.config();
        options.environment = QStringLiteral("prod");
        options.owner = QString::number(number);
        seats.push_back(
            std::make_unique<TeamSeat>(folder + QStringLiteral("/%1/s.sqlite").arg(number), clock, options));
        seats.back()->onEntry = [&](const IncidentEntry &entry) {
            if (const auto found = written.constFind(entry.id.toString()); found != written.constEnd())
                times.push_back(msSince(*found, clock));
        };
    }
    const auto isReady = [&](const IncidentId &id) {
        return std::all_of(seats.begin(), seats.end(), [&](const auto &seat) {
            return seat->condition.state == ArchiveCondition::State::Live &&
                   (id.isEmpty() || seat->heads.contains(id.toString()));
        });
    };
    const IncidentHead head = newHead();
    if (!TeamSeat::waitFor([&] { return isReady({}); }) || !seats.front()->open(head) ||
        !TeamSeat::waitFor([&] { return isReady(head.id); }))
        return -1.0;
    size_t next = 0;
    QTimer edits;
    edits.setTimerType(Qt::PreciseTimer);
    QObject::connect(&edits, &QTimer::timeout, &edits, [&] {
        const IncidentEntry note = noteOf(head.id, QString(300, u'n'));
        written.insert(note.id.toString(), clock.monotonic());
        seats.at(next++ % seats.size())->archive.append({note}, [](const Result<Done> &) {});
    });
    edits.start(10);
    const int all = seconds * 100;
    if (!TeamSeat::waitFor([&] { return written.size() >= all; }, seconds * 4))
        return -1.0;
    edits.stop();
    const size_t expected = size_t(written.size()) * seats.size();
    const bool isComplete = TeamSeat::waitFor([&] { return times.size() >= expected; });
    std::printf("10 cockpits, %lld edits: seen %zu of %zu times, p50 %.0f ms, p99 %.0f ms, last %.0f ms\n",
                static_cast<long long>(written.size()), times.size(), expected, percentile(times, 0.5),
                percentile(times, 0.99), percentile(times, 1.0));
    return isComplete ? percentile(times, 0.99) : -1.0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const bool isGate = argc > 1 && std::strcmp(argv[1], "--gate") == 0;
    const LiveClock clock;
    const QTemporaryDir folder;
    const double disk = notesOnDisk(clock, folder.path());
    bool isGood = disk >= 0.0 && disk < 50.0;
    RealPostgres server;
    if (!RealPostgres::isInstalled() || !PostgresConnection::hasDriver() || !server.make()) {
        std::printf("no PostgreSQL here: the team's archive was not measured\n");
    } else {
        const double across = editsAcross(clock, folder.path(), server, 10);
        isGood = isGood && across >= 0.0 && across < 1000.0;
    }
    return !isGate || isGood ? 0 : 1;
}
