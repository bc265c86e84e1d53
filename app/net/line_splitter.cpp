// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/line_splitter.h"

namespace cockpit {

namespace {

std::string_view withoutCarriageReturn(std::string_view line)
{
    return !line.empty() && line.back() == '\r' ? line.substr(0, line.size() - 1) : line;
}

} // namespace

bool LineSplitter::feed(std::string_view bytes, const OnLine &onLine)
{
    for (std::size_t end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n')) {
        if (m_begun.size() + end > m_maxLineBytes)
            return false;
        if (m_begun.empty()) {
            onLine(withoutCarriageReturn(bytes.substr(0, end)));
        } else {
            m_begun.append(bytes.substr(0, end));
            onLine(withoutCarriageReturn(m_begun));
            m_begun.clear();
        }
        bytes.remove_prefix(end + 1);
    }
    if (m_begun.size() + bytes.size() > m_maxLineBytes)
        return false;
    m_begun.append(bytes);
    return true;
}

void LineSplitter::finish(const OnLine &onLine)
{
    if (!m_begun.empty())
        onLine(withoutCarriageReturn(m_begun));
    m_begun.clear();
}

} // namespace cockpit
