# dsplan_room(review USES plan effect): the library dsplan_review of every source in the folder dsplan/review. A room links
# the rooms that it may use, and tests/rooms holds its includes to the same list.
function(dsplan_room name)
    cmake_parse_arguments(room "" "" "USES" ${ARGN})
    dsplan_sources(sources ${CMAKE_CURRENT_SOURCE_DIR}/dsplan/${name})
    add_library(dsplan_${name} STATIC ${sources})
    dsplan_configure(dsplan_${name})
    target_include_directories(dsplan_${name} PUBLIC ${PROJECT_SOURCE_DIR})
    list(TRANSFORM room_USES PREPEND dsplan_)
    target_link_libraries(dsplan_${name} PUBLIC ${room_USES} dsplan::sddl dsplan::changes dsplan::ldif
                          nlohmann_json::nlohmann_json)
    dsplan_at_once(dsplan_${name})
    if(DSPLAN_PRECOMPILE AND NOT name STREQUAL "ground")
        target_precompile_headers(dsplan_${name} REUSE_FROM dsplan_ground)
    endif()
endfunction()
