# Installs the program, and the libraries with a package configuration: find_package(dsplan) gives dsplan::sddl, dsplan::ldif
# and dsplan::changes.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/dsplan)

install(TARGETS dsplan_sddl dsplan_ldif dsplan_changes EXPORT dsplan_targets COMPONENT dev)
install(EXPORT dsplan_targets NAMESPACE dsplan:: DESTINATION ${package_dir} COMPONENT dev)
# Headers in a folder below these are for the sources only; some of them include Boost.
foreach(library sddl ldif ldif/changes)
    file(GLOB public_headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${library}/*.hpp)
    install(FILES ${public_headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/dsplan/${library} COMPONENT dev)
endforeach()
install(TARGETS dsplan COMPONENT program)

set(document_dir ${CMAKE_INSTALL_DATAROOTDIR}/doc)
install(FILES README.md CHANGELOG.md DESTINATION ${document_dir}/dsplan COMPONENT program)
install(FILES LICENSE DESTINATION ${document_dir}/dsplan RENAME copyright COMPONENT program)
install(FILES LICENSE DESTINATION ${document_dir}/dsplan-dev RENAME copyright COMPONENT dev)
# What tools/release collects of the libraries inside a static program.
install(FILES ${PROJECT_BINARY_DIR}/LICENCES.txt DESTINATION ${document_dir}/dsplan COMPONENT program OPTIONAL)
file(GLOB schemas CONFIGURE_DEPENDS tools/dsplan/render/*.schema.json)
install(FILES ${schemas} DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/dsplan COMPONENT program)
# Manual pages and completion scripts are what the program says of itself.
if(NOT CMAKE_CROSSCOMPILING)
    install(CODE "execute_process(COMMAND \"${PROJECT_SOURCE_DIR}/tools/write_documents\" \"$<TARGET_FILE:dsplan>\"
        \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATAROOTDIR}\" COMMAND_ERROR_IS_FATAL ANY)"
        COMPONENT program)
endif()

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/dsplan-config.cmake.in
    ${PROJECT_BINARY_DIR}/dsplan-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/dsplan-config-version.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/dsplan-config.cmake ${PROJECT_BINARY_DIR}/dsplan-config-version.cmake
    DESTINATION ${package_dir} COMPONENT dev)
