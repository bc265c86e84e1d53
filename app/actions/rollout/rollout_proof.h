// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/rollout/rollout_figures.h"
#include "app/actions/rollout/rollout_operation.h"

#include <QHash>

#include <memory>

namespace cockpit {

/// Follows an action that was accepted until it is proven (operations.md §0): requested → accepted → rolling back (2/4
/// pods) → improving (figures; the window still holds old samples) → proven, or not improving, or not known.
class RolloutProof {
public:
    /// How long the pods of one action are watched, in real time.
    static constexpr std::chrono::milliseconds kPodsTime{std::chrono::minutes(15)};
    /// How long an API server that does not answer is asked again.
    static constexpr Duration kUnreadTime{std::chrono::minutes(5)};
    /// The window where neither the request nor a policy names one.
    static constexpr Duration kWindow{std::chrono::minutes(5)};

    explicit RolloutProof(ActionContext context)
        : m_context(std::move(context))
    {}
    /// One look at the cluster and the figures. Gives EffectProgress until it is decided.
    void look(const RolloutOperation &operation, const ActionRecord &record, const RolloutScene &scene,
              ActionHandler::Event done);
    /// The object could not be read: words for each minute of it, and not known after kUnreadTime.
    ActionEvent unreadable(const ActionRecord &record, const Error &error);
    /// What may have been sent does not show.
    void notThere(const ActionRecord &record, const RolloutScene &scene, const ActionHandler::Event &done) const;
    /// How long the proof may take at most, in real time.
    std::chrono::milliseconds longest(const ActionRecord &record) const;

private:
    struct Memory {
        ProofFigures figures{};
        std::optional<Instant> settledAt{}; ///< when the pods were first seen where they belong
    };
    using MemoryPtr = std::shared_ptr<Memory>;

    void measure(const RolloutScene &scene, const ActionRecord &record, const QString &effect, const MemoryPtr &memory,
                 ActionHandler::Event done);
    void measureInto(const Rollout &rollout, Duration window, Instant at, std::optional<TrackMeasure> &into,
                     const MemoryPtr &memory, std::function<void()> then);
    ActionEvent judged(const RolloutScene &scene, const QString &effect, const Memory &memory) const;
    Duration windowOf(const ActionRecord &record) const;

    ActionContext m_context;
    QHash<ActionId, MemoryPtr> m_memories;     ///< of the actions that are being proven
    QHash<ActionId, Instant> m_unreadSince{}; ///< since when their objects cannot be read
};

} // namespace cockpit
