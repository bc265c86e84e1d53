// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/review/review_files.h"

#include "models/review_words.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

namespace cockpit {

namespace {

constexpr int filesBetweenNews = 1000;
constexpr int mostReviewDepth = 60;

class ReviewWalk {
public:
    ReviewWalk(const QString &root, const ReviewFileLimits &limits, const std::function<void(int)> &progress)
        : m_root(root)
        , m_limits(limits)
        , m_progress(progress)
    {}

    void enter(const QString &folder, int depth)
    {
        const QDir dir(folder);
        const QFileInfoList entries = dir.entryInfoList(
            QDir::Files | QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Name);
        for (const QFileInfo &entry : entries) {
            if (files.isCut)
                return;
            if (entry.isDir())
                enterFolder(entry, depth);
            else
                add(entry);
        }
    }

    ReviewFiles files{};

private:
    void enterFolder(const QFileInfo &entry, int depth)
    {
        static const QSet<QString> foreign{
            QStringLiteral("node_modules"), QStringLiteral("target"),      QStringLiteral("vendor"),
            QStringLiteral(".terraform"),   QStringLiteral("__pycache__"), QStringLiteral(".venv"),
            QStringLiteral("dist"),         QStringLiteral(".direnv"),     QStringLiteral(".tox")};
        if (entry.fileName() == u".git")
            return;
        if (foreign.contains(entry.fileName()))
            return files.notChecked.append(below(entry) +
                                           ReviewWords::tr(": dependencies or build output, not entered"));
        if (depth < mostReviewDepth)
            enter(entry.filePath(), depth + 1);
        else
            files.notChecked.append(below(entry) + ReviewWords::tr(": more than 60 folders deep, not entered"));
    }

    void add(const QFileInfo &entry)
    {
        if (files.paths.size() >= m_limits.mostFiles) {
            files.isCut = true;
            files.notChecked.append(ReviewWords::tr("only the first %1 files were looked at").arg(m_limits.mostFiles));
            return;
        }
        files.paths.append(below(entry));
        if (m_progress && files.paths.size() % filesBetweenNews == 0)
            m_progress(int(files.paths.size()));
    }

    QString below(const QFileInfo &entry) const
    {
        return m_root.isEmpty() ? entry.filePath() : entry.filePath().mid(m_root.size() + 1);
    }

    const QString m_root;
    const ReviewFileLimits &m_limits;
    const std::function<void(int)> &m_progress;
};

} // namespace

ReviewFiles listReviewFiles(const QString &root, const QString &folder, const ReviewFileLimits &limits,
                            const std::function<void(int)> &progress)
{
    ReviewWalk walk(root, limits, progress);
    walk.enter(folder, 0);
    walk.files.paths.sort();
    return walk.files;
}

} // namespace cockpit
