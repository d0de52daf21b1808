# One binary at full speed on every x86-64 processor: the program is built once for each level, into
# libexec/spinsweep/LEVEL, and bin/spinsweep replaces itself by the best one that the processor can run.
include(ExternalProject)
include(GNUInstallDirs)

set(SPINSWEEP_LEVELS x86-64-v2 x86-64-v3 x86-64-v4 CACHE STRING "Levels of the x86-64 instruction set to build for")

# What the user set for finding libraries and choosing compilers holds for every level.
set(passed "")
get_cmake_property(variables CACHE_VARIABLES)
foreach(variable IN LISTS variables)
  get_property(help CACHE ${variable} PROPERTY HELPSTRING)
  if(variable MATCHES "^CMAKE_(BUILD_TYPE|CXX_COMPILER_LAUNCHER|C_COMPILER|CXX_COMPILER|CXX_FLAGS.*|PREFIX_PATH)$" OR
      help MATCHES "No help, variable specified on the command line")
    list(JOIN ${variable} "|" value)
    list(APPEND passed "-D${variable}=${value}")
  endif()
endforeach()

foreach(level IN LISTS SPINSWEEP_LEVELS)
  ExternalProject_Add(program_${level}
    SOURCE_DIR ${PROJECT_SOURCE_DIR}
    BINARY_DIR ${PROJECT_BINARY_DIR}/${level}
    LIST_SEPARATOR "|"
    CMAKE_ARGS ${passed} -DSPINSWEEP_PORTABLE=OFF -DSPINSWEEP_INSTRUCTION_SET=${level} -DSPINSWEEP_TESTS=OFF
      -DSPINSWEEP_BENCHMARKS=OFF -DSPINSWEEP_UNITY=ON
    BUILD_COMMAND ${CMAKE_COMMAND} --build <BINARY_DIR> --target spinsweep
    INSTALL_COMMAND ""
    BUILD_ALWAYS ON
    USES_TERMINAL_BUILD ON)
  if(previous)
    # One after the other: each has enough files for all cores.
    add_dependencies(program_${level} program_${previous})
  endif()
  set(previous ${level})
  install(PROGRAMS ${PROJECT_BINARY_DIR}/${level}/spinsweep
    DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/spinsweep/${level})
endforeach()

add_subdirectory(src/startup)
set_target_properties(spinsweep_launcher PROPERTIES OUTPUT_NAME spinsweep)
# The launcher is the first program of a job; it must not depend on the compiler's libraries.
target_link_options(spinsweep_launcher PRIVATE -static-libgcc -static-libstdc++)
include(Install)
include(Package)
