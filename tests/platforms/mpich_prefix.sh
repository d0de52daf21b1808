#!/usr/bin/env bash
# Builds and tests spinsweep as a user of a cluster does: with MPICH, and with an HDF5 without its high-level library and
# a PETSc that are built from their source archives into a folder of the user's, who is not root. Only MPICH and what
# has no MPI in it come from Debian's packages.
#   mpich_prefix.sh [FOLDER FOR THE ROOT]
# A root that is there already is used and kept, with the libraries that are in it. JOBS: compilations and tests at a
# time. SPINSWEEP_DATA: the folder of the data sets, by default data/ of the checkout.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
. "$here/roots.sh"
root=${1:-$(mktemp -d)/bookworm}
jobs=${JOBS:-$(nproc)}
source=$(dirname "$(dirname "$here")")
data=${SPINSWEEP_DATA:-$source/data}
home=/home/user
prefix=$home/software
require_root

if [ ! -e "$root/usr/bin/apt-get" ]; then
  trap 'drop_root "$root"' EXIT
  make_root bookworm "$root"
fi

# logged NAME COMMAND...: shows the end of what a failing command wrote.
logged() {
  "${@:2}" >"$root.$1.log" 2>&1 || {
    tail -n 30 "$root.$1.log"
    return 1
  }
}

install_packages() {
  local packages
  mapfile -t packages < <(grep -vhE '^#|openmpi|petsc|fftw3-mpi|slurm|chromium|torch|onnx|nbclient|nbformat|ipykernel' \
    "$source"/packages*.txt)
  echo "deb-src http://deb.debian.org/debian bookworm main" >"$root/etc/apt/sources.list.d/sources.list"
  in_root "$root" apt-get update -qq
  in_root "$root" apt-get install -y -qq --no-install-recommends "${packages[@]}" git make dpkg-dev mpich libmpich-dev \
    liblapack-dev
  # shellcheck disable=SC2016
  ! in_root "$root" dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' '*openmpi*' | grep '^ii' ||
    { echo "Open MPI was installed too"; return 1; }
  in_root "$root" id user >/dev/null 2>&1 || in_root "$root" useradd --create-home user
}

# unpack SOURCE_PACKAGE: its original archive, without Debian's patches, into ~/SOURCE_PACKAGE
unpack() {
  as_user "$root" bash -c "mkdir -p ~/$1 && cd ~ && apt-get source -qq --download-only $1 &&
    tar -x --strip-components=1 -C $1 -f ${1}_*.orig.tar.*"
}

# Neither library is optimised: what is tested is that it is found and used, not how fast it is.
build_hdf5() {
  unpack hdf5
  as_user "$root" bash -c "cd ~/hdf5 && ./configure --prefix=$prefix --enable-parallel --disable-hl --disable-tests \
    --disable-tools --enable-optimization=none CC=mpicc && make -j $jobs && make install"
}

build_petsc() {
  unpack petsc
  as_user "$root" bash -c "cd ~/petsc && ./configure --prefix=$prefix --with-cc=mpicc --with-cxx=mpicxx --with-fc=0 \
    --with-debugging=0 --with-x=0 --with-hwloc=0 --with-make-np=$jobs COPTFLAGS=-O0 && make all && make install"
}

# with_modules COMMAND...: what modules of these libraries would set
with_modules() {
  as_user "$root" env PATH="$prefix/bin:/usr/local/bin:/usr/bin:/bin" PETSC_DIR="$prefix" "$@"
}

logged packages install_packages
[ -e "$root$prefix/lib/libhdf5.so" ] || logged hdf5 build_hdf5
[ -e "$root$prefix/lib/libpetsc.so" ] || logged petsc build_petsc
[ ! -e "$root$prefix/lib/libhdf5_hl.so" ] || { echo "HDF5 has its high-level library"; exit 1; }

tree=$home/spinsweep
rm -rf "${root:?}$tree"
git clone -q --no-hardlinks "$source" "$root$tree"
if [ -d "$data" ]; then cp -rL "$data" "$root$tree/data"; fi
in_root "$root" chown -R user: "$tree"

# However the libraries are named, they are found.
configured() {
  as_user "$root" env "$@" cmake --preset cluster -S "$tree" -B "$home/configured"
  grep -q "HDF5_C_LIBRARY_hdf5.*=$prefix/lib/libhdf5.so" "$root$home/configured/CMakeCache.txt"
  grep -q "PETSC_PREFIX.*=$prefix\$" "$root$home/configured/CMakeCache.txt"
  rm -r "$root$home/configured"
}
logged by_prefix configured CMAKE_PREFIX_PATH="$prefix"
logged by_roots configured HDF5_ROOT="$prefix" PKG_CONFIG_PATH="$prefix/lib/pkgconfig"

with_modules bash -c "cd $tree && cmake --preset cluster -DSPINSWEEP_TESTS=ON -DSPINSWEEP_WERROR=ON &&
  cmake --build --preset cluster --parallel $jobs"
with_modules "$tree/build/spinsweep" --version
ldd=$(in_root "$root" ldd "$tree/build/spinsweep")
for library in libmpich libhdf5.so libpetsc.so; do
  grep "$library" <<<"$ldd" || { echo "the program is not linked with $library"; exit 1; }
done
with_modules env SPINSWEEP_DATA="$tree/data" ctest --test-dir "$tree/build" -LE long -j "$jobs" --output-on-failure
echo ok
