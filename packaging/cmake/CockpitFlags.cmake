# SPDX-License-Identifier: GPL-3.0-or-later
# One interface target carries every flag; each target of ours links it.
add_library(cockpit_flags INTERFACE)
target_compile_options(cockpit_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
# g++ 12 warns of overlaps in std::string that are none (GCC bug 105329), and takes the value of an empty std::optional for
# one that is read (GCC bug 80635).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(cockpit_flags INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()
if(COCKPIT_WERROR)
  target_compile_options(cockpit_flags INTERFACE -Werror)
endif()
target_compile_definitions(cockpit_flags INTERFACE
  QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING
  QT_NO_CAST_FROM_BYTEARRAY QT_STRICT_ITERATORS QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
  QT_DISABLE_DEPRECATED_BEFORE=0x060400 COCKPIT_VERSION="${PROJECT_VERSION}")
target_include_directories(cockpit_flags INTERFACE ${CMAKE_SOURCE_DIR})
if(COCKPIT_SANITIZE)
  target_compile_options(cockpit_flags INTERFACE -fsanitize=${COCKPIT_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(cockpit_flags INTERFACE -fsanitize=${COCKPIT_SANITIZE})
  if(COCKPIT_SANITIZE MATCHES "undefined")
    target_compile_options(cockpit_flags INTERFACE -fno-sanitize-recover=undefined)
  endif()
endif()

# cockpit_library(name SOURCES ... LIBS ... PRIVATE_LIBS ...): a static library of one folder.
function(cockpit_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBS;PRIVATE_LIBS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC cockpit_flags ${ARG_LIBS} PRIVATE ${ARG_PRIVATE_LIBS})
endfunction()

# cockpit_test(name SOURCES ... LIBS ... LABELS ...): a Qt Test program, offscreen, in UTC and the C locale.
# Labels: sanitize (also run with ASan+UBSan in packaging/test; all of them are in --deep), unit, integration, bench.
function(cockpit_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LIBS;LABELS" ${ARGN})
  if(NOT ARG_SOURCES)
    set(ARG_SOURCES ${name}.cpp)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE cockpit_flags Qt6::Test ${ARG_LIBS})
  target_compile_definitions(${name} PRIVATE
    COCKPIT_SOURCE_DIR="${CMAKE_SOURCE_DIR}" COCKPIT_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  set_target_properties(${name} PROPERTIES UNITY_BUILD OFF
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests COCKPIT_LABELS "${ARG_LABELS}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TZ=UTC;DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent;LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/lsan.supp;TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/tsan.supp")
endfunction()
