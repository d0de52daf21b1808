#!/usr/bin/env bash
# CMake names every library that is missing in one run, and how to point to it.   missing_libraries_test.sh SOURCE_FOLDER
set -euo pipefail
export CMAKE_GENERATOR=Ninja  # make need not be installed
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

# A PETSc of complex scalars, and one of another MPI.
mkdir -p "$work/petsc/lib/pkgconfig" "$work/petsc/include"
cat >"$work/petsc/lib/pkgconfig/PETSc.pc" <<TEXT
prefix=$work/petsc
Name: PETSc
Description: for this test
Version: 3.18.0
Cflags: -I\${prefix}/include
Libs:
TEXT
refused() {
  ! cmake -S "$source" -B "$work/$1" -DSPINSWEEP_TESTS=OFF -DPETSC_DIR="$work/petsc" \
    >"$work/log" 2>&1 || fail "PETSc is $1"
  grep -q "$2" "$work/log" || fail "no word of $2"
}
echo '#define PETSC_USE_COMPLEX 1' >"$work/petsc/include/petscconf.h"
refused complex "PETSC_USE_COMPLEX"
echo >"$work/petsc/include/petscconf.h"
echo '#error "PETSc was configured with another MPI"' >"$work/petsc/include/petscsys.h"
refused other_mpi "PETSc was configured with another MPI"
echo ok
