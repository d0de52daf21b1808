#!/usr/bin/env bash
# Where SLURM is there but does not start, the tests are skipped: code 77, one line that says why, nothing left behind.
#   skip_test.sh SOURCE_FOLDER SPINSWEEP
set -euo pipefail

fail() {
  echo "FAILED: $*"
  exit 1
}

command -v slurmd >/dev/null || {
  echo "skipped: SLURM is not installed"
  exit 77
}
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cat >"$folder/slurmctld" <<'SCRIPT'
#!/bin/sh
echo "fatal: this one never starts" >&2
exit 1
SCRIPT
chmod +x "$folder/slurmctld"
mkdir "$folder/tmp"

for test in slurm_test node_loss_test; do
  code=0
  TMPDIR=$folder/tmp PATH=$folder:$PATH "$1/tests/slurm/$test.sh" "$1" "$2" >"$folder/log" 2>&1 || code=$?
  cat "$folder/log"
  [ "$code" = 77 ] || fail "$test.sh ended with code $code, not 77"
  grep -q "local-cluster: no SLURM here: it does not start" "$folder/log" || fail "$test.sh does not say why"
  grep -q "fatal: this one never starts" "$folder/log" || fail "$test.sh does not show what slurmctld said"
  [ -z "$(ls -A "$folder/tmp")" ] || fail "$test.sh left something behind"
done
echo "ok: both tests are skipped"
