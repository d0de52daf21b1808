# Every library comes from Debian's packages (packages.txt); nothing is downloaded here.
find_package(MPI REQUIRED COMPONENTS CXX)
find_package(PkgConfig REQUIRED)
pkg_check_modules(PETSC REQUIRED IMPORTED_TARGET PETSc)
pkg_check_modules(HDF5 REQUIRED IMPORTED_TARGET hdf5-openmpi)
pkg_check_modules(FFTW REQUIRED IMPORTED_TARGET fftw3)
pkg_check_modules(EIGEN REQUIRED IMPORTED_TARGET eigen3)
pkg_check_modules(TOMLPLUSPLUS REQUIRED IMPORTED_TARGET tomlplusplus)
find_package(Boost 1.74 REQUIRED COMPONENTS serialization mpi)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(nlohmann_json 3.10 REQUIRED)
if(SPINSWEEP_TESTS)
  find_package(GTest REQUIRED)
endif()
if(SPINSWEEP_BENCHMARKS)
  find_package(benchmark REQUIRED)
endif()

# HDF5's high-level library (dimension scales) has no pkg-config file of its own.
find_library(HDF5_HL_LIBRARY hdf5_hl HINTS ${HDF5_LIBRARY_DIRS} REQUIRED)
target_link_libraries(PkgConfig::HDF5 INTERFACE ${HDF5_HL_LIBRARY})

# Eigen splits products by the caches it finds, so that sums would depend on the processor. These are its own defaults
# for a processor that it cannot ask.
target_compile_definitions(PkgConfig::EIGEN INTERFACE EIGEN_NO_CPUID EIGEN_DEFAULT_L1_CACHE_SIZE=32768
  EIGEN_DEFAULT_L2_CACHE_SIZE=524288 EIGEN_DEFAULT_L3_CACHE_SIZE=2097152)
