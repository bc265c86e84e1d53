// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/cluster_facts.h"

#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace cockpit;

// Watch events of 500 rollouts to rollouts that are ready to be published: the bytes of a real event (7 kB), updates
// every 50 ms, 5 events a second and rollout. Prints CPU time per event and for a minute; with `--gate` fails above 6
// s.
namespace {

constexpr int kRollouts = 500;
constexpr int kEvents = 25'000;
constexpr int kPerUpdate = 125; // 2500 events a second, an update each 50 ms

/// The one event of the recording.
std::string recordedLine()
{
    std::ifstream file(COCKPIT_SOURCE_DIR "/tests/fixtures/kubernetes_wire/watch-cut-by-apiserver-sigkill.wire",
                       std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    const std::size_t from = bytes.find("{\"type\"");
    const std::size_t to = bytes.find('\n', from);
    return from == std::string::npos || to == std::string::npos ? std::string() : bytes.substr(from, to - from);
}

void replaceAll(std::string &text, const std::string &what, const std::string &by)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

double cpuMs() { return 1000.0 * double(std::clock()) / double(CLOCKS_PER_SEC); }

} // namespace

int main(int argc, char **argv)
{
    const std::string line = recordedLine();
    const auto first = parseWatchEvent(line, KubernetesKind::Rollout);
    if (!first || !first->fact) {
        std::fprintf(stderr, "the recording cannot be read\n");
        return 1;
    }
    const ObjectFacts object = objectOf(*first->fact);
    std::vector<std::string> lines;
    for (int i = 0; i < kEvents; ++i) {
        std::string one = line;
        replaceAll(one, object.uid.toStdString(), "uid-" + std::to_string(i % kRollouts));
        replaceAll(one, "\"resourceVersion\":\"" + object.resourceVersion.toStdString() + "\"",
                   "\"resourceVersion\":\"" + std::to_string(i) + "\"");
        lines.push_back(std::move(one));
    }
    ClusterFacts facts({.context = QStringLiteral("bench")}, ServiceMap{});
    const Instant now = fromEpochMs(1'800'000'000'000);
    std::size_t seen = 0;
    const double began = cpuMs();
    for (int i = 0; i < kEvents; ++i) {
        auto event = parseWatchEvent(lines[std::size_t(i)], KubernetesKind::Rollout);
        std::vector<WatchEvent> batch;
        batch.push_back(std::move(*event));
        facts.apply(std::move(batch));
        if (i % kPerUpdate == 0) {
            facts.assemble(now);
            seen = facts.rollouts()->size();
        }
    }
    const double each = (cpuMs() - began) / kEvents;
    const double minute = each * kRollouts * 5 * 60 / 1000.0;
    std::printf(
        "bench_watch_events: %zu bytes, %.1f us an event, %.2f s CPU a minute at %d rollouts x 5/s (%zu seen)\n",
        line.size(), each * 1000.0, minute, kRollouts, seen);
    return argc == 2 && std::string(argv[1]) == "--gate" && minute > 6.0 ? 1 : 0;
}
