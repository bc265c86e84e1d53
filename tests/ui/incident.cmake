# SPDX-License-Identifier: GPL-3.0-or-later
include(${CMAKE_CURRENT_LIST_DIR}/pages_world.cmake)
if(NOT TARGET incident_world)
  add_library(incident_world STATIC incident_world.cpp incident_world.h)
  target_link_libraries(incident_world PUBLIC pages_world)
endif()
cockpit_test(tst_incident_page LIBS incident_world cockpit_ui_incident cockpit_ui_triage LABELS sanitize)
