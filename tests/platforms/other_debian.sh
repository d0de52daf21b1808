#!/usr/bin/env bash
# Builds spinsweep in a fresh Debian with warnings as errors, and runs the tests there.
#   other_debian.sh SUITE [COMPILER, such as clang++-16] [FOLDER FOR THE ROOT]
# A root that is there already is used and kept. JOBS: compilations and tests at a time.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
. "$here/roots.sh"
suite=$1
compiler=${2:-g++}
root=${3:-$(mktemp -d)/$suite}
jobs=${JOBS:-$(nproc)}
source=$(dirname "$(dirname "$here")")
require_root

if [ ! -e "$root/usr/bin/apt-get" ]; then
  trap 'drop_root "$root"' EXIT
  make_root "$suite" "$root"
fi
# Tests that need a batch system, a browser or PyTorch are skipped where these are missing.
mapfile -t packages < <(grep -vhE '^#|slurm|chromium|torch|onnx|nbclient|nbformat|ipykernel' "$source"/packages*.txt)
case $compiler in clang*) packages+=("${compiler/++/}") ;; esac
in_root "$root" apt-get update -qq
in_root "$root" apt-get install -y -qq --no-install-recommends git "${packages[@]}" >"$root.install.log" 2>&1 ||
  { tail "$root.install.log"; exit 1; }

tree=/root/spinsweep
rm -rf "${root:?}$tree"
git clone -q --no-hardlinks "$source" "$root$tree"
if [ -d "$source/data" ]; then cp -r "$source/data" "$root$tree/"; fi
build=build-$compiler
in_root "$root" bash -c "cd $tree && cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=Release -DSPINSWEEP_UNITY=ON \
  -DSPINSWEEP_WERROR=ON -DCMAKE_CXX_COMPILER=$compiler && ninja -C $build -j $jobs"
in_root "$root" "$tree/$build/spinsweep" --version
in_root "$root" env SPINSWEEP_DATA="$tree/data" ctest --test-dir "$tree/$build" -LE long -j "$jobs" --output-on-failure
echo ok
