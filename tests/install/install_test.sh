#!/usr/bin/env bash
# An installed tree that has been moved works from any folder.   install_test.sh BUILD_FOLDER
set -euo pipefail
export CMAKE_GENERATOR=Ninja  # make need not be installed
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# expect TEXT COMMAND...: the command prints that text. Its whole output is read, so that it never writes to a closed
# pipe.
expect() {
  local output
  output=$("${@:2}") || fail "${*:2} ended with code $?"
  grep -qF -e "$1" <<<"$output" || fail "${*:2} does not print \"$1\""
}

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
sweep=$prefix/share/spinsweep/sweeps/demo.toml
expect "spinsweep 0." spinsweep --version
expect "12 cases" spinsweep plan "$sweep"
expect "$prefix/bin/spinsweep" \
  spinsweep submit "$sweep" -o study.h5 --nodes 1 --ranks 2 --time 01:00:00 --dry-run
for script in multi-node.sh array-element.sh array-merge.sh report.sh pipeline array; do
  [ -f "$prefix/share/spinsweep/jobs/$script" ] || fail "jobs/$script is not installed"
done
[ -x "$prefix/share/spinsweep/jobs/pipeline" ] || fail "jobs/pipeline is not installed as a program"

expect RESULTS spinsweep-report --help
expect "$prefix/bin/spinsweep" env -u SPINSWEEP PYTHONPATH="$prefix/share/spinsweep/python" PYTHONDONTWRITEBYTECODE=1 \
  /usr/bin/python3 -c 'import spinsweep.program; print(spinsweep.program.find_program())'

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
expect "program: $prefix/bin/spinsweep" \
  cmake -S "$work/user" -B "$work/user/build" -DCMAKE_PREFIX_PATH="$prefix"
echo ok
