# Finds every library and makes one target of each, spinsweep::NAME where the library brings none of its own. Nothing is
# downloaded. What is missing is collected and reported at the end, one line for each, so that one run of CMake tells all.
set(SPINSWEEP_MISSING "")

# missing(WHAT LOOKED NAME): WHAT was looked for in LOOKED; NAME says how to point CMake to it.
macro(spinsweep_missing what looked name)
  list(APPEND SPINSWEEP_MISSING "${what}: looked for ${looked}. ${name}")
endmacro()

# Only MPI's C interface is used. Its old C++ bindings would be one more library that has to fit the compiler.
set(MPI_CXX_SKIP_MPICXX ON)
find_package(MPI QUIET COMPONENTS C CXX)
if(NOT MPI_CXX_FOUND)
  spinsweep_missing("MPI" "the wrappers mpicc and mpicxx in PATH and CMAKE_PREFIX_PATH"
    "Load the MPI module, or set MPI_C_COMPILER and MPI_CXX_COMPILER")
endif()

include(dependencies/HDF5)
include(dependencies/PETSc)
include(dependencies/FFTW)
include(dependencies/HeaderLibraries)
include(dependencies/PNG)

# CMake 3.30 and later have no module of their own for Boost and want to be told that BoostConfig.cmake is meant.
if(POLICY CMP0167)
  cmake_policy(SET CMP0167 NEW)
endif()
find_package(Boost 1.74 QUIET COMPONENTS serialization)
if(NOT Boost_FOUND)
  spinsweep_missing("Boost 1.74 with its library serialization" "BoostConfig.cmake, boost/version.hpp and libboost_serialization in CMAKE_PREFIX_PATH"
    "Load its module, or set Boost_ROOT to its prefix")
endif()
find_package(spdlog QUIET)
if(NOT spdlog_FOUND)
  spinsweep_missing("spdlog" "spdlogConfig.cmake in CMAKE_PREFIX_PATH" "Set spdlog_ROOT to its prefix")
endif()
find_package(fmt QUIET)
if(NOT fmt_FOUND)
  spinsweep_missing("fmt" "fmt-config.cmake in CMAKE_PREFIX_PATH" "Set fmt_ROOT to its prefix")
endif()
find_package(ZLIB QUIET)
if(NOT ZLIB_FOUND)
  spinsweep_missing("zlib" "zlib.h and libz in CMAKE_PREFIX_PATH" "Set ZLIB_ROOT to its prefix")
endif()
if(SPINSWEEP_TESTS)
  find_package(GTest QUIET)
  if(NOT TARGET GTest::gmock)
    spinsweep_missing("GoogleTest with GoogleMock" "GTestConfig.cmake in CMAKE_PREFIX_PATH"
      "Set GTest_ROOT to its prefix, or SPINSWEEP_TESTS to OFF")
  endif()
endif()
if(SPINSWEEP_BENCHMARKS)
  find_package(benchmark QUIET)
  if(NOT benchmark_FOUND)
    spinsweep_missing("Google Benchmark" "benchmarkConfig.cmake in CMAKE_PREFIX_PATH"
      "Set benchmark_ROOT to its prefix, or SPINSWEEP_BENCHMARKS to OFF")
  endif()
endif()

if(SPINSWEEP_MISSING)
  list(JOIN SPINSWEEP_MISSING "\n  " lines)
  message(FATAL_ERROR "spinsweep needs libraries that were not found:\n  ${lines}")
endif()
