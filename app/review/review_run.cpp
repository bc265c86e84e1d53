// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/review/review_run.h"

#include "app/review/review_reading.h"
#include "app/runbooks/git_checkout.h"
#include "models/link_target.h"
#include "models/review_words.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtConcurrent>

namespace cockpit {

namespace {

class ReviewRun {
public:
    explicit ReviewRun(const ReviewRequest &request)
        : m_request(request)
    {}

    Result<OperationsReview> run()
    {
        m_material.subject = m_request.subject;
        m_material.confirmations = m_request.confirmations;
        m_material.added = m_request.added;
        if (const Result<Done> placed = choosePlace(); !placed)
            return placed.error();
        if (const Result<Done> listed = list(); !listed)
            return listed.error();
        readAll();
        if (isStopped())
            return Error{.kind = Error::Kind::Cancelled, .what = ReviewWords::tr("The review was stopped.")};
        readLinkedElsewhere();
        dateRunbooks();
        return makeReview(std::move(m_material), m_request.now);
    }

private:
    bool isStopped() const { return m_request.stop && m_request.stop->load(); }

    static Error notThere(const QString &subject)
    {
        return {.kind = Error::Kind::NotFound,
                .what = ReviewWords::tr("There is no file or folder ") + subject + u'.',
                .next = ReviewWords::tr("Name a folder, or a range of revisions such as main..HEAD.")};
    }

    Result<Done> choosePlace()
    {
        const QFileInfo info(m_request.subject);
        const bool isRange = !info.exists() && m_request.subject.contains(QLatin1String(".."));
        if (!info.exists() && !isRange)
            return notThere(m_request.subject);
        m_folder = isRange ? QDir::currentPath() : info.canonicalFilePath();
        const QString beside = info.isFile() ? QFileInfo(m_folder).absolutePath() : m_folder;
        const auto found = GitCheckout::find(beside, m_request.stop);
        if (found && *found)
            m_git = **found;
        else if (isRange && !found)
            return found.error();
        m_root = m_git ? QFileInfo(m_git->topLevel()).canonicalFilePath() : beside;
        if (!m_request.root.isEmpty())
            m_root = QFileInfo(m_request.root).canonicalFilePath();
        if (isRange)
            return chooseRange();
        if (m_root.isEmpty() || (m_folder != m_root && !m_folder.startsWith(m_root + u'/')))
            return Error{.kind = Error::Kind::Invalid,
                         .what = ReviewWords::tr("What is reviewed does not lie below --root.")};
        return Done{};
    }

    Result<Done> chooseRange()
    {
        if (!m_git)
            return Error{.kind = Error::Kind::NotFound,
                         .what = ReviewWords::tr("A range of revisions needs a git checkout, and this is none."),
                         .next = ReviewWords::tr("Run it in the checkout, or name a folder.")};
        const qsizetype dots = m_request.subject.indexOf(QLatin1String(".."));
        const QString from = m_request.subject.left(dots);
        QString to = m_request.subject.mid(dots + 2);
        if (to.startsWith(u'.'))
            to.remove(0, 1);
        const Result<QStringList> changed =
            to.isEmpty() ? m_git->changedSince(from) : m_git->changedBetween(m_request.subject);
        if (!changed)
            return changed.error();
        m_material.changed = QSet<QString>(changed->cbegin(), changed->cend());
        m_folder = m_root;
        if (to.isEmpty())
            return Done{};
        // What B holds may be other than what stands on disk.
        m_tree.emplace();
        const QString folder = m_tree->filePath(QStringLiteral("tree"));
        if (!m_tree->isValid() || !QDir().mkpath(folder))
            return Error{.kind = Error::Kind::Storage,
                         .what = ReviewWords::tr("There is no room for the files of the revision.")};
        m_root = m_folder = QFileInfo(folder).canonicalFilePath();
        return m_git->writeTree(to, m_root, m_tree->filePath(QStringLiteral("index")));
    }

    Result<Done> list()
    {
        if (QFileInfo(m_folder).isFile()) {
            m_material.files = {m_folder.mid(m_root.size() + 1)};
            return Done{};
        }
        const ReviewFiles files = listReviewFiles(m_root, m_folder, m_request.limits, [this](int seen) {
            if (m_request.progress)
                m_request.progress(seen, 0);
        });
        m_material.files = files.paths;
        m_material.notChecked = files.notChecked;
        m_material.isCut = files.isCut;
        return Done{};
    }

