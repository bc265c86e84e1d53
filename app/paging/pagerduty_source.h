// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/pagerduty_json.h"
#include "app/paging/paging_source.h"

namespace cockpit {

/// PagerDuty (backends.md §9): Events API v2 pages people, REST API v2 shows, acknowledges, escalates and proves.
class PagerDutySource final : public PagingSource {
public:
    PagerDutySource(PagingParts parts, PagerDutyAccess access);
    PagingAbilities abilities() const override;
    void poll(HttpLane lane) override;
    void read(const PageName &name, Answer<PageReading> done) override;
    void trigger(const TriggerPage &wish, Answer<QString> done) override;
    void setState(const PageName &name, Page::State state, Answer<QString> done) override;
    void escalate(const QString &page, int level, Answer<QString> done) override;
    void addResponders(const QString &page, const QStringList &people, const QString &message,
                       Answer<QString> done) override;

private:
    struct Round;
    /// What every call needs; shared with the callbacks, which may outlive the source.
    struct Link {
        PagingParts parts;
        PagerDutyAccess access;
        std::shared_ptr<SourceMemory> memory = std::make_shared<SourceMemory>();

        HttpRequest rest(const QString &path, HttpLane lane) const;
        HttpRequest change(const QByteArray &method, const QString &path, QByteArray body) const;
        HttpRequest event(QByteArray body) const;
        HttpRequest list(const QStringList &statuses, std::size_t offset, HttpLane lane) const;
        HttpRequest onCalls(std::size_t offset, HttpLane lane) const;
        /// The body of a good answer, or the error with the server's own words.
        void send(HttpRequest request, Answer<std::string> done) const;
    };
    using LinkPtr = std::shared_ptr<const Link>;
    static void askPages(const LinkPtr &link, const std::shared_ptr<Round> &round, bool open, std::size_t offset);
    static void askOnCalls(const LinkPtr &link, const std::shared_ptr<Round> &round, std::size_t offset);
    static void readOnCalls(const LinkPtr &link, std::shared_ptr<PageReading> reading, Answer<PageReading> done);

    LinkPtr m_link;
};

} // namespace cockpit
