# dsplan_room(review USES plan effect): the library dsplan_review of every source in the folder dsplan/review. A room links
# the rooms that it may use, and tests/rooms holds its includes to the same list. SPEAKS says that the room's work is words,
# for the reader or from the command line: with sanitizers, where it would take the longest to compile, it is not optimised.
function(dsplan_room name)
    cmake_parse_arguments(room "SPEAKS" "" "USES" ${ARGN})
    dsplan_sources(sources ${CMAKE_CURRENT_SOURCE_DIR}/dsplan/${name})
    add_library(dsplan_${name} STATIC ${sources})
    dsplan_configure(dsplan_${name})
    target_include_directories(dsplan_${name} PUBLIC ${PROJECT_SOURCE_DIR})
    list(TRANSFORM room_USES PREPEND dsplan_)
    target_link_libraries(dsplan_${name} PUBLIC ${room_USES} dsplan::sddl dsplan::changes dsplan::ldif
                          nlohmann_json::nlohmann_json)
    dsplan_at_once(dsplan_${name})
    if(room_SPEAKS AND DSPLAN_SANITIZE)
        dsplan_compile_quickly(dsplan_${name})
        dsplan_precompile_room(${name} words)
    else()
        dsplan_precompile_room(${name} ground)
    endif()
endfunction()

# dsplan_precompile_room(review ground): the room takes what the other one precompiles; the same one precompiles.
function(dsplan_precompile_room name owner)
    if(NOT name STREQUAL owner)
        if(DSPLAN_PRECOMPILE)
            target_precompile_headers(dsplan_${name} REUSE_FROM dsplan_${owner})
        endif()
    else()
        dsplan_precompile(dsplan_${name} <fmt/format.h> <tl/expected.hpp> <nlohmann/json.hpp> <algorithm> <functional>)
    endif()
endfunction()
