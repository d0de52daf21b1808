# What takes no computing time to speak of is compiled with -O1, which takes two thirds of the time of -O3
# (docs/decisions/0121). Both give the same bits.
function(spinsweep_compile_quickly target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()

# Parsing the headers, and the sanitizers' code for them, cost most of the time; in one unit for ten files they cost it
# once.
function(spinsweep_compile_in_units target)
  if(SPINSWEEP_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 10)
  endif()
endfunction()

# spinsweep_library(<folder> [HOT_LOOPS] [GENERATED ...] DEPENDS ...)
# One static library per folder of src/, of all its sources but main.cpp and of generated ones; DEPENDS are the only
# other folders whose headers it may include. HOT_LOOPS: its loops take the time of a study.
function(spinsweep_library folder)
  cmake_parse_arguments(ARG "HOT_LOOPS" "" "GENERATED;DEPENDS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  add_library(spinsweep_${folder} STATIC ${sources} ${ARG_GENERATED})
  target_include_directories(spinsweep_${folder} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(spinsweep_${folder} PUBLIC ${ARG_DEPENDS} PRIVATE spinsweep_options)
  if(NOT ARG_HOT_LOOPS)
    spinsweep_compile_quickly(spinsweep_${folder})
  endif()
  spinsweep_compile_in_units(spinsweep_${folder})
endfunction()

# spinsweep_stage(<folder> [HOT_LOOPS] DEPENDS ...)
# The same for a folder that is a stage: src/layout/later_stages.cpp may include its headers.
function(spinsweep_stage folder)
  spinsweep_library(${folder} ${ARGN})
  set_property(GLOBAL APPEND PROPERTY SPINSWEEP_STAGES spinsweep_${folder})
endfunction()

# How many times longer than the release build a test may take. Sanitizers make the loops so much slower.
set(SPINSWEEP_TEST_SLOWNESS 1)
if(SPINSWEEP_SANITIZE)
  set(SPINSWEEP_TEST_SLOWNESS 10)
endif()

# What the tests labelled "bits" need: those that compare to the last bit what src/micromagnetics, src/device and
# src/network compute, which compilers and processors may break. `./run bits` builds and runs them for another
# instruction set and tuning. Comparisons of whole runs are not labelled: what they add is compiled with -O1, which
# vectorises no loop, and takes longer to build than everything else that `./run bits` needs.
add_custom_target(bit_tests)
function(spinsweep_note_labels name)
  if("bits" IN_LIST ARGN)
    add_dependencies(bit_tests ${name})
  endif()
endfunction()

# Open MPI refuses root, and more ranks than cores, unless told; MPICH allows both and knows neither option.
execute_process(COMMAND ${MPIEXEC_EXECUTABLE} --version OUTPUT_VARIABLE mpiexec_version ERROR_QUIET)
set(SPINSWEEP_OPEN_MPI OFF)
set(SPINSWEEP_MPIEXEC_FLAGS "")
if(mpiexec_version MATCHES "Open MPI|OpenRTE")
  set(SPINSWEEP_OPEN_MPI ON)
  set(SPINSWEEP_MPIEXEC_FLAGS --oversubscribe --allow-run-as-root)
endif()

# spinsweep_test(<name> SOURCES ... LIBRARIES ... [TIMEOUT seconds] [LABELS ...])
# A GoogleTest program run as one CTest test on one process. In folders whose tests compute for long by themselves
# SPINSWEEP_TESTS_HAVE_HOT_LOOPS is on.
function(spinsweep_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LIBRARIES;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  math(EXPR ARG_TIMEOUT "${SPINSWEEP_TEST_SLOWNESS} * ${ARG_TIMEOUT}")
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE SPINSWEEP_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
  target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES} spinsweep_test_main GTest::gmock spinsweep_options)
  spinsweep_compile_in_units(${name})
  if(NOT SPINSWEEP_TESTS_HAVE_HOT_LOOPS)
    spinsweep_compile_quickly(${name})
  endif()
  spinsweep_note_labels(${name} ${ARG_LABELS})
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "unit;${ARG_LABELS}"
    ENVIRONMENT "${SPINSWEEP_TEST_ENVIRONMENT}")
endfunction()

# spinsweep_mpi_test(<name> RANKS 1 2 3 4 SOURCES ... LIBRARIES ... [TIMEOUT seconds] [LABELS ...])
# A GoogleTest program run under mpirun, once for each number of ranks.
function(spinsweep_mpi_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "RANKS;SOURCES;LIBRARIES;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  math(EXPR ARG_TIMEOUT "${SPINSWEEP_TEST_SLOWNESS} * ${ARG_TIMEOUT}")
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE SPINSWEEP_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
  target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES} spinsweep_test_main GTest::gmock spinsweep_options)
  spinsweep_compile_in_units(${name})
  spinsweep_note_labels(${name} ${ARG_LABELS})
  foreach(ranks IN LISTS ARG_RANKS)
    add_test(NAME ${name}.${ranks}_ranks
      COMMAND ${MPIEXEC_EXECUTABLE} ${SPINSWEEP_MPIEXEC_FLAGS} -n ${ranks} $<TARGET_FILE:${name}>)
    set_tests_properties(${name}.${ranks}_ranks PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "mpi;${ARG_LABELS}"
      PROCESSORS 2 ENVIRONMENT "${SPINSWEEP_TEST_ENVIRONMENT}")
  endforeach()
endfunction()

# Idle ranks must give their core away when there are more ranks than cores. Open MPI and PETSc keep memory to the end
# of the process, which the leak checker would call a leak.
list(JOIN SPINSWEEP_MPIEXEC_FLAGS " " mpiexec_flags)
set(SPINSWEEP_TEST_ENVIRONMENT
  "MPIEXEC=${MPIEXEC_EXECUTABLE}" "MPIEXEC_FLAGS=${mpiexec_flags}" OMPI_MCA_mpi_yield_when_idle=1
  OMPI_MCA_rmaps_base_oversubscribe=1 PRTE_MCA_rmaps_default_mapping_policy=:oversubscribe
  OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
  OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 HDF5_USE_FILE_LOCKING=FALSE
  SPINSWEEP_TEST_SLOWNESS=${SPINSWEEP_TEST_SLOWNESS} ASAN_OPTIONS=detect_leaks=0)
