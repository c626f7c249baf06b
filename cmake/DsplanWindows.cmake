# Building for Windows on Debian: the libraries that the program needs are headers, but they lie beside those of this machine's
# own C library, which must not be seen. A folder of links to them alone stands in for their packages.
set(headers "${PROJECT_BINARY_DIR}/headers")
foreach(name boost fmt tl CLI nlohmann utf8cpp kainjow toml++)
    if(NOT EXISTS "/usr/include/${name}")
        message(FATAL_ERROR "/usr/include/${name} is missing: tools/install_packages $(cat tools/build_packages.txt)")
    endif()
    file(MAKE_DIRECTORY "${headers}")
    file(CREATE_LINK "/usr/include/${name}" "${headers}/${name}" SYMBOLIC)
endforeach()

foreach(target Boost::headers fmt::fmt utf8cpp CLI11::CLI11 nlohmann_json::nlohmann_json)
    add_library(${target} INTERFACE IMPORTED GLOBAL)
    target_include_directories(${target} SYSTEM INTERFACE "${headers}")
endforeach()
target_include_directories(utf8cpp SYSTEM INTERFACE "${headers}/utf8cpp")
set(DSPLAN_EXPECTED_INCLUDE_DIR "${headers}" CACHE PATH "")
set(DSPLAN_MUSTACHE_INCLUDE_DIR "${headers}" CACHE PATH "")
