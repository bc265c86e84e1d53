// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/http_client.h"

namespace cockpit {

QByteArray HttpResponse::header(const char *name) const
{
    for (const HttpHeader &line : headers) {
        if (line.name.compare(name, Qt::CaseInsensitive) == 0)
            return line.value;
    }
    return {};
}

} // namespace cockpit
