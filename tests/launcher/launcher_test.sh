#!/usr/bin/env bash
# The launcher of a portable installation takes the program for the processor at hand.   launcher_test.sh LAUNCHER
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset SPINSWEEP_ISA

fail() {
  echo "FAILED: $*"
  exit 1
}

mkdir -p "$work/bin"
cp "$1" "$work/bin/spinsweep"

# install_level LEVEL: a program that says which one it is, where the launcher lies, and its arguments.
install_level() {
  mkdir -p "$work/libexec/spinsweep/$1"
  # shellcheck disable=SC2016
  printf '#!/bin/sh\necho "%s" "$SPINSWEEP_LAUNCHER" "$@"\nexit 7\n' "$1" >"$work/libexec/spinsweep/$1/spinsweep"
  chmod +x "$work/libexec/spinsweep/$1/spinsweep"
}

# expect CODE TEXT COMMAND...: the command ends with that code and prints a line that contains the text.
expect() {
  local code=0 output
  output=$("${@:3}" 2>&1) || code=$?
  [ "$code" -eq "$1" ] || fail "${*:3} ended with $code instead of $1: $output"
  grep -qF -e "$2" <<<"$output" || fail "${*:3} printed \"$output\" instead of \"$2\""
}

launcher=$work/bin/spinsweep
expect 3 "no program for x86-64" "$launcher" --version

install_level x86-64
expect 7 "x86-64 $launcher plan my sweep.toml" "$launcher" plan "my sweep.toml"
ln -s "$launcher" "$work/link"
expect 7 "x86-64 $launcher" "$work/link"

# The best level that the processor has is taken; one can be pinned, and must then be installed.
install_level x86-64-v2
if grep -qw sse4_2 /proc/cpuinfo; then
  expect 7 "x86-64-v2 $launcher" "$launcher"
  expect 7 "x86-64 $launcher" env SPINSWEEP_ISA=x86-64 "$launcher"
fi
if grep -qw avx2 /proc/cpuinfo; then
  expect 3 "no program for x86-64-v3" env SPINSWEEP_ISA=x86-64-v3 "$launcher"
fi
expect 3 "expected x86-64, x86-64-v2, x86-64-v3 or x86-64-v4" env SPINSWEEP_ISA=avx2 "$launcher"
if command -v qemu-x86_64 >/dev/null; then
  install_level x86-64-v3
  install_level x86-64-v4
  # An emulated processor runs the launcher; the program itself is a script.
  expect 7 "x86-64-v3 $launcher" qemu-x86_64 -cpu Haswell "$launcher"
  expect 7 "x86-64-v2 $launcher" qemu-x86_64 -cpu Nehalem "$launcher"
  expect 3 "this processor has only x86-64-v2" env SPINSWEEP_ISA=x86-64-v3 qemu-x86_64 -cpu Nehalem "$launcher"
fi
echo ok
