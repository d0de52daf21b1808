# One interface target carries the flags, so that a dependency's headers never see them.
add_library(spinsweep_options INTERFACE)
target_compile_options(spinsweep_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wdouble-promotion -Wundef
  # GCC 12 warns of overlapping copies inside std::string where there are none (GCC bug 105329), and of its own AVX-512
  # intrinsics (GCC bug 105593).
  "$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-uninitialized;-Wno-maybe-uninitialized>"
  # A result must not depend on which multiply-adds a compiler fuses; loops that need the fused one call multiply_add()
  # of base/pack.hpp (docs/decisions/0070).
  -ffp-contract=off
  # Neither changes a result: no code here reads errno of a math function or traps on a floating-point exception,
  # and without them the compiler may not vectorise loops with sqrt or a select.
  -fno-math-errno -fno-trapping-math
  # "omp simd" lets a loop vectorise; no OpenMP thread is ever started.
  -fopenmp-simd)
if(SPINSWEEP_WERROR)
  target_compile_options(spinsweep_options INTERFACE -Werror)
endif()
if(SPINSWEEP_INSTRUCTION_SET)
  target_compile_options(spinsweep_options INTERFACE -march=${SPINSWEEP_INSTRUCTION_SET})
endif()
if(SPINSWEEP_TUNING)
  target_compile_options(spinsweep_options INTERFACE -mtune=${SPINSWEEP_TUNING})
endif()
if(SPINSWEEP_UNITY)
  # A local variable does not shadow what is global in another file of the same unit.
  target_compile_options(spinsweep_options INTERFACE -Wno-shadow)
endif()
if(SPINSWEEP_SANITIZE)
  # PETSc's flags bring _FORTIFY_SOURCE, whose functions the address sanitizer does not watch.
  target_compile_options(spinsweep_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
    -fno-omit-frame-pointer -U_FORTIFY_SOURCE -D_GLIBCXX_ASSERTIONS)
  target_link_options(spinsweep_options INTERFACE -fsanitize=address,undefined)
endif()
