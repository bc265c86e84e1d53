# SPDX-License-Identifier: GPL-3.0-or-later
include(${CMAKE_CURRENT_LIST_DIR}/pages_world.cmake)
add_library(runbooks_world STATIC runbooks_world.cpp runbooks_world.h)
target_link_libraries(runbooks_world PUBLIC pages_world)
cockpit_test(tst_runbook_view SOURCES tst_runbook_view.cpp LIBS runbooks_world cockpit_ui_runbooks LABELS sanitize)
cockpit_test(tst_runbooks_page SOURCES tst_runbooks_page.cpp LIBS runbooks_world cockpit_ui_runbooks LABELS sanitize)
cockpit_test(tst_alert_runbook SOURCES tst_alert_runbook.cpp LIBS runbooks_world cockpit_ui_triage LABELS sanitize)

# Pictures of runbooks, to look at: tests/runbook_shots DIR.
add_executable(runbook_shots runbook_shots.cpp)
target_link_libraries(runbook_shots PRIVATE cockpit_flags runbooks_world cockpit_ui_triage cockpit_ui_runbooks Qt6::Test)
set_target_properties(runbook_shots PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
