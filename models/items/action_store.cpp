// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/action_store.h"

namespace cockpit {

ActionStore::ActionStore(QObject *parent) : QObject(parent) {}

const ActionRecord *ActionStore::find(const ActionId &id) const
{
    const auto found = m_records.constFind(id);
    return found == m_records.constEnd() ? nullptr : &*found;
}

void ActionStore::setRecord(const ActionRecord &record)
{
    const ActionId id = record.request.id;
    m_records.insert(id, record);
    Q_EMIT changed(id);
}

} // namespace cockpit
