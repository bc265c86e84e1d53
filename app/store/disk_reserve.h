// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace cockpit {

/// A file that holds disk space back, so that a full disk does not stop an action: its space is given to the journal
/// when the disk refuses a write.
class DiskReserve {
public:
    static constexpr qint64 kBytes = 4 * 1024 * 1024; // some hundred actions with all their steps

    explicit DiskReserve(QString path)
        : m_path(std::move(path))
    {}
    /// Allocates the space (real blocks, not a sparse file) unless it is there. False when there is no room for it.
    bool fill() const;
    /// Gives the space free. False when there was none to give.
    bool release() const;
    bool isFilled() const;

private:
    QString m_path;
};

} // namespace cockpit
