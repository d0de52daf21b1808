#!/usr/bin/env bash
# What holds for every script in jobs/.   scripts_test.sh SOURCE_FOLDER
set -euo pipefail
cd "$1"

fail() {
  echo "FAILED: $*"
  exit 1
}

shellcheck -x jobs/local-cluster jobs/pipeline jobs/array jobs/*.sh tests/slurm/*.sh || fail "shellcheck"

! grep -nE '^.{81}' jobs/pipeline jobs/array jobs/*.sh jobs/submit.sh.in || fail "lines of more than 80 columns"

# From the line of dashes to the end.
common_part() {
  sed -n '/^# ---- The same in every script/,$p' "$1"
}

common=$(common_part jobs/submit.sh.in)
[ "$(wc -l <<<"$common")" -gt 20 ] || fail "jobs/submit.sh.in has no common part"
count=0
for script in jobs/*.sh jobs/submit.sh.in; do
  for line in "#SBATCH --requeue" "#SBATCH --signal=B:USR1@120" "#SBATCH --open-mode=append"; do
    grep -qxF -e "$line" "$script" || fail "$script has no line: $line"
  done
  [ "$(common_part "$script")" = "$common" ] || fail "the end of $script is not that of jobs/submit.sh.in"
  count=$((count + 1))
done
echo "ok: $count batch scripts"
