#!/bin/bash
# Merges the results files of the array elements, RESULTS.0.h5, RESULTS.1.h5,
# ..., into RESULTS.h5, then runs the rest of the study, such as networks:
#   sbatch --dependency=afterok:ARRAY_JOB \
#     jobs/array-merge.sh SWEEP.toml RESULTS.h5 4 [OPTION]...
# where the options are those of spinsweep run.
#SBATCH --job-name=spinsweep
#SBATCH --nodes=1
#SBATCH --ntasks-per-node=32
#SBATCH --time=12:00:00
#SBATCH --output=%x.%j.log
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --signal=B:USR1@120

# Load here the modules that spinsweep was built with, unless they are loaded
# where the job is submitted.

# One rank is one thread.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

job=$SLURM_JOB_ID
# The program of a source tree, if the job is submitted from one.
spinsweep=build/spinsweep
[ -x "$spinsweep" ] || spinsweep=spinsweep
sweep=${1:?SWEEP.toml expected}
results=${2:?RESULTS.h5 expected}
elements=${3:?number of elements expected}
parts=()
for ((k = 0; k < elements; ++k)); do
  parts+=("${results%.h5}.$k.h5")
done
# shellcheck disable=SC2317 # "program" calls it
merge_and_run() {
  # A requeued job has already merged them.
  [ -e "$results" ] || "$spinsweep" merge "${parts[@]}" -o "$results" || return
  exec mpirun "$spinsweep" run "$sweep" -o "$results" "$@"
}
program=(merge_and_run "${@:4}")

# ---- The same in every script: run "program"; requeue if interrupted. ----

# The end of the job, so that no case is started that would be cut off. Newer
# versions of SLURM set it; without a time limit EndTime is "Unknown".
if [ -z "$SLURM_JOB_END_TIME" ]; then
  end=$(SLURM_TIME_FORMAT=standard scontrol show job "$job" |
    sed -n 's/.* EndTime=\([0-9][^ ]*\).*/\1/p')
  [ -z "$end" ] || SLURM_JOB_END_TIME=$(date --date="$end" +%s)
  export SLURM_JOB_END_TIME
fi

# SLURM sends USR1 to this script 120 s before the time limit. mpirun forwards
# it to every rank; the ranks save their cases and exit with code 75. "wait"
# returns early when a trap has run.
signalled=false
trap 'signalled=true; kill -USR1 "$pid"' USR1
"${program[@]}" &
pid=$!
wait "$pid"
code=$?
while $signalled; do
  signalled=false
  wait "$pid"
  code=$?
done

# Codes 0 to 3 are final: done, some cases failed, wrong input, broken
# environment. So are 126 and 127, no mpirun, and 132, no program or one built
# for other processors. 75 means interrupted. Any other code is a crash or a
# lost node (205 from mpirun): the job is tried again up to ten times.
again=false
case $code in
  [0-3] | 126 | 127 | 132) ;;
  75) again=true ;;
  *) [ "${SLURM_RESTART_COUNT:-0}" -ge 10 ] || again=true ;;
esac
if $again; then
  echo "$(date +%T) info exit code $code: job $job is requeued"
  # SLURM ends this script when it requeues its job.
  scontrol requeue "$job" && sleep 60
fi
exit "$code"
