# Installs both libraries with a package configuration: find_package(dsplan) gives dsplan::sddl and dsplan::ldif.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/dsplan)

install(TARGETS dsplan_sddl dsplan_ldif EXPORT dsplan_targets)
install(EXPORT dsplan_targets NAMESPACE dsplan:: DESTINATION ${package_dir})
foreach(library sddl ldif)
    file(GLOB public_headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${library}/*.hpp)
    # What only the sources include; some of it includes Boost.
    list(FILTER public_headers EXCLUDE REGEX
         "/sddl/(ace_octets|acl_control|attribute_name|condition_value|letter_pairs|number|octets|sid_octets|sid_text|text|utf16)\\.hpp$")
    install(FILES ${public_headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/dsplan/${library})
endforeach()
install(TARGETS dsplan)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/dsplan-config.cmake.in
    ${PROJECT_BINARY_DIR}/dsplan-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/dsplan-config-version.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/dsplan-config.cmake ${PROJECT_BINARY_DIR}/dsplan-config-version.cmake
    DESTINATION ${package_dir})
