// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/configuration.h"
#include "models/deployment_policy.h"
#include "models/finding.h"

#include <QList>
#include <QObject>
#include <QThreadPool>

#include <memory>
#include <utility>
#include <vector>

namespace cockpit {

/// The deployment policies of the configuration: read on a worker thread, and again when a file changed. A file that
/// breaks leaves the last good policy in force.
class PolicyWatch : public QObject {
    Q_OBJECT
public:
    using Policies = std::vector<std::pair<QString, std::shared_ptr<const DeploymentPolicy>>>;

    explicit PolicyWatch(QList<PolicyConfig> files, QObject *parent = nullptr);
    ~PolicyWatch() override;

    /// Looks at the files; changed() follows when one is new, changed or broken. One look at a time.
    void look();
    /// By service, "*" for all others.
    const Policies &policies() const { return m_policies; }
    const QList<Finding> &problems() const { return m_problems; }

Q_SIGNALS:
    void changed();

private:
    struct Read;
    static void readFile(const QString &path, Read &into);
    void take(const std::shared_ptr<const Read> &read);

    std::shared_ptr<const Read> m_read; ///< the last look
    Policies m_policies{};
    QList<Finding> m_problems{};
    bool m_looking = false;
    QThreadPool m_pool;
};

} // namespace cockpit
