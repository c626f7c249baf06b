# dsplan_test(sddl LIBRARIES dsplan::sddl): the program test_sddl of every source in this folder, and one ctest a file.
# Each file holds one Boost.Test suite named as the file, so that a failing ctest names the concept that broke.
function(dsplan_test name)
    cmake_parse_arguments(test "" "" "LIBRARIES" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} *.cpp)
    list(REMOVE_ITEM sources main.cpp)
    list(TRANSFORM sources REPLACE "[.]cpp$" "" OUTPUT_VARIABLE test_SUITES)
    add_executable(test_${name} main.cpp ${sources})
    dsplan_configure(test_${name})
    if(NOT DSPLAN_SANITIZE) # there it takes longer to run them than to compile them
        dsplan_compile_quickly(test_${name})
    endif()
    target_compile_definitions(test_${name} PRIVATE DSPLAN_TESTDATA="${PROJECT_SOURCE_DIR}/testdata")
    target_link_libraries(test_${name} PRIVATE ${test_LIBRARIES} Boost::headers Boost::unit_test_framework)
    target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR})
    set_source_files_properties(main.cpp PROPERTIES # it defines what Boost.Test reads
        SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
    dsplan_precompile(test_${name} <boost/test/unit_test.hpp> <fmt/format.h> <tl/expected.hpp> <algorithm>)
    foreach(suite ${test_SUITES})
        add_test(NAME ${name}/${suite} COMMAND test_${name} --run_test=${suite} --color_output=no)
    endforeach()
endfunction()
