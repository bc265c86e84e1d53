# SPDX-License-Identifier: GPL-3.0-or-later
# Incidents between archive, backends and screen.
target_sources(cockpit_core PRIVATE
  cockpit_incidents.cpp incident_body_check.cpp incident_book.cpp incident_declaring.cpp incident_exports.cpp
  incident_facts.cpp incident_new_facts.cpp incident_recorder.cpp incident_service.cpp incident_watch.cpp)
target_link_libraries(cockpit_core PUBLIC cockpit_incidents)
