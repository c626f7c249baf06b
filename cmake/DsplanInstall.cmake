# Installs the libraries with a package configuration: find_package(dsplan) gives dsplan::sddl, dsplan::ldif and
# dsplan::changes.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/dsplan)

install(TARGETS dsplan_sddl dsplan_ldif dsplan_changes EXPORT dsplan_targets)
install(EXPORT dsplan_targets NAMESPACE dsplan:: DESTINATION ${package_dir})
# Headers in a folder below these are for the sources only; some of them include Boost.
foreach(library sddl ldif ldif/changes)
    file(GLOB public_headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${library}/*.hpp)
    install(FILES ${public_headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/dsplan/${library})
endforeach()
install(TARGETS dsplan)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/dsplan-config.cmake.in
    ${PROJECT_BINARY_DIR}/dsplan-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/dsplan-config-version.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/dsplan-config.cmake ${PROJECT_BINARY_DIR}/dsplan-config-version.cmake
    DESTINATION ${package_dir})
