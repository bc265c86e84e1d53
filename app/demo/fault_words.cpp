// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/fault_proxy.h"

#include <array>
#include <charconv>
#include <fstream>
#include <iterator>

namespace cockpit {

namespace {

std::optional<std::chrono::milliseconds> parseDelay(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    if (problem != std::errc() || number < 0 || (unit != "s" && unit != "ms"))
        return std::nullopt;
    return unit == "s" ? std::chrono::seconds(number) : std::chrono::milliseconds(number);
}

} // namespace

std::optional<Fault> parseFault(std::string_view text)
{
    constexpr std::array<std::pair<std::string_view, Fault::Kind>, 5> plain{{{"none", Fault::Kind::None},
                                                                             {"garbage", Fault::Kind::Garbage},
                                                                             {"reset", Fault::Kind::Reset},
                                                                             {"hang", Fault::Kind::Hang},
                                                                             {"slow", Fault::Kind::Slow}}};
    for (const auto &[name, kind] : plain) {
        if (text == name)
            return Fault{kind, {}, 503, {}};
    }
    const std::size_t colon = text.find(':');
    const std::string_view value = colon == std::string_view::npos ? "" : text.substr(colon + 1);
    if (text.starts_with("latency:")) {
        const auto delay = parseDelay(value);
        return delay ? std::optional(Fault{Fault::Kind::Latency, *delay, 503, {}}) : std::nullopt;
    }
    if (text.starts_with("error:")) {
        int status = 0;
        const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), status);
        const bool isStatus =
            problem == std::errc() && end == value.data() + value.size() && status >= 100 && status < 600;
        return isStatus ? std::optional(Fault{Fault::Kind::Error, {}, status, {}}) : std::nullopt;
    }
    if (text.starts_with("wire:")) {
        std::ifstream file{std::string(value), std::ios::binary};
        if (!file)
            return std::nullopt;
        return Fault{
            Fault::Kind::Wire, {}, 503, {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()}};
    }
    return std::nullopt;
}

} // namespace cockpit
