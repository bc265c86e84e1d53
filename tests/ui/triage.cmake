# SPDX-License-Identifier: GPL-3.0-or-later
include(${CMAKE_CURRENT_LIST_DIR}/pages_world.cmake)
cockpit_test(tst_triage SOURCES tst_triage.cpp LIBS pages_world cockpit_ui_triage LABELS sanitize)
cockpit_test(tst_alert_pulse LIBS pages_world cockpit_ui_triage LABELS sanitize)

# Pictures of the pages, to look at: tests/shots DIR.
add_executable(shots shots.cpp)
target_link_libraries(shots PRIVATE cockpit_flags pages_world cockpit_ui_triage cockpit_ui_rollouts cockpit_ui_services Qt6::Test)
set_target_properties(shots PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
