# dsplan_room(review USES plan effect): the library dsplan_review of every source in the folder dsplan/review. A room links
# the rooms that it may use, and tests/rooms holds its includes to the same list. AT_ONCE says that no two of its files give
# one name to two things, so that DSPLAN_UNITY may compile many of them as one.
function(dsplan_room name)
    cmake_parse_arguments(room "AT_ONCE" "" "USES" ${ARGN})
    dsplan_sources(sources ${CMAKE_CURRENT_SOURCE_DIR}/dsplan/${name})
    add_library(dsplan_${name} STATIC ${sources})
    dsplan_configure(dsplan_${name})
    target_include_directories(dsplan_${name} PUBLIC ${PROJECT_SOURCE_DIR})
    list(TRANSFORM room_USES PREPEND dsplan_)
    target_link_libraries(dsplan_${name} PUBLIC ${room_USES} dsplan::sddl dsplan::changes dsplan::ldif
                          nlohmann_json::nlohmann_json)
    if(DSPLAN_UNITY AND room_AT_ONCE)
        set_target_properties(dsplan_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 20)
        # A name of another file is no shadow, and what stands in a source alone is no header's.
        target_compile_options(dsplan_${name} PRIVATE -Wno-shadow
            $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>
            $<$<BOOL:${MINGW}>:-Wa,-mbig-obj>)
    endif()
    if(DSPLAN_PRECOMPILE AND NOT name STREQUAL "ground")
        target_precompile_headers(dsplan_${name} REUSE_FROM dsplan_ground)
    endif()
endfunction()
