// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/rollout/rollout_scene.h"

#include <QString>

#include <optional>

namespace cockpit {

/// What has to be the same at sending as it was in the plan. A controller writes the status of a moving rollout all the
/// time: the resourceVersion alone would refuse every rollback in the middle of an update.
enum class FingerprintKey { Uid, Generation, CurrentHash, StableHash, Paused, Aborted, Step, ResourceVersion };

/// "uid=…;generation=7;…;rv=1234" of the objects as they were just read.
QString fingerprintOf(const RolloutScene &scene);
/// What differs between two of them that matters, in words; empty when nothing does. `withStep`: the position in the
/// steps matters too.
QString fingerprintDifference(const QString &planned, const QString &now, bool withStep);
QString fingerprintText(const QString &fingerprint, FingerprintKey key);
std::optional<qint64> fingerprintNumber(const QString &fingerprint, FingerprintKey key);

} // namespace cockpit
