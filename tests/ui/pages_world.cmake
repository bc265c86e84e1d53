# SPDX-License-Identifier: GPL-3.0-or-later
# A fleet made by hand, for the tests of the pages.
if(NOT TARGET pages_world)
  add_library(pages_world STATIC pages_world.cpp pages_world.h rollouts_world.cpp rollouts_world.h)
  target_link_libraries(pages_world PUBLIC cockpit_flags cockpit_models cockpit_ui_theme Qt6::Widgets)
endif()
