#!/usr/bin/env bash
# CMake names every library that is missing in one run, and how to point to it.   missing_libraries_test.sh SOURCE_FOLDER
set -euo pipefail
source=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "FAILED: $*"
  cat "$work/log"
  exit 1
}

! cmake -S "$source" -B "$work/none" -DSPINSWEEP_TESTS=OFF -DTOMLPLUSPLUS_INCLUDE_DIR=NO -DFFTW_LIBRARY=NO \
  -DCMAKE_DISABLE_FIND_PACKAGE_{HDF5,Boost,CLI11,Eigen3,spdlog}=ON >"$work/log" 2>&1 || fail "libraries are missing"
for expected in HDF5_ROOT Boost_ROOT CLI11_ROOT Eigen3_ROOT spdlog_ROOT FFTW_ROOT TOMLPLUSPLUS_INCLUDE_DIR; do
  grep -q "$expected" "$work/log" || fail "no word of $expected"
done

# A PETSc of complex scalars.
mkdir -p "$work/petsc/lib/pkgconfig" "$work/petsc/include"
echo '#define PETSC_USE_COMPLEX 1' >"$work/petsc/include/petscconf.h"
cat >"$work/petsc/lib/pkgconfig/PETSc.pc" <<TEXT
prefix=$work/petsc
Name: PETSc
Description: of complex scalars
Version: 3.18.0
Cflags: -I\${prefix}/include
Libs:
TEXT
! cmake -S "$source" -B "$work/complex" -DSPINSWEEP_TESTS=OFF -DPETSC_DIR="$work/petsc" >"$work/log" 2>&1 ||
  fail "PETSc has complex scalars"
grep -q "PETSC_USE_COMPLEX" "$work/log" || fail "no word of complex scalars"
echo ok
