// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace cockpit {

/// A SQL script made fit for the parser: psql meta-commands and COPY data are blanks now, so every offset still holds.
struct SqlText {
    std::string text{};                                     ///< UTF-8
    std::vector<std::pair<size_t, std::string>> comments{}; ///< `--` comments: offset and text after the dashes
    std::vector<size_t> ends{};                             ///< offsets just after each top-level semicolon
    std::vector<size_t> metaCommands{};                     ///< offsets of the backslashes
    size_t copyRows = 0;
    std::vector<size_t> lineStarts{};

    explicit SqlText(std::string script);
    /// Line and column (in code points) from 1.
    std::pair<int, int> placeOf(size_t offset) const;
};

} // namespace cockpit
