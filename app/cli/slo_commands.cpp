// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/formats/slos_json.h"
#include "models/items/review_store.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>

namespace cockpit {

namespace {

QString sloWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

QString shareText(std::optional<double> share, int digits)
{
    return share ? QString::number(*share * 100, 'f', digits) + QStringLiteral(" %") : sloWords("no data");
}

QString burnText(const SloStatus &status)
{
    return status.burns.isEmpty() || !status.burns.first().burn
               ? sloWords("no data")
               : QString::number(*status.burns.first().burn, 'f', 1) + QStringLiteral(" ×");
}

QString policyText(BudgetPolicyState state)
{
    switch (state) {
    case BudgetPolicyState::None:
        return sloWords("none");
    case BudgetPolicyState::SlowDown:
        return sloWords("slow down");
    case BudgetPolicyState::Freeze:
        return sloWords("freeze");
    case BudgetPolicyState::Unknown:
        break;
    }
    return sloWords("unknown");
}

QString sloTable(const SloBoard &board)
{
    QList<QStringList> rows{{sloWords("SERVICE"), sloWords("OBJECTIVE"), sloWords("TARGET"), sloWords("NOW"),
                             sloWords("BUDGET LEFT"), sloWords("BURN, 5 M"), sloWords("GONE IN"), sloWords("POLICY")}};
    for (const SloStatus &status : board.objectives)
        rows.append({status.slo.service, status.slo.title, shareText(status.slo.target, 2),
                     shareText(status.achieved, 3), shareText(status.budgetLeft, 1), burnText(status),
                     status.forecast.words, policyText(status.policy)});
    return table(rows);
}

/// 0 all promises hold, 1 a budget is spent or a pair of windows fires, 3 nothing is known.
int sloExit(const SloBoard &board)
{
    if (board.objectives.isEmpty())
        return 3;
    const bool burns = std::any_of(board.objectives.begin(), board.objectives.end(), [](const SloStatus &status) {
        return status.policy == BudgetPolicyState::Freeze ||
               std::any_of(status.alerts.begin(), status.alerts.end(),
                           [](const BurnAlert &alert) { return alert.state == BurnAlert::State::Firing; });
    });
    return burns ? 1 : 0;
}

void printSlos(const ReviewStore &review, const Invocation &invocation, const Finish &finish)
{
    const ReviewProgress &progress = review.sloProgress();
    if (progress.failed)
        printError(terminalText(progress.words));
    const SloBoard empty;
    const SloBoard &board = review.slos() ? *review.slos() : empty;
    if (invocation.json)
        printOut(review.slos() ? slosJson(board) : QByteArrayLiteral("null"));
    else if (!review.slos())
        printError(sloWords("No Prometheus has answered: objectives are not known."));
    else if (board.objectives.isEmpty())
        printError(sloWords(
            "No objective is recorded. Record one with Sloth (sloth.dev); its series slo:* are found by themselves."));
    else
        printOut(sloTable(board));
    if (!invocation.json) {
        for (const QString &problem : board.problems)
            printError(terminalText(problem));
    }
    finish(sloExit(board));
}

} // namespace

void runSlos(Session &session, const Invocation &invocation, Finish finish)
{
    whenAnswered(session, invocation, [&session, invocation, finish = std::move(finish)] {
        const ReviewStore &review = session.cockpit().review();
        const auto isSettled = [&review] {
            return review.sloProgress().failed || (review.slos() && !review.sloProgress().running);
        };
        if (isSettled())
            return printSlos(review, invocation, finish);
        auto *limit = new QTimer(&session);
        limit->setSingleShot(true);
        QObject::connect(limit, &QTimer::timeout, limit, [&review, limit, invocation, finish] {
            limit->deleteLater();
            printSlos(review, invocation, finish);
        });
        QObject::connect(&review, &ReviewStore::progressChanged, limit, [limit, isSettled] {
            if (isSettled())
                limit->start(0);
        });
        limit->start(invocation.timeout);
    });
}

} // namespace cockpit
