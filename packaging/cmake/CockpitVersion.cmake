# SPDX-License-Identifier: GPL-3.0-or-later
# COCKPIT_VERSION_TEXT: the project's version, and which commit of the checkout it is ("0.1.0+git412.1a2b3c4").
set(COCKPIT_VERSION_TEXT ${PROJECT_VERSION})
find_package(Git QUIET)
if(GIT_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} rev-list --count HEAD WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    OUTPUT_VARIABLE commits OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE counted)
  execute_process(COMMAND ${GIT_EXECUTABLE} rev-parse --short HEAD WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE named)
  if(counted EQUAL 0 AND named EQUAL 0)
    set(COCKPIT_VERSION_TEXT ${PROJECT_VERSION}+git${commits}.${commit})
  endif()
endif()
