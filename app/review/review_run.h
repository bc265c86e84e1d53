// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/review/review_files.h"
#include "models/result.h"
#include "models/review_material.h"

#include <atomic>
#include <functional>

namespace cockpit {

/// What to review.
struct ReviewRequest {
    QString subject{}; ///< a file or folder; or a range of revisions, "A..B", "A...B", "A.." (to what stands on disk)
    QString root{};    ///< what paths of alert rules are relative to; empty = git's top, else the folder itself
    Instant now{};
    ReviewFileLimits limits{};
    QList<ReviewConfirmation> confirmations{};
    QList<ReviewFinding> added{};
    std::function<void(int read, int all)> progress{}; ///< from any thread; all = 0 while the files are being listed
    const std::atomic_bool *stop = nullptr;            ///< set it to end early; outlives the call
};

/// Reads everything and makes the review. Blocks, on all cores; touches files and git only. Errors: NotFound (no such
/// file, folder or revision), Cancelled, and those of git.
Result<OperationsReview> runReview(const ReviewRequest &request);

} // namespace cockpit
