#!/bin/bash
# Figures, tables and an HTML page of a results file:
#   sbatch jobs/report.sh RESULTS.h5 FOLDER
#SBATCH --job-name=spinsweep-report
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --time=00:30:00
#SBATCH --output=%x.%j.log
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --signal=B:USR1@120

# Load here the modules that spinsweep was built with, unless they are loaded
# where the job is submitted.

job=$SLURM_JOB_ID
# A requeued job starts its report from the beginning.
results=${1:?RESULTS.h5 expected} folder=${2:?FOLDER expected}
report=analysis/report
[ -x "$report" ] || report=spinsweep-report
program=("$report" "$results" -o "$folder" --force)

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
