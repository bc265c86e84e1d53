// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/activity_chain.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace cockpit {

namespace {

void addChainField(QCryptographicHash &hash, const QByteArray &field)
{
    char length[4];
    qToBigEndian(static_cast<quint32>(field.size()), length);
    hash.addData(QByteArrayView(length, 4));
    hash.addData(field);
}

} // namespace

QByteArray chainGround(const QString &installation)
{
    return QCryptographicHash::hash(installation.toUtf8(), QCryptographicHash::Sha256);
}

QByteArray chainHash(const QByteArray &previous, const ActivityEntry &entry)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(previous);
    addChainField(hash, QByteArray::number(entry.sequence));
    addChainField(hash, QByteArray::number(toEpochMs(entry.at)));
    for (const QString &field :
         {entry.environment, entry.action.toString(), entry.actionName, entry.target, entry.service.toString(),
          entry.actor, entry.reason, toWireName(entry.state), entry.text})
        addChainField(hash, field.toUtf8());
    // Later than the first schema: entries without them keep the hash that they were written with.
    if (!entry.identity.isEmpty() || !entry.diff.isEmpty()) {
        addChainField(hash, entry.identity.toUtf8());
        addChainField(hash, entry.diff.toUtf8());
    }
    return hash.result();
}

} // namespace cockpit
