# SPDX-License-Identifier: GPL-3.0-or-later
include(${CMAKE_CURRENT_LIST_DIR}/pages_world.cmake)
cockpit_test(tst_breakers SOURCES tst_breakers.cpp breakers_world.cpp LIBS pages_world cockpit_ui_breakers LABELS sanitize)
