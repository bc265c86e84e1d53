// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

namespace cockpit::bench {

/// What Alertmanager answers for so many alerts; 10 000 of them are about 10 MB. Padded for simdjson.
std::string alertBody(int alerts);
/// The floor: the same body to structs of std::string with simdjson alone. Gives the number of alerts.
size_t bareParse(const std::string &body);
/// CPU time of this process so far.
double cpuMs();

/// The least CPU time of several runs; below 0 when one of them said that it failed.
template<typename Run> double leastCpuMs(Run run, int runs = 15)
{
    double least = 1e9;
    for (int i = 0; i < runs; ++i) {
        const double start = cpuMs();
        if (!run())
            return -1.0;
        least = std::min(least, cpuMs() - start);
    }
    return least;
}

} // namespace cockpit::bench
