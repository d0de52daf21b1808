# Libraries of headers only: spinsweep::eigen, spinsweep::toml, CLI11::CLI11, nlohmann_json::nlohmann_json.

find_package(Eigen3 3.4 QUIET NO_MODULE)
if(NOT TARGET Eigen3::Eigen)
  spinsweep_missing("Eigen 3.4" "Eigen3Config.cmake in CMAKE_PREFIX_PATH" "Set Eigen3_ROOT to its prefix")
else()
  add_library(spinsweep_eigen INTERFACE)
  add_library(spinsweep::eigen ALIAS spinsweep_eigen)
  target_link_libraries(spinsweep_eigen INTERFACE Eigen3::Eigen)
  # Eigen splits products by the caches it finds, so that sums would depend on the processor. These are its own defaults
  # for a processor that it cannot ask.
  target_compile_definitions(spinsweep_eigen INTERFACE EIGEN_NO_CPUID EIGEN_DEFAULT_L1_CACHE_SIZE=32768
    EIGEN_DEFAULT_L2_CACHE_SIZE=524288 EIGEN_DEFAULT_L3_CACHE_SIZE=2097152)
endif()

# Where toml++ has no package of its own, a copy of its folder of headers is enough.
find_path(TOMLPLUSPLUS_INCLUDE_DIR toml++/toml.h HINTS ${tomlplusplus_ROOT} PATH_SUFFIXES include)
if(NOT TOMLPLUSPLUS_INCLUDE_DIR)
  spinsweep_missing("toml++" "toml++/toml.h in CMAKE_PREFIX_PATH"
    "Set TOMLPLUSPLUS_INCLUDE_DIR to the folder that has its folder toml++ of headers")
else()
  add_library(spinsweep_toml INTERFACE)
  add_library(spinsweep::toml ALIAS spinsweep_toml)
  target_include_directories(spinsweep_toml SYSTEM INTERFACE ${TOMLPLUSPLUS_INCLUDE_DIR})
endif()
mark_as_advanced(TOMLPLUSPLUS_INCLUDE_DIR)

find_package(CLI11 QUIET)
if(NOT CLI11_FOUND)
  spinsweep_missing("CLI11" "CLI11Config.cmake in CMAKE_PREFIX_PATH" "Set CLI11_ROOT to its prefix")
endif()
find_package(nlohmann_json 3.10 QUIET)
if(NOT nlohmann_json_FOUND)
  spinsweep_missing("nlohmann_json 3.10" "nlohmann_jsonConfig.cmake in CMAKE_PREFIX_PATH" "Set nlohmann_json_ROOT to its prefix")
endif()
