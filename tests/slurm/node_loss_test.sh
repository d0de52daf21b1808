#!/usr/bin/env bash
# A node that is lost as a whole, with the batch script, under a real SLURM.
#   node_loss_test.sh SOURCE_FOLDER SPINSWEEP
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

# What a node runs: its slurmd, the jobs' processes, and SLURM's daemons that started those.
processes_of() {
  local process environment parent
  for process in /proc/[0-9]*; do
    environment=$(tr '\0' '\n' 2>/dev/null <"$process/environ") || continue
    grep -qxF "SLURM_CONF=$SLURM_CONF" <<<"$environment" || continue
    if [ "$(tr '\0' ' ' <"$process/cmdline")" = "slurmd -D -N $1 " ]; then
      echo "${process#/proc/}"
    elif grep -qxF "SLURMD_NODENAME=$1" <<<"$environment"; then
      echo "${process#/proc/}"
      parent=$(ps -o ppid= -p "${process#/proc/}" | tr -d ' ')
      ! grep -qs "^slurmstepd" "/proc/$parent/cmdline" || echo "$parent"
    fi
  done | sort -u
}

node_is_down() {
  sinfo --noheader --Node --format="%N %T" | grep -qxE "$1 down\*?"
}

run_directly

"$spinsweep" submit study.toml -o results.h5 --nodes 1 --ranks 2 --time 00:10:00 2>submit.log >submit.out || fail "submit"
job=$(grep -oP '(?<=^job )[0-9]+(?=: results.sh$)' submit.out) || fail "no job number in: $(cat submit.out)"
log=results.$job.log
wait_for 30 "the first run" has_begun "$log" 1
wait_for 60 "a checkpoint of each rank" both_saved_more_than results.h5 ""
node=$(field "$job" NodeList)
mapfile -t lost < <(processes_of "$node")
[ "${#lost[@]}" -ge 6 ] || fail "found only ${#lost[@]} processes on $node"
kill -KILL "${lost[@]}"
ok "slurmd and all else that ran on $node, ${#lost[@]} processes, were killed"

wait_for 90 "the loss to be seen" node_is_down "$node"
wait_for 20 "the requeue" has_restarted "$job" 1
ok "$node is down, and SLURM has requeued the job"

wait_for 60 "the second run" has_begun "$log" 2
[ "$(field "$job" NodeList)" != "$node" ] || fail "the job runs on the node that is down"
wait_for_success 120 "the job" "$job"
require_direct_results "$log" results.h5 1
ok "the other node has resumed both cases and ended the job; its results are the direct run's"
