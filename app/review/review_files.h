// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

namespace cockpit {

/// How much of a folder is looked at.
struct ReviewFileLimits {
    int mostFiles = 50'000;
    qint64 mostFileBytes = 16 * 1024 * 1024;
};

/// The files below a folder.
struct ReviewFiles {
    QStringList paths{}; ///< below the root, with '/', sorted
    QStringList notChecked{};
    bool isCut = false; ///< there are more than mostFiles
};

/// Lists the files below `folder` (itself below `root`, or the root), without following links and without entering
/// ".git" and folders of dependencies and build output (node_modules, target, vendor and the like), which are said.
/// `progress` is called now and then with the number of files seen. Blocks.
ReviewFiles listReviewFiles(const QString &root, const QString &folder, const ReviewFileLimits &limits,
                            const std::function<void(int)> &progress);

} // namespace cockpit
