// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/http_client.h"
#include "app/store/store_thread.h"
#include "models/alert.h"

#include <QList>

#include <functional>
#include <memory>
#include <vector>

namespace cockpit {

/// One live member of an Alertmanager cluster.
struct AlertmanagerMember {
    QString name{}; ///< the word in messages: "a"
    EndpointPtr endpoint{};
};
/// The members of a cluster that are worth asking, the best first. Called on the owner's thread.
using MembersOf = std::function<QList<AlertmanagerMember>(const QString &cluster)>;

/// What one member knew when it was read.
struct MemberReading {
    AlertmanagerMember member{};
    std::vector<Silence> silences{};
    std::vector<ReceivedAlert> alerts{}; ///< all of them, when they were asked for
};

/// Alertmanager's API as actions need it. Answers are parsed on the I/O thread and delivered through `post` on the
/// owner's thread; none is delivered after this object is gone. Reads go to the next member when one does not answer;
/// a write goes to one member, once.
class AlertmanagerCalls {
public:
    template <typename T> using Answer = std::function<void(Result<T>)>;
    enum class Reading { Silences, SilencesAndAlerts };

    AlertmanagerCalls(HttpClient &http, Post post, MembersOf members);

    /// Reads the first member that answers. `preferred` (a member's name) is asked first. Errors: of the last one
    /// asked.
    void read(const QString &cluster, const QString &preferred, Reading what, Answer<MemberReading> done);
    /// As read(), of every member that answers, merged by silence id. Errors: when none answers.
    void readAll(const QString &cluster, Answer<MemberReading> done);
    /// Creates or edits a silence at one member and gives its id. Errors as outcomeIsKnown() tells them apart.
    void create(const AlertmanagerMember &member, const Silence &silence, Answer<QString> done);
    /// Ends a silence at one member.
    void expire(const AlertmanagerMember &member, const QString &silenceId, Answer<Done> done);

    /// After a write failed: true when the server certainly did not do it, false when it may have.
    static bool outcomeIsKnown(const Error &error);

private:
    template <typename T>
    void send(HttpRequest request, std::function<Result<T>(const HttpResponse &)> parse, Answer<T> done);
    void readNext(QList<AlertmanagerMember> members, Reading what, Error last, Answer<MemberReading> done);
    void readRest(QList<AlertmanagerMember> members, std::shared_ptr<MemberReading> merged, Error last,
                  Answer<MemberReading> done);
    void readMember(const AlertmanagerMember &member, Reading what, Answer<MemberReading> done);
    QList<AlertmanagerMember> membersOf(const QString &cluster, const QString &preferred) const;

    HttpClient &m_http;
    Post m_post;
    MembersOf m_members;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true); ///< only looked at on the owner's thread
};

} // namespace cockpit
