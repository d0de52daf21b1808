# cmake --install build --prefix P: the program, what users copy and read, and a CMake package that names the program.
# Nothing installed knows its prefix, so the tree may be moved.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

if(SPINSWEEP_PORTABLE)
  set(program spinsweep_launcher)
else()
  set(program spinsweep)
endif()
install(TARGETS ${program} EXPORT spinsweep RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

set(data ${CMAKE_INSTALL_DATADIR}/spinsweep)
install(DIRECTORY sweeps DESTINATION ${data} FILES_MATCHING PATTERN "*.toml" PATTERN "*.csv")
install(DIRECTORY jobs DESTINATION ${data} USE_SOURCE_PERMISSIONS PATTERN "*.in" EXCLUDE)
install(DIRECTORY analysis DESTINATION ${data} USE_SOURCE_PERMISSIONS PATTERN "__pycache__" EXCLUDE)
install(DIRECTORY python DESTINATION ${data} PATTERN "__pycache__" EXCLUDE PATTERN "*.egg-info" EXCLUDE PATTERN "build" EXCLUDE)
# The report under a name that can be in PATH. The link is relative: it survives a move.
file(RELATIVE_PATH report "/prefix/${CMAKE_INSTALL_BINDIR}" "/prefix/${data}/analysis/report")
file(CREATE_LINK ${report} ${PROJECT_BINARY_DIR}/spinsweep-report SYMBOLIC)
install(FILES ${PROJECT_BINARY_DIR}/spinsweep-report DESTINATION ${CMAKE_INSTALL_BINDIR})

install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} PATTERN "*.in" EXCLUDE)
install(FILES README.md CHANGELOG.md LICENSE CITATION.cff DESTINATION ${CMAKE_INSTALL_DOCDIR})
configure_file(docs/spinsweep.1.in spinsweep.1 @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/spinsweep.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/spinsweep)
install(EXPORT spinsweep NAMESPACE spinsweep:: FILE spinsweep-config.cmake DESTINATION ${package})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/spinsweep-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/spinsweep-config-version.cmake DESTINATION ${package})
