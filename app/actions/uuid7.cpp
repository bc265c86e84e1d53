// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/uuid7.h"

#include <QRandomGenerator>
#include <QUuid>
#include <QtEndian>

#include <array>

namespace cockpit {

ActionId newActionId(Instant now)
{
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    const auto ms = static_cast<quint64>(toEpochMs(now));
    words[0] = static_cast<quint32>(ms >> 16);
    words[1] = static_cast<quint32>((ms & 0xffffU) << 16) | 0x7000U | (words[1] & 0x0fffU);
    words[2] = 0x80000000U | (words[2] & 0x3fffffffU);
    QByteArray bytes(16, '\0');
    for (size_t index = 0; index < words.size(); ++index)
        qToBigEndian(words.at(index), bytes.data() + 4 * index);
    return ActionId(QUuid::fromRfc4122(bytes).toString(QUuid::WithoutBraces));
}

QString shortForm(const ActionId &id) { return id.toString().right(12); }

} // namespace cockpit
