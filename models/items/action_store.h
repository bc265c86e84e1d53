// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"

#include <QHash>
#include <QObject>

namespace cockpit {

/// The actions that run now and those that ended in this session, for the strips. One writer (app/), GUI thread.
class ActionStore : public QObject {
    Q_OBJECT
public:
    explicit ActionStore(QObject *parent = nullptr);
    /// Null when it is not known.
    const ActionRecord *find(const ActionId &id) const;
    void setRecord(const ActionRecord &record);

Q_SIGNALS:
    void changed(const cockpit::ActionId &id);

private:
    QHash<ActionId, ActionRecord> m_records;
};

} // namespace cockpit
