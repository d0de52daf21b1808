#!/usr/bin/env bash
# spinsweep under a real SLURM: two nodes, an interruption, a lost job step, a shared study.
#   slurm_test.sh SOURCE_FOLDER SPINSWEEP
# Ends with 77 where SLURM cannot start. Each claim is one line "ok: ..."; the first that does not hold ends the test.
set -euo pipefail

if [ "${1:-}" != inside ]; then
  source=$1
  test=$(readlink -f "$0")
  # Shorter than CTest's own limit, which would leave the cluster running.
  exec timeout --kill-after=20 280 "$source/jobs/local-cluster" --nodes 2 --cpus 2 "$test" inside "$@"
fi

source=$2
spinsweep=$3
tests=$source/tests/slurm
# Debian's, which has h5py, whatever other Python is in the way.
python=(/usr/bin/python3 -I)
mkdir "$SLURM_LOCAL_CLUSTER/test"
cd "$SLURM_LOCAL_CLUSTER/test"
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
  [ "$(grep -c "cases to do" "$1" 2>/dev/null)" = "$2" ]
}

count_cases() {
  "${python[@]}" - "$1" "$2" <<'PYTHON'
import sys, h5py
names = ("waiting", "running", "done", "failed", "interrupted")
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

# The processes of a job on a node, but for the batch script's.
step_processes() {
  local process
  for process in /proc/[0-9]*; do
    if [ "$(tr '\0' '\n' 2>/dev/null <"$process/environ" | grep -cxF -e "SLURM_CONF=$SLURM_CONF" \
      -e "SLURM_JOB_ID=$1" -e "SLURM_STEP_ID=0" -e "SLURMD_NODENAME=$2")" = 4 ]; then
      echo "${process#/proc/}"
    fi
  done
}

cp "$tests/study.toml" .

# --- what the others are held against
mpirun --oversubscribe -n 2 "$spinsweep" run study.toml -o direct.h5 2>direct.log || fail "the direct run"
ok "a direct run on 2 ranks has ended"

# --- submit
submit=("$spinsweep" submit study.toml -o results.h5 --nodes 2 --ranks 2 --time 00:10:00)
"${submit[@]}" --dry-run >dry.sh 2>/dev/null || fail "submit --dry-run"
[ ! -e results.sh ] || fail "--dry-run wrote a script"
[ -z "$(squeue --noheader)" ] || fail "--dry-run submitted something"
report=$("${submit[@]}" 2>submit.log) || fail "submit"
cmp dry.sh results.sh || fail "the script differs from what --dry-run printed"
job=$(grep -oP '(?<=^job )[0-9]+(?=: results.sh$)' <<<"$report") || fail "no job number in: $report"
log=results.$job.log
ok "submit wrote the script that --dry-run prints, and submitted it as job $job"

# --- interrupted in the middle
wait_for 30 "the first run" has_begun "$log" 1
[ "$(field "$job" NodeList)" = "node[1-2]" ] || fail "the job runs on $(field "$job" NodeList)"
wait_for 60 "a checkpoint of each rank" both_saved_more_than results.h5 ""
scancel --signal=USR1 --batch "$job"
wait_for 20 "the requeue" has_restarted "$job" 1
grep -q "go on with the same command" "$log" || fail "the run did not say that it was interrupted"
[ "$(count_cases results.h5 interrupted)" = 2 ] || fail "not two cases interrupted"
before=$(checkpoints results.h5)
ok "USR1 to the batch script of a job on node[1-2] stopped both ranks inside their cases, and the job was requeued"

# --- one node's job step is lost
wait_for 60 "the second run" has_begun "$log" 2
grep -q "cases to do, 0 done before, 2 begun before" "$log" || fail "the second run resumed no cases"
wait_for 60 "another checkpoint of each rank" both_saved_more_than results.h5 "$before"
mapfile -t lost < <(step_processes "$job" node2)
[ "${#lost[@]}" -ge 2 ] || fail "found ${#lost[@]} processes of the job on node2"
kill -KILL "${lost[@]}"
wait_for 30 "the requeue after the loss" has_restarted "$job" 2
ok "${#lost[@]} processes of the job step on node2 were killed, and the job was requeued"

# --- and it ends all the same
wait_for 60 "the third run" has_begun "$log" 3
wait_for_success 120 "the job" "$job"
grep -q "4 of 4 cases done, 0 failed" "$log" || fail "not all cases done"
"${python[@]}" "$tests/same_results.py" direct.h5 results.h5 || fail "the results differ from the direct run's"
mapfile -t resumed < <(grep -oP "resumed at \K[0-9.]+ ns" "$log")
[ "${#resumed[@]}" = 2 ] || fail "the last run says of ${#resumed[@]} cases, not of 2, where it resumed them"
ok "the job ended, having resumed its cases at ${resumed[0]} and ${resumed[1]}; its results are the direct run's"

# --- a study shared by the elements of an array
report=$("$spinsweep" submit study.toml -o shared.h5 --nodes 1 --ranks 1 --time 00:10:00 --array 2 2>submit.log) ||
  fail "submit --array"
merge=$(grep -oP '(?<=^job )[0-9]+(?=: shared.merge.sh$)' <<<"$report") || fail "no job number in: $report"
wait_for_success 120 "the merge" "$merge"
[ "$(count_cases shared.0.h5 "done") $(count_cases shared.1.h5 "done")" = "2 2" ] || fail "the cases were not shared"
"${python[@]}" "$tests/same_results.py" direct.h5 shared.h5 || fail "the merged results differ from the direct run's"
ok "two array elements shared the study, and the merged results are the direct run's"