    ReviewFileRead readOne(const QString &path) const
    {
        QFile file(m_root + u'/' + path);
        ReviewFileRead read{.path = path};
        if (file.size() > m_request.limits.mostFileBytes)
            read.notChecked.append(path + ReviewWords::tr(": larger than 16 MiB"));
        else if (!file.open(QIODevice::ReadOnly))
            read.notChecked.append(path + QStringLiteral(": ") + file.errorString());
        else
            return readReviewFile(path, file.readAll(),
                                  [this](const QString &linked) { return QFileInfo(m_root + u'/' + linked).exists(); });
        return read;
    }

    void readAll()
    {
        QStringList read;
        for (const QString &path : std::as_const(m_material.files)) {
            if (isReviewed(path))
                read.append(path);
            else if (isProgramText(path) && (!m_material.changed || m_material.changed->contains(path)))
                m_material.hasCode = true;
        }
        std::atomic_int done = 0;
        const auto all = QtConcurrent::blockingMapped<QList<ReviewFileRead>>(read, [&](const QString &path) {
            const int count = ++done;
            if (m_request.progress && count % 500 == 0)
                m_request.progress(count, int(read.size()));
            return isStopped() ? ReviewFileRead{.path = path} : readOne(path);
        });
        for (const ReviewFileRead &one : all)
            take(one);
    }

    void take(const ReviewFileRead &one)
    {
        m_material.manifests.append(one.manifests);
        m_material.rules += one.rules;
        m_material.suppressions += one.suppressions;
        m_material.problems += one.problems;
        m_material.configuration += one.configuration;
        m_material.configurationFiles += one.isConfiguration ? 1 : 0;
        m_material.notChecked += one.notChecked;
        if (one.runbook)
            m_material.library.runbooks.append(one.runbook);
        if (one.policy)
            m_material.policies.append(*one.policy);
        if (one.migration) {
            m_material.migrations.append(*one.migration);
            m_material.migrations.last().changed = !m_material.changed || m_material.changed->contains(one.path);
        }
    }

    /// Runbooks that rules name below the root but outside of what is reviewed.
    void readLinkedElsewhere()
    {
        QSet<QString> known(m_material.files.cbegin(), m_material.files.cend());
        for (const RunbookPtr &runbook : std::as_const(m_material.library.runbooks))
            known.insert(runbook->key.path);
        for (const LintedRule &rule : std::as_const(m_material.rules)) {
            const LinkTarget target = readLinkTarget(rule.annotations.value(u"runbook_url"), {});
            if (target.kind != LinkTarget::Kind::Path || known.contains(target.path) || !target.path.endsWith(u".md"))
                continue;
            known.insert(target.path);
            const QString whole = QFileInfo(m_root + u'/' + target.path).canonicalFilePath();
            if (whole.startsWith(m_root + u'/'))
                take(readOne(target.path));
        }
        m_material.library.sources = {{.name = QStringLiteral("root"), .root = m_root}};
        if (m_git) {
            if (const auto state = m_git->state())
                m_material.library.sources[0].urls = state->urls;
        }
        std::sort(m_material.library.runbooks.begin(), m_material.library.runbooks.end(),
                  [](const RunbookPtr &a, const RunbookPtr &b) { return a->key < b->key; });
    }

    /// Git's last change is the review date of a runbook that names none.
    void dateRunbooks()
    {
        if (!m_git || m_material.library.runbooks.isEmpty())
            return;
        const auto ages = m_git->lastChanges(m_git->topLevel());
        if (!ages)
            return m_material.notChecked.append(ReviewWords::tr("git did not say when the runbooks changed: ") +
                                                ages.error().text());
        for (RunbookPtr &runbook : m_material.library.runbooks) {
            const auto age = ages->constFind(runbook->key.path);
            if (runbook->reviewedAt || age == ages->cend())
                continue;
            auto dated = std::make_shared<Runbook>(*runbook);
            dated->reviewedAt = *age;
            runbook = dated;
        }
    }

    const ReviewRequest &m_request;
    ReviewMaterial m_material{};
    QString m_folder{};
    QString m_root{};
    std::optional<GitCheckout> m_git{};
    std::optional<QTemporaryDir> m_tree{};
};

} // namespace

Result<OperationsReview> runReview(const ReviewRequest &request) { return ReviewRun(request).run(); }

} // namespace cockpit
