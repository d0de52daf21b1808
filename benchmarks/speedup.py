"""Speed-up of a sweep of 16 equal cases on two ranks against one: whole runs, and the simulations alone.

    benchmarks/speedup.py build/spinsweep [ROUNDS]

A round, on two otherwise idle cores: all cases on one rank; on two ranks; and by two programs side by side that know
nothing of each other, half of the cases each. The last is what the machine itself gives two cores at once, and
differs from 2 where they share memory, a cache or a core's clock. Medians of the ratios are printed."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

# The cases differ in their read-out only, so that each takes the same steps; their initial wall is relaxed once.
SWEEP = """
[synapse]
cell = 5e-9
pulse = { current_density = 0.5e12, duration = 8e-9, relaxation = 0.0 }
[synapse.sweep]
"mtj.resistance_parallel" = { from = 4e3, to = 7e3, count = COUNT }
"""
CASES = 16


class Run:
    """A running sweep of `cases` cases on `ranks` ranks."""

    def __init__(self, program, folder, name, cases, ranks):
        sweep, results = (os.path.join(folder, name + ending) for ending in (".toml", ".h5"))
        with open(sweep, "w", encoding="utf-8") as file:
            file.write(SWEEP.replace("COUNT", str(cases)))
        start = ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", str(ranks)]
        self.process = subprocess.Popen([*start, program, "run", sweep, "-o", results, "--force"],
                                        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
                                        env={**os.environ, "OMP_NUM_THREADS": "1"})

    def wait(self):
        """When the first case began and when the last ended."""
        first = last = None
        for line in self.process.stderr:
            if "cases to do" in line:
                first = time.monotonic()
            elif line.startswith("synapse "):
                last = time.monotonic()
        if self.process.wait() != 0:
            sys.exit("the run failed")
        return first, last


def seconds(program, folder, runs):
    """Of runs side by side, given as (cases, ranks): from start to end, and from the first case to the last."""
    began = time.monotonic()
    started = [Run(program, folder, str(number), *run) for number, run in enumerate(runs)]
    with ThreadPoolExecutor() as pool:  # so that each one's lines are seen as they come
        spans = list(pool.map(Run.wait, started))
    return time.monotonic() - began, max(last for _, last in spans) - min(first for first, _ in spans)


def main():
    program = os.path.abspath(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    whole, cases, machine = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            one = seconds(program, folder, [(CASES, 1)])
            two = seconds(program, folder, [(CASES, 2)])
            separate = seconds(program, folder, [(CASES // 2, 1)] * 2)
            whole.append(one[0] / two[0])
            cases.append(one[1] / two[1])
            machine.append(one[1] / separate[1])
            print(f"whole run {one[0]:.2f} s / {two[0]:.2f} s = {whole[-1]:.3f}, "
                  f"cases {one[1]:.2f} s / {two[1]:.2f} s = {cases[-1]:.3f}, "
                  f"side by side {machine[-1]:.3f}", flush=True)
    print(f"median speed-up: whole run {statistics.median(whole):.3f}, cases {statistics.median(cases):.3f}, "
          f"two programs side by side {statistics.median(machine):.3f}")


if __name__ == "__main__":
    main()
