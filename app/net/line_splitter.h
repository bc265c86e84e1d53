// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace cockpit {

/// Cuts a stream of bytes into lines of bounded length. A line end is "\n" or "\r\n" and is not part of the line.
class LineSplitter {
public:
    using OnLine = std::function<void(std::string_view)>;

    explicit LineSplitter(std::size_t maxLineBytes)
        : m_maxLineBytes(maxLineBytes)
    {}
    /// Delivers each line that is complete. False when a line is longer than allowed; then nothing more is delivered.
    bool feed(std::string_view bytes, const OnLine &onLine);
    /// At the end of a complete answer: the last line, when it has no line end.
    void finish(const OnLine &onLine);

private:
    std::size_t m_maxLineBytes;
    std::string m_begun{};
};

} // namespace cockpit
