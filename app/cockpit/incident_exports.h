// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/cockpit/file_export.h"
#include "models/items/incident_store.h"

#include <QByteArray>
#include <QObject>
#include <QThreadPool>

#include <functional>

namespace cockpit {

/// Draws an HTML document (UTF-8) as PDF; may be called on any thread. Errors: Storage, where it cannot be drawn.
using PdfOfHtml = std::function<Result<QByteArray>(const QByteArray &html, const QString &title)>;

/// Postmortems as bytes and as files: Markdown, HTML or PDF. Drafted and drawn off the owner's thread.
class IncidentExports : public QObject {
    Q_OBJECT
public:
    struct Parts {
        const Clock &clock;
        IncidentStore &store;
        Post post;
        PdfOfHtml pdf{}; ///< empty = no PDF can be made here
    };
    explicit IncidentExports(Parts parts, QObject *parent = nullptr);
    ~IncidentExports() override;

    /// `format` is "md", "html" or "pdf". Errors: Invalid (another format), NotFound (no such incident), Unavailable.
    void postmortem(const IncidentId &incident, const QString &format, std::function<void(Result<QByteArray>)> done);
    /// To a file, whole or not at all. Errors: those of postmortem() and of FileExport.
    void write(const IncidentId &incident, const QString &format, const QString &path,
               std::function<void(Result<Done>)> done);

private:
    Parts m_parts;
    FileExport m_files;
    QThreadPool m_pool; ///< one at a time
};

} // namespace cockpit
