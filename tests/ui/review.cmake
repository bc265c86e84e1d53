# SPDX-License-Identifier: GPL-3.0-or-later
include(${CMAKE_CURRENT_LIST_DIR}/pages_world.cmake)
cockpit_test(tst_review_page LIBS pages_world cockpit_ui_review LABELS sanitize)
