// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/incident_exports.h"

#include "app/formats/postmortem_html.h"
#include "app/formats/postmortem_markdown.h"

namespace cockpit {

namespace {

Result<QByteArray> rendered(const Incident &incident, const QString &format, const PdfOfHtml &pdf, Instant now,
                            const ResponseTargets &targets)
{
    const QByteArray markdown = postmortemMarkdown(draftPostmortem(incident, now, targets));
    if (format == u"md")
        return markdown;
    const QByteArray html = postmortemHtml(markdown);
    if (format == u"html")
        return html;
    return pdf(html, incident.head.name());
}

} // namespace

IncidentExports::IncidentExports(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_files(m_parts.post)
{
    m_pool.setMaxThreadCount(1);
}

IncidentExports::~IncidentExports() { m_pool.waitForDone(); }

void IncidentExports::postmortem(const IncidentId &incident, const QString &format,
                                 std::function<void(Result<QByteArray>)> done)
{
    const IncidentPtr known = m_parts.store.incident(incident);
    if (!known)
        return done(Error{.kind = Error::Kind::NotFound,
                          .what = tr("There is no such incident."),
                          .meaning = tr("Nothing was written."),
                          .next = tr("See them with: dt-cockpit incidents")});
    if (format != u"md" && format != u"html" && format != u"pdf")
        return done(Error{.kind = Error::Kind::Invalid,
                          .what = tr("A postmortem is written as md, html or pdf, not as '%1'.").arg(format.left(20)),
                          .meaning = tr("Nothing was written."),
                          .next = tr("Give one of them.")});
    if (format == u"pdf" && !m_parts.pdf)
        return done(Error{.kind = Error::Kind::Unavailable,
                          .what = tr("This build cannot draw a PDF."),
                          .meaning = tr("Nothing was written."),
                          .next = tr("Export it as HTML and print that.")});
    m_pool.start(
        [known, format, done = std::move(done), pdf = m_parts.pdf, now = m_parts.clock.now(), post = m_parts.post,
         targets = m_parts.store.targets()] {
            const auto bytes = std::make_shared<const Result<QByteArray>>(rendered(*known, format, pdf, now, targets));
            post([done, bytes] { done(*bytes); });
        });
}

void IncidentExports::write(const IncidentId &incident, const QString &format, const QString &path,
                            std::function<void(Result<Done>)> done)
{
    postmortem(incident, format, [this, path, done = std::move(done)](const Result<QByteArray> &bytes) {
        if (!bytes)
            return done(bytes.error());
        m_files.write(path, *bytes, done);
    });
}

} // namespace cockpit
