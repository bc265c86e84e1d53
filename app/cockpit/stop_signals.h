// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace cockpit {

/// SIGINT and SIGTERM as a signal on the loop, so that the process ends in order: what is in flight is finished or
/// clearly abandoned, and the journal knows which. One per process.
class StopSignals : public QObject {
    Q_OBJECT
public:
    explicit StopSignals(QObject *parent = nullptr);

Q_SIGNALS:
    void stopRequested();
};

} // namespace cockpit
