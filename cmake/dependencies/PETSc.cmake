# PETSc with real scalars in double precision: spinsweep::petsc. An installed PETSc has its PETSc.pc in its prefix, one
# that is used where it was built has it in PETSC_DIR/PETSC_ARCH.
find_package(PkgConfig QUIET)
set(petsc_folders "")
foreach(prefix IN ITEMS "${PETSC_DIR}/${PETSC_ARCH}" "${PETSC_DIR}" "$ENV{PETSC_DIR}/$ENV{PETSC_ARCH}" "$ENV{PETSC_DIR}" "${PETSc_ROOT}")
  if(EXISTS "${prefix}/lib/pkgconfig/PETSc.pc")
    list(APPEND petsc_folders "${prefix}/lib/pkgconfig")
  endif()
endforeach()
set(how "Load the PETSc module, or set PETSC_DIR (and PETSC_ARCH where it was not installed)")
if(NOT PKG_CONFIG_FOUND)
  spinsweep_missing("pkg-config" "pkg-config in PATH" "Set PKG_CONFIG_EXECUTABLE")
else()
  set(pkg_config_path "$ENV{PKG_CONFIG_PATH}")
  list(JOIN petsc_folders ":" folders)
  set(ENV{PKG_CONFIG_PATH} "${folders}:${pkg_config_path}")
  pkg_check_modules(PETSC QUIET IMPORTED_TARGET PETSc>=3.15)
  set(ENV{PKG_CONFIG_PATH} "${pkg_config_path}")
  if(NOT PETSC_FOUND)
    spinsweep_missing("PETSc 3.15 or later" "PETSc.pc in PETSC_DIR, PKG_CONFIG_PATH and CMAKE_PREFIX_PATH" "${how}")
  else()
    find_file(petsc_configuration petscconf.h HINTS ${PETSC_INCLUDE_DIRS} NO_CACHE NO_DEFAULT_PATH)
    file(STRINGS "${petsc_configuration}" petsc_scalars REGEX "PETSC_USE_(COMPLEX|REAL_SINGLE|REAL___FLOAT128) ")
    if(petsc_scalars)
      spinsweep_missing("PETSc with real scalars in double precision"
        "PETSc.pc and found PETSc ${PETSC_VERSION} in ${PETSC_PREFIX}, which says ${petsc_scalars}" "${how}")
    elseif(MPI_CXX_FOUND)
      # PETSc's header refuses another MPI than that which PETSc was built with, and C++ if PETSc was built without.
      try_compile(petsc_compiles
        SOURCE_FROM_CONTENT petsc.cpp "#include <petscsys.h>\nint main(void) { return 0; }\n"
        LINK_LIBRARIES PkgConfig::PETSC MPI::MPI_CXX
        OUTPUT_VARIABLE petsc_output
        NO_CACHE)
      if(NOT petsc_compiles)
        string(REGEX MATCH "error:? [^\n]*" petsc_error "${petsc_output}")
        spinsweep_missing("PETSc that can be used from C++ with the MPI of ${MPI_CXX_COMPILER}"
          "PETSc.pc and found PETSc ${PETSC_VERSION} in ${PETSC_PREFIX}, with which a program of one line does not build: ${petsc_error}"
          "${how}, of a PETSc that is built with this MPI and for C++")
      endif()
    endif()
    add_library(spinsweep_petsc INTERFACE)
    add_library(spinsweep::petsc ALIAS spinsweep_petsc)
    target_link_libraries(spinsweep_petsc INTERFACE PkgConfig::PETSC)
  endif()
endif()
