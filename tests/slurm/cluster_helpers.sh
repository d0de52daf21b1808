# shellcheck shell=bash
# What the tests under a local SLURM cluster share. They source it with these set:
#   source (the project's folder), spinsweep (the program)
# shellcheck disable=SC2154

# Debian's, which has h5py, whatever other Python is in the way.
python=(/usr/bin/python3 -I)
tests=$source/tests/slurm
mkdir "$SLURM_LOCAL_CLUSTER/test"
cd "$SLURM_LOCAL_CLUSTER/test" || exit
cp "$tests/study.toml" .
began=$SECONDS

fail() {
  echo "FAILED after $((SECONDS - began)) s: $*"
  tail -n 40 ./*.log ../slurmctld.log || true
  exit 1
}

ok() {
  echo "ok: $* ($((SECONDS - began)) s)"
}

# wait_for SECONDS WHAT COMMAND...: until the command succeeds.
wait_for() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || fail "waited in vain for: $what"
    sleep 0.2
  done
}

field() {
  scontrol show job "$1" | grep -oP "(?<=\b$2=)\S+" | head -n 1
}

has_ended() {
  [[ ! $(field "$1" JobState) =~ ^(PENDING|RUNNING|COMPLETING)$ ]]
}

# wait_for_success SECONDS WHAT JOB
wait_for_success() {
  wait_for "$1" "the end of $2" has_ended "$3"
  [ "$(field "$3" JobState) $(field "$3" ExitCode)" = "COMPLETED 0:0" ] ||
    fail "$2 ended as $(field "$3" JobState) with exit code $(field "$3" ExitCode)"
}

has_restarted() {
  [ "$(field "$1" Restarts)" = "$2" ]
}

# How often a job's log says that a run has begun.
has_begun() {
  [ "$(grep -cE "cases? to do" "$1" 2>/dev/null)" = "$2" ]
}

count_cases() {
  "${python[@]}" - "$1" "$2" <<'PYTHON'
import sys, h5py
with h5py.File(sys.argv[1]) as file:
    status = file["synapse/status"]
    names = status.attrs["flag_meanings"]
    names = (names.decode() if isinstance(names, bytes) else names).split()
    print(sum(names[list(status.attrs["flag_values"]).index(value)] == sys.argv[2] for value in status[:]))
PYTHON
}

# A check value of each checkpoint that a results file holds.
checkpoints() {
  "${python[@]}" - "$1" <<'PYTHON'
import sys, zlib, h5py
with h5py.File(sys.argv[1]) as file:
    print(*sorted(zlib.crc32(row) for row in file["synapse/checkpoint"][:] if row.any()), sep="\n")
PYTHON
}

# Whether both ranks are inside a case, further than at the checkpoints given.
both_saved_more_than() {
  [ "$(comm -13 <(printf '%s\n' "$2" | sort) <(checkpoints "$1" 2>/dev/null | sort) | wc -w)" -ge 2 ]
}

# What the others are held against: direct.h5, on 2 ranks without SLURM.
run_directly() {
  mpirun -n 2 "$spinsweep" run study.toml -o direct.h5 2>direct.log || fail "the direct run"
  ok "a direct run on 2 ranks has ended"
}

# require_direct_results LOG RESULTS.h5 REQUEUES: that the job has done all, and that the last run resumed both cases.
require_direct_results() {
  grep -q "4 of 4 cases done, 0 failed" "$1" || fail "not all cases done"
  [ "$(grep -c "cases to do, 0 done before, 2 begun before" "$1")" = "$3" ] || fail "not every run resumed two cases"
  [ "$(grep -cP "resumed at [0-9.]+ ns" "$1")" = 2 ] || fail "the last run does not say where it resumed its two cases"
  "${python[@]}" "$tests/same_results.py" direct.h5 "$2" || fail "the results differ from the direct run's"
}
