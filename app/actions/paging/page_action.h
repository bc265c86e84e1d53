// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/action_handler.h"
#include "app/paging/paging_source.h"

#include <QCoreApplication>

namespace cockpit {

/// What actions on pages live on. References outlive the handlers.
struct PageActionParts {
    const Clock &clock;
    PagingCalls &paging;
    /// Runs a call later, in real time, on the owner's thread.
    std::function<void(std::chrono::milliseconds, std::function<void()>)> later{};
};

/// What the actions on pages have in common: answers that come too late are dropped, and what cannot be read is told so.
class PageHandler : public ActionHandler {
public:
    explicit PageHandler(PageActionParts parts)
        : m_parts(std::move(parts))
    {}
    void verify(const ActionRecord &record, Event done) override { prove(record, std::move(done)); }
    void settle(const ActionRecord &record, Event done) override { prove(record, std::move(done)); }

protected:
    using Read = std::function<void(const Result<PageReading> &)>;
    /// What the reading tells of the effect.
    virtual ActionEvent judged(const ActionRecord &record, const PageReading &reading) const = 0;
    /// Which page is read for the proof.
    virtual PageName pageOf(const ActionRecord &record) const = 0;
    /// The service can tell whether it happened.
    virtual bool isProvable() const { return m_parts.paging.abilities().reads; }

    void read(const PageName &name, Read then);
    /// As `then`, and never after this handler is gone.
    template <typename T> PagingSource::Answer<T> whileAlive(std::function<void(const Result<T> &)> then) const
    {
        return [alive = std::weak_ptr<bool>(m_alive), then = std::move(then)](const Result<T> &answer) {
            if (!alive.expired())
                then(answer);
        };
    }
    void prove(const ActionRecord &record, Event done);
    /// The event that the answer to a request makes.
    static ActionEvent answered(const Result<QString> &answer, const QString &service, const QString &reference);

    PageActionParts m_parts;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

/// The words of actions on pages, in one translation context.
class PageWords {
    Q_DECLARE_TR_FUNCTIONS(PageActions)
};

/// "page 12 (GCHighErrorRate)": for people.
QString pageLabel(const Page &page);
/// Names joined, or "nobody".
QString peopleText(const QStringList &people);
QStringList namesOf(const QList<OnCall> &people);
/// Refusals before anything was sent.
Error pageNotThere(const QString &service);
Error pageIsOver(const Page &page);
Evidence pageCheck(bool good, const char *id, const QString &text, const QString &source, Instant at);

} // namespace cockpit
