# SPDX-License-Identifier: Apache-2.0
# Helpers that keep every module's CMakeLists.txt to a few lines.

add_library(sulcus_options INTERFACE)
target_compile_options(sulcus_options INTERFACE -Wall -Wextra -Wpedantic)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 warns of overlapping copies in `"literal" + std::string` where there are none (GCC bug 105651).
  target_compile_options(sulcus_options INTERFACE -Wno-restrict)
endif()
# Torch's headers use Qt's keywords as names, so no file of the project may rely on `slots`, `signals` or `emit`.
target_compile_definitions(sulcus_options INTERFACE QT_NO_KEYWORDS)
if(SULCUS_SANITIZE)
  target_compile_options(sulcus_options INTERFACE -fsanitize=${SULCUS_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(sulcus_options INTERFACE -fsanitize=${SULCUS_SANITIZE})
endif()

# sulcus_find_header(nlohmann_json nlohmann_json::nlohmann_json nlohmann/json.hpp)
#
# The target of a header library: from its package, else from a copy under -DSULCUS_HEADERS=DIR (or any include path).
macro(sulcus_find_header package target header)
  find_package(${package} QUIET)
  if(NOT TARGET ${target})
    find_path(SULCUS_${package}_HEADERS ${header} HINTS "${SULCUS_HEADERS}" REQUIRED)
    add_library(sulcus_${package} INTERFACE)
    target_include_directories(sulcus_${package} SYSTEM INTERFACE "${SULCUS_${package}_HEADERS}")
    add_library(${target} ALIAS sulcus_${package})
  endif()
endmacro()

# sulcus_add_module(core_imaging SOURCES a.cpp ... PUBLIC core_base PRIVATE ITK...)
#
# A static library of one layer. Includes are written from the root of the tree ("core/imaging/volume.h").
# Third-party libraries belong under PRIVATE wherever the public headers allow it: then a forbidden include does not compile.
function(sulcus_add_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PUBLIC ${ARG_PUBLIC} PRIVATE sulcus_options ${ARG_PRIVATE})
endfunction()

# sulcus_add_test(core.imaging.volume_reader SOURCE tst_volume_reader.cpp LABELS unit LIBS core_imaging [DISPLAY])
#
# One Qt Test executable. LABELS is one or more of unit, gl, data, slow, layout. DISPLAY runs it under Xvfb when no
# display is set (label gl is added); otherwise the offscreen platform is used.
function(sulcus_add_test name)
  cmake_parse_arguments(ARG "DISPLAY" "TIMEOUT" "SOURCE;LABELS;LIBS;ARGUMENTS" ${ARGN})
  find_package(Qt6 REQUIRED COMPONENTS Test QUIET)
  string(REPLACE "." "_" target "tst_${name}")
  add_executable(${target} ${ARG_SOURCE})
  set_target_properties(${target} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests/bin")
  target_link_libraries(${target} PRIVATE sulcus_options ${ARG_LIBS} Qt6::Test)
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_compile_definitions(${target} PRIVATE
    SULCUS_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    SULCUS_BINARY_DIR="${PROJECT_BINARY_DIR}")
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  if(ARG_DISPLAY)
    list(APPEND ARG_LABELS gl)
    add_test(NAME ${name} COMMAND "${PROJECT_SOURCE_DIR}/packaging/with-display.sh" $<TARGET_FILE:${target}> ${ARG_ARGUMENTS})
  else()
    add_test(NAME ${name} COMMAND ${target} ${ARG_ARGUMENTS})
    set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
  endif()
  list(REMOVE_DUPLICATES ARG_LABELS)
  # A data test prints "SKIP: <reason>" and returns 0 when ../shared/data is absent; CTest then shows it as skipped.
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT}
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" SKIP_REGULAR_EXPRESSION "SULCUS_SKIPPED_WHOLE_TEST")
endfunction()

# sulcus_embed(target NAMESPACE sulcus::store PREFIX migrations FILES a.sql b.csv)
#
# Compiles files into the target as byte arrays: header "<PREFIX>_embedded.h" with
# `struct EmbeddedFile { std::string_view name; std::string_view bytes; }` and `std::span<const EmbeddedFile> <PREFIX>Files()`.
function(sulcus_embed target)
  cmake_parse_arguments(ARG "" "NAMESPACE;PREFIX" "FILES" ${ARGN})
  set(out_dir "${CMAKE_CURRENT_BINARY_DIR}/embedded")
  set(out "${out_dir}/${ARG_PREFIX}_embedded")
  set(absolute "")
  foreach(file ${ARG_FILES})
    get_filename_component(path "${file}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
    list(APPEND absolute "${path}")
  endforeach()
  string(REPLACE ";" "|" packed "${absolute}")
  add_custom_command(
    OUTPUT "${out}.cpp" "${out}.h"
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DNAMESPACE=${ARG_NAMESPACE} -DPREFIX=${ARG_PREFIX} "-DFILES=${packed}"
            -P "${PROJECT_SOURCE_DIR}/packaging/cmake/EmbedFiles.cmake"
    DEPENDS ${absolute} "${PROJECT_SOURCE_DIR}/packaging/cmake/EmbedFiles.cmake"
    VERBATIM)
  target_sources(${target} PRIVATE "${out}.cpp" "${out}.h")
  target_include_directories(${target} PRIVATE "${out_dir}")
endfunction()
