// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/alertmanager_json.h"
#include "tests/bench/alert_body.h"

#include <cstdio>

using namespace cockpit;

// 10 000 alerts (10 MB) to values, against a bare simdjson on-demand parse of the same body to structs of std::string.
// Prints CPU times and their ratio; fails above `--limit RATIO` when that is given.
int main(int argc, char **argv)
{
    const std::string body = bench::alertBody(10000);
    const double bare = bench::leastCpuMs([&] { return bench::bareParse(body) == 10000; });
    const double values = bench::leastCpuMs([&] {
        const auto alerts = parseAlerts(body);
        return alerts && alerts->size() == 10000;
    });
    if (bare <= 0.0 || values <= 0.0) {
        std::fprintf(stderr, "a parse failed\n");
        return 1;
    }
    std::printf("bench_alert_parse: %.1f MB, bare %.1f ms, values %.1f ms, ratio %.2f\n",
                static_cast<double>(body.size()) / 1e6, bare, values, values / bare);
    if (argc == 3 && std::string(argv[1]) == "--limit")
        return values / bare <= std::stod(argv[2]) ? 0 : 1;
    return 0;
}
