// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/runbook_cache.h"
#include "tests/bench/alert_body.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QTemporaryDir>

#include <cstdio>
#include <cstring>

using namespace cockpit;

namespace {

const char *const vocabulary[] = {"pool",     "redis",       "latency", "rollback",   "gateway", "meeting",
                                  "token",    "error",       "rate",    "restart",    "canary",  "timeout",
                                  "cache",    "database",    "replica", "saturation", "breaker", "flag",
                                  "capacity", "certificate", "queue",   "drain",      "shard",   "quota"};

/// 2000 runbooks of ten sections; each word of the vocabulary stands in about a third of them.
RunbookCache::Kept searched(int number)
{
    auto runbook = std::make_shared<Runbook>();
    const QString path = QStringLiteral("docs/runbooks/alerts/Service%1HighErrorRate.md").arg(number);
    runbook->key = {QStringLiteral("fleet"), path};
    runbook->title = QStringLiteral("Service%1HighErrorRate").arg(number);
    unsigned seed = unsigned(number) * 2654435761U;
    for (int section = 0; section < 10; ++section) {
        RunbookBlock heading;
        heading.kind = RunbookBlock::Kind::Heading;
        heading.level = 2;
        heading.slug = QStringLiteral("section-%1").arg(section);
        heading.text = {RunbookSpan{.text = QStringLiteral("Section %1").arg(section)}};
        RunbookBlock body;
        QString words;
        for (int word = 0; word < 60; ++word) {
            seed = seed * 1664525U + 1013904223U;
            words += QLatin1String(vocabulary[(seed >> 16) % std::size(vocabulary)]) + QLatin1Char(' ');
        }
        body.text = {RunbookSpan{.text = words}};
        runbook->blocks << heading << body;
    }
    const QByteArray bytes = "text of " + path.toUtf8();
    const QByteArray hash = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    return {std::make_shared<const RunbookFile>(RunbookFile{path, bytes, bytes.size(), fromEpochMs(0), hash}), runbook};
}

} // namespace

// Each keystroke of a few searches over 2000 runbooks: CPU time, and its ratio to a plain scan of the same 12 MB, which
// any search without an index needs. Fails with --gate when a keystroke takes more CPU than 50 ms and than two such scans.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QTemporaryDir dir;
    auto opened = RunbookCache::open(dir.filePath(QStringLiteral("runbooks.sqlite")));
    QString all;
    const double indexing = bench::leastCpuMs(
        [&] {
            QList<RunbookCache::Kept> some;
            for (int i = 0; i < 2000; ++i) {
                some.append(searched(i));
                for (const RunbookBlock &block : some.last().runbook->blocks)
                    all += plainText(block.text);
                if (some.size() == RunbookCache::mostAtOnce &&
                    !opened.cache->keep(QStringLiteral("fleet"), some, fromEpochMs(1)))
                    return false;
                if (some.size() == RunbookCache::mostAtOnce)
                    some.clear();
            }
            return true;
        },
        1);
    qsizetype scanned = 0;
    const double scan =
        bench::leastCpuMs([&] { return (scanned = all.count(QStringLiteral("zebra"), Qt::CaseInsensitive)) == 0; });
    double worst = 0.0;
    QString worstWords;
    for (const char *typed : {"rollback", "redis pool", "service17higherr", "error rate database"}) {
        const QString whole = QString::fromLatin1(typed);
        for (qsizetype length = 1; length <= whole.size(); ++length) {
            const QString words = whole.left(length);
            const double took = bench::leastCpuMs([&] {
                const auto hits = opened.cache->index().search(words, {QStringLiteral("fleet")});
                return hits.has_value() && (!hits->isEmpty() || words.contains(QLatin1Char('1')));
            });
            if (took <= 0.0) {
                std::fprintf(stderr, "nothing found for %s\n", qPrintable(words));
                return 1;
            }
            if (took > worst) {
                worst = took;
                worstWords = words;
            }
        }
    }
    std::printf(
        "bench_runbook_search: 2000 runbooks kept in %.0f ms; scan %.1f ms, worst keystroke %.1f ms (%s), ratio %.2f\n",
        indexing, scan, worst, qPrintable(worstWords), worst / scan);
    constexpr double mostMs = 50.0;
    return argc == 2 && std::strcmp(argv[1], "--gate") == 0 && worst > mostMs && worst > 2 * scan ? 1 : 0;
}
