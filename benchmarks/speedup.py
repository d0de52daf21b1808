"""Speed-up of a sweep of 16 equal cases on two ranks against one: whole runs, and the simulations alone.

    benchmarks/speedup.py build/spinsweep [PAIRS]

Pairs of runs, one after the other, on two otherwise idle cores; the medians of the ratios are printed."""

import os
import statistics
import subprocess
import sys
import tempfile
import time

# The cases differ in their read-out only, so that each takes the same steps; their initial wall is relaxed once.
SWEEP = """
[synapse]
cell = 5e-9
pulse = { current_density = 0.5e12, duration = 8e-9, rest = 0.0 }
[synapse.sweep]
"junction.parallel" = { from = 4e3, to = 7e3, count = 16 }
"""


def run(program, sweep, results, ranks):
    """Seconds of the whole run, and from the first case to the last."""
    began = time.monotonic()
    start = ["mpirun", "--oversubscribe", "-n", str(ranks)]
    process = subprocess.Popen([*start, program, "run", sweep, "-o", results, "--force"], stderr=subprocess.PIPE,
                               stdout=subprocess.DEVNULL, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    first = last = began
    for line in process.stderr:
        if "cases to do" in line:
            first = time.monotonic()
        elif line.startswith("synapse "):
            last = time.monotonic()
    if process.wait() != 0:
        sys.exit("the run failed")
    return time.monotonic() - began, last - first


def main():
    program = os.path.abspath(sys.argv[1])
    pairs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    whole, cases = [], []
    with tempfile.TemporaryDirectory() as folder:
        sweep, results = os.path.join(folder, "sweep.toml"), os.path.join(folder, "results.h5")
        with open(sweep, "w", encoding="utf-8") as file:
            file.write(SWEEP)
        for _ in range(pairs):
            one, two = run(program, sweep, results, 1), run(program, sweep, results, 2)
            whole.append(one[0] / two[0])
            cases.append(one[1] / two[1])
            print(f"whole run {one[0]:.2f} s / {two[0]:.2f} s = {whole[-1]:.3f}, "
                  f"cases {one[1]:.2f} s / {two[1]:.2f} s = {cases[-1]:.3f}", flush=True)
    print(f"median speed-up: whole run {statistics.median(whole):.3f}, cases {statistics.median(cases):.3f}")


if __name__ == "__main__":
    main()
