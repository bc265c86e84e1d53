// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/format_words.h"

namespace cockpit {

Error FormatWords::notTheProtocol(const QString &reason)
{
    return {Error::Kind::Parse, tr("The answer is not what the protocol says: %1.").arg(reason), {},
            tr("Check that the address belongs to this kind of server.")};
}

Error FormatWords::webPage()
{
    return {Error::Kind::Unauthorized, tr("A web page came where data was expected."),
            tr("A login page or a proxy answers at this address."), tr("Check the address and the credentials.")};
}

QString FormatWords::excerpt(std::string_view text)
{
    constexpr size_t bytesRead = 1200; // 300 characters of at most four bytes
    constexpr qsizetype charactersKept = 300;
    const size_t length = std::min(text.size(), bytesRead);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(length)).simplified().left(charactersKept);
}

} // namespace cockpit
