#!/usr/bin/env bash
# An installed tree that has been moved works from any folder.   install_test.sh BUILD_FOLDER
set -euo pipefail
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "FAILED: $*"
  exit 1
}

cmake --install "$build" --prefix "$work/first" >/dev/null
mv "$work/first" "$work/moved"
prefix=$work/moved
export PATH=$prefix/bin:$PATH
mkdir "$work/elsewhere"
cd "$work/elsewhere"

[ "$(command -v spinsweep)" = "$prefix/bin/spinsweep" ] || fail "spinsweep is not in the installed bin/"
spinsweep --version | grep -q '^spinsweep [0-9]' || fail "spinsweep --version"
spinsweep plan "$prefix/share/spinsweep/sweeps/demo.toml" | grep -q '^synapse' || fail "plan of an installed sweep file"

spinsweep submit "$prefix/share/spinsweep/sweeps/demo.toml" -o study.h5 --nodes 1 --ranks 2 --time 01:00:00 --dry-run |
  grep -qF "$prefix/bin/spinsweep" || fail "the batch script does not name the installed program"
for script in multi-node.sh array-element.sh array-merge.sh report.sh pipeline array; do
  [ -x "$prefix/share/spinsweep/jobs/$script" ] || fail "jobs/$script is not installed as a program"
done

spinsweep-report --help | grep -q RESULTS || fail "spinsweep-report --help"

# The manual page names every subcommand, and troff finds no fault with it.
page=$prefix/share/man/man1/spinsweep.1
spinsweep --help | sed -n '/^Subcommands:/,$s/^  \([a-z][a-z]*\) .*/\1/p' | while read -r subcommand; do
  grep -q "spinsweep $subcommand" "$page" || fail "the manual page says nothing of $subcommand"
done
if command -v groff >/dev/null; then
  [ -z "$(groff -man -ww -z "$page" 2>&1)" ] || fail "groff finds fault with the manual page"
fi

# Another project's CMake finds the program.
mkdir "$work/user"
cat >"$work/user/CMakeLists.txt" <<'TEXT'
cmake_minimum_required(VERSION 3.25)
project(user NONE)
find_package(spinsweep REQUIRED)
get_target_property(program spinsweep::spinsweep LOCATION)
message(STATUS "program: ${program}")
TEXT
cmake -S "$work/user" -B "$work/user/build" -DCMAKE_PREFIX_PATH="$prefix" |
  grep -qF "program: $prefix/bin/spinsweep" || fail "find_package(spinsweep) does not name the program"
echo ok
