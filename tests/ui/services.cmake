# SPDX-License-Identifier: GPL-3.0-or-later
include(${CMAKE_CURRENT_LIST_DIR}/pages_world.cmake)
cockpit_test(tst_services SOURCES tst_services.cpp LIBS pages_world cockpit_ui_services LABELS sanitize)
