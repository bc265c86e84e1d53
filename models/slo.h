// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence.h"
#include "models/ids.h"
#include "models/instant.h"
#include "models/result.h"

#include <QList>
#include <QString>

#include <array>
#include <memory>
#include <optional>

namespace cockpit {

/// How an objective's errors are counted.
enum class SloKind {
    Ratio,   ///< bad (or good) events over all events
    Latency, ///< events slower than a limit over all events
    Series,  ///< an error ratio that somebody records (Sloth, Pyrra)
};

/// The time that a promise covers.
struct SloWindow {
    Duration length{};     ///< a rolling window's; a calendar month counts as its days
    bool calendar = false; ///< from the first of the month (quarter, year), else the last `length`
    QString zone{};        ///< IANA name of a calendar window; empty = UTC
    bool operator==(const SloWindow &) const = default;
};

/// One service level objective, from whatever format it was written in.
struct Slo {
    QString id{};      ///< stable over reads: "gc-service/joins-succeed"
    QString service{}; ///< as `services:` names it
    QString title{};   ///< "joins and API succeed"
    SloKind kind = SloKind::Ratio;
    double target = 0; ///< 0…1; exactly 1 leaves no budget and is said so
    SloWindow window{};
    QString errorQuery{}; ///< PromQL of the error ratio with {window} in it, or of bad events' rate
    QString totalQuery{}; ///< PromQL of all events' rate with {window}; empty: errorQuery is the ratio already
    QString understood{}; ///< what was read, in words: "a table row: 99.9 % of joins over 30 days"
    QString source{};     ///< file:line, "sloth_slo_info", "pyrra", "cockpit.yaml"
    QString guess{};      ///< what was assumed where the source is silent; empty = nothing
    bool operator==(const Slo &) const = default;
};

/// One look-back of the error ratio.
struct BurnWindow {
    Duration length{};
    std::optional<double> errorRatio{}; ///< nothing = no traffic or no data: never 0
    std::optional<double> burn{};       ///< errorRatio / (1 - target); nothing at a target of 1
    bool operator==(const BurnWindow &) const = default;
};

/// A pair of windows that alerts together (The Site Reliability Workbook, chapter 5).
struct BurnAlert {
    enum class State { Calm, Half, Firing, Unknown };
    Duration shortWindow{};
    Duration longWindow{};
    double factor = 0;      ///< budget share · window / long, not fixed at 14.4
    double budgetShare = 0; ///< 0…1
    bool page = false;      ///< else a ticket
    std::optional<double> shortBurn{};
    std::optional<double> longBurn{};
    State state = State::Unknown;
    bool operator==(const BurnAlert &) const = default;
};

/// A point of the burn-down: budget left, 1 = all; below 0 = overspent; nothing = a gap.
struct BudgetPoint {
    Instant at{};
    std::optional<double> left{};
    bool operator==(const BudgetPoint &) const = default;
};

/// What happened while the budget burnt.
struct BudgetMark {
    enum class Kind { Deployment, Rollback, Incident };
    Kind kind = Kind::Deployment;
    Instant at{};
    QString label{};               ///< "INC-37", "3.12.0"
    std::optional<double> spent{}; ///< share of the budget that burnt with it
    bool operator==(const BudgetMark &) const = default;
};

/// When the budget ends at the rate of now, with its uncertainty.
struct BudgetForecast {
    std::optional<Instant> gone{}; ///< nothing = beyond the window or no data
    std::optional<Instant> earliest{};
    std::optional<Instant> latest{};
    QString words{}; ///< "at 17 ×: gone today 20:40 (20:10 to 22:00)"; "beyond 30 days"; "no data"
    bool operator==(const BudgetForecast &) const = default;
};

/// What the budget policy makes of it (operations.md §1, §8).
enum class BudgetPolicyState { None, SlowDown, Freeze, Unknown };

/// One objective, measured.
struct SloStatus {
    Slo slo{};
    std::optional<double> achieved{};   ///< 0…1 over the window
    std::optional<double> budgetLeft{}; ///< 1 = all, 0 = spent, negative = overspent; nothing = no data
    QList<BurnWindow> burns{};          ///< 5 m, 30 m, 1 h, 2 h, 6 h, 1 d, 3 d
    QList<BurnAlert> alerts{};          ///< multi-window, multi-burn-rate
    QList<BurnAlert> simple{};          ///< 10 × over 1 h, 5 × over 6 h
    QList<BudgetPoint> burnDown{};      ///< oldest first, at most 1000
    QList<BudgetMark> marks{};
    BudgetForecast forecast{};
    BudgetPolicyState policy = BudgetPolicyState::Unknown;
    std::optional<Instant> policySince{};
    std::optional<Duration> covered{}; ///< of the window, where retention is shorter
    QString problem{};                 ///< why it has no figure (others are not touched); empty = none
    QString note{};                    ///< "30 days asked, 15 days kept", "target of 100 % leaves no budget"
    Instant measured{};
    bool operator==(const SloStatus &) const = default;
};

/// All objectives of one environment.
struct SloBoard {
    QList<SloStatus> objectives{}; ///< gravest first
    QStringList problems{};        ///< files or rows that could not be read, with file:line
    QString source{};              ///< "Prometheus prod, 20 queries"
    Instant measured{};
    bool operator==(const SloBoard &) const = default;
};
using SloBoardPtr = std::shared_ptr<const SloBoard>;

} // namespace cockpit
