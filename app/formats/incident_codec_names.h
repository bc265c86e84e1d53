// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"

#include <array>

namespace cockpit {

// What is stored of the enumerations inside of entries, in their order. Never renamed, only added to.

inline constexpr std::array kChangeKinds{"rollout", "breaker", "flag", "override", "capacity", "other"};
inline constexpr std::array kTaskStates{"open", "done", "dropped"};
inline constexpr std::array kPageStates{"triggered", "acknowledged", "escalated", "resolved"};
inline constexpr std::array kBodyActionStates{ActionState::Requested, ActionState::Planned,   ActionState::Armed,
                                              ActionState::Executing, ActionState::Verifying, ActionState::Succeeded,
                                              ActionState::Failed,    ActionState::Cancelled, ActionState::Unknown,
                                              ActionState::Refused};

} // namespace cockpit
