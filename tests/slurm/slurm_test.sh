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
# shellcheck source=tests/slurm/cluster_helpers.sh
. "$source/tests/slurm/cluster_helpers.sh"

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

run_directly

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
grep -q "resume with the same command" "$log" || fail "the run did not say that it was interrupted"
[ "$(count_cases results.h5 interrupted)" = 2 ] || fail "not two cases interrupted"
before=$(checkpoints results.h5)
ok "USR1 to the batch script of a job on node[1-2] stopped both ranks inside their cases, and the job was requeued"

# --- one node's job step is lost
wait_for 60 "the second run" has_begun "$log" 2
wait_for 60 "another checkpoint of each rank" both_saved_more_than results.h5 "$before"
mapfile -t lost < <(step_processes "$job" node2)
[ "${#lost[@]}" -ge 2 ] || fail "found ${#lost[@]} processes of the job on node2"
kill -KILL "${lost[@]}"
wait_for 30 "the requeue after the loss" has_restarted "$job" 2
ok "${#lost[@]} processes of the job step on node2 were killed, and the job was requeued"

# --- and it ends all the same
wait_for 60 "the third run" has_begun "$log" 3
wait_for_success 120 "the job" "$job"
require_direct_results "$log" results.h5 2
ok "the job ended, each run having resumed both cases; its results are the direct run's"

# --- a study shared by the elements of an array
report=$("$spinsweep" submit study.toml -o shared.h5 --nodes 1 --ranks 1 --time 00:10:00 --array 2 2>submit.log) ||
  fail "submit --array"
merge=$(grep -oP '(?<=^job )[0-9]+(?=: shared.merge.sh$)' <<<"$report") || fail "no job number in: $report"
wait_for_success 120 "the merge" "$merge"
[ "$(count_cases shared.0.h5 "done") $(count_cases shared.1.h5 "done")" = "2 2" ] || fail "the cases were not shared"
"${python[@]}" "$tests/same_results.py" direct.h5 shared.h5 || fail "the merged results differ from the direct run's"
ok "two array elements shared the study, and the merged results are the direct run's"
