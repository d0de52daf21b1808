#!/bin/bash
# Array element that runs one part of a study's cases into its own results file,
# RESULTS.<element>.h5. For four elements:
#   sbatch --array=0-3 jobs/array-element.sh SWEEP.toml RESULTS.h5 4 [OPTION]...
# where the options are those of spinsweep run.
# jobs/array submits this and jobs/array-merge.sh.
#SBATCH --job-name=spinsweep
#SBATCH --nodes=1
#SBATCH --ntasks-per-node=32
#SBATCH --time=12:00:00
#SBATCH --output=%x.%A_%a.log
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --signal=B:USR1@120

# Load here the modules that spinsweep was built with, unless they are loaded
# where the job is submitted.

# One rank is one thread.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

# Where SLURM does not confine a job to its cores, mpirun would bind the ranks of
# all jobs on a node to the same cores.
if [ "$(env -u OMP_NUM_THREADS nproc)" -gt "${SLURM_CPUS_ON_NODE:-1000000}" ]; then
  export OMPI_MCA_hwloc_base_binding_policy=none
fi

job=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
# The program of a source tree, if the job is submitted from one.
spinsweep=build/spinsweep
[ -x "$spinsweep" ] || spinsweep=spinsweep
sweep=${1:?SWEEP.toml expected}
results=${2:?RESULTS.h5 expected}
elements=${3:?number of elements expected}
own_results=${results%.h5}.$SLURM_ARRAY_TASK_ID.h5
program=(
  mpirun "$spinsweep" run "$sweep"
  -o "$own_results"
  --part "$SLURM_ARRAY_TASK_ID/$elements"
  "${@:4}"
)

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
