# What every target of the project shares: language level, private warnings, sanitizers.
include(GNUInstallDirs)

set(CMAKE_CXX_EXTENSIONS OFF)

if(DSPLAN_SANITIZE)
    add_compile_options(-fsanitize=${DSPLAN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${DSPLAN_SANITIZE})
endif()
if(DSPLAN_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# A static program carries fmt inside. It is compiled as a library of its own; who installs ours links fmt's own.
if(DSPLAN_STATIC)
    add_library(dsplan_static_fmt STATIC ${CMAKE_CURRENT_LIST_DIR}/static_fmt.cpp)
    target_compile_features(dsplan_static_fmt PUBLIC cxx_std_20)
    if(CMAKE_CROSSCOMPILING)
        target_link_libraries(dsplan_static_fmt PUBLIC $<BUILD_INTERFACE:fmt::fmt>) # its headers alone
    endif()
    set(DSPLAN_FMT $<BUILD_INTERFACE:dsplan_static_fmt> $<INSTALL_INTERFACE:fmt::fmt>)
else()
    set(DSPLAN_FMT fmt::fmt)
endif()

function(dsplan_configure target)
    target_compile_features(${target} PUBLIC cxx_std_20)
    if(WIN32)
        target_compile_definitions(${target} PRIVATE NOMINMAX WIN32_LEAN_AND_MEAN)
    endif()
    if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
        target_compile_options(${target} PRIVATE
            -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
            -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual -Wimplicit-fallthrough
            $<$<BOOL:${DSPLAN_WARNINGS_AS_ERRORS}>:-Werror>)
        # GCC clears small values with "rep stos", which takes longer to start than reading an ACE does.
        if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
            target_compile_options(${target} PRIVATE
                -mmemset-strategy=unrolled_loop:512:noalign,libcall:-1:noalign)
        endif()
    elseif(MSVC)
        target_compile_options(${target} PRIVATE /W4 /utf-8 $<$<BOOL:${DSPLAN_WARNINGS_AS_ERRORS}>:/WX>)
    endif()
endfunction()

# dsplan_precompile(target HEADERS...): builds in half the time. Off in each-file, which finds a file that lacks an include.
function(dsplan_precompile target)
    if(DSPLAN_PRECOMPILE)
        target_precompile_headers(${target} PRIVATE ${ARGN})
    endif()
endfunction()

# dsplan_compile_quickly(target): without optimising, whatever the preset: to compile its sources takes longer than to run them.
function(dsplan_compile_quickly target)
    if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
        target_compile_options(${target} PRIVATE -O0)
    endif()
endfunction()

# dsplan_at_once(target [COUNT]): compiles the files of the target as one, or COUNT as one, where DSPLAN_UNITY says so. No two
# of them may give one name to two things; each-file proves that each includes what it needs.
function(dsplan_at_once target)
    if(DSPLAN_UNITY)
        list(APPEND ARGN 0) # all
        list(GET ARGN 0 count)
        set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${count})
        # A name of another file is no shadow, and what stands in a source alone is no header's.
        target_compile_options(${target} PRIVATE -Wno-shadow
            $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>
            $<$<BOOL:${MINGW}>:-Wa,-mbig-obj>)
    endif()
endfunction()

# dsplan_sources(OUT FOLDER): every source of the folder for the system that is built for: NAME_windows.cpp is for Windows,
# NAME_browser.cpp for a browser, and NAME_posix.cpp for all that have none of their own.
function(dsplan_sources out folder)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
    if(WIN32)
        list(FILTER sources EXCLUDE REGEX "_posix[.]cpp$")
    else()
        list(FILTER sources EXCLUDE REGEX "_windows[.]cpp$")
    endif()
    if(EMSCRIPTEN)
        foreach(source ${sources})
            string(REGEX REPLACE "_browser[.]cpp$" "_posix.cpp" replaced "${source}")
            if(NOT replaced STREQUAL source)
                list(REMOVE_ITEM sources "${replaced}")
            endif()
        endforeach()
    else()
        list(FILTER sources EXCLUDE REGEX "_browser[.]cpp$")
    endif()
    set(${out} ${sources} PARENT_SCOPE)
endfunction()

# dsplan_library(sddl): the static library dsplan_sddl of every source in this folder, with its alias dsplan::sddl and the
# public include roots. EXCEPT names subfolders that are libraries of their own.
function(dsplan_library name)
    cmake_parse_arguments(library "" "" "EXCEPT" ${ARGN})
    dsplan_sources(sources ${CMAKE_CURRENT_SOURCE_DIR})
    foreach(folder ${library_EXCEPT})
        list(FILTER sources EXCLUDE REGEX "^${CMAKE_CURRENT_SOURCE_DIR}/${folder}/")
    endforeach()
    add_library(dsplan_${name} STATIC ${sources})
    add_library(dsplan::${name} ALIAS dsplan_${name})
    dsplan_configure(dsplan_${name})
    set_target_properties(dsplan_${name} PROPERTIES EXPORT_NAME ${name})
    target_include_directories(dsplan_${name} PUBLIC
        $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
        $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/dsplan>)
    target_include_directories(dsplan_${name} SYSTEM PUBLIC $<BUILD_INTERFACE:${DSPLAN_EXPECTED_INCLUDE_DIR}>)
    target_link_libraries(dsplan_${name} PUBLIC ${DSPLAN_FMT} PRIVATE $<BUILD_INTERFACE:Boost::headers>)
    dsplan_precompile(dsplan_${name} <fmt/format.h> <tl/expected.hpp> <algorithm> <string> <vector>)
    dsplan_at_once(dsplan_${name})
endfunction()
