# dsplan_test(sddl SUITES sid guid ...): the program test_sddl from sid.cpp guid.cpp ..., and one ctest per file.
# Each file holds one Boost.Test suite named as the file, so that a failing ctest names the concept that broke.
function(dsplan_test name)
    cmake_parse_arguments(test "" "" "SUITES;LIBRARIES" ${ARGN})
    list(TRANSFORM test_SUITES APPEND .cpp OUTPUT_VARIABLE sources)
    add_executable(test_${name} main.cpp ${sources})
    dsplan_configure(test_${name})
    target_compile_definitions(test_${name} PRIVATE DSPLAN_TESTDATA="${PROJECT_SOURCE_DIR}/testdata")
    target_link_libraries(test_${name} PRIVATE ${test_LIBRARIES} Boost::headers Boost::unit_test_framework)
    target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR})
    set_source_files_properties(main.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON) # it defines what Boost.Test reads
    dsplan_precompile(test_${name} <boost/test/unit_test.hpp> <fmt/format.h> <tl/expected.hpp> <algorithm>)
    foreach(suite ${test_SUITES})
        add_test(NAME ${name}/${suite} COMMAND test_${name} --run_test=${suite} --color_output=no)
    endforeach()
endfunction()
