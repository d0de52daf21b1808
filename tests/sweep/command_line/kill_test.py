"""Kills one rank or all of them at random instants: the file opens each time without repair, what says done is right,
and the resumed sweep ends bit-identical to one that was never killed."""

import argparse
import os
import random
import signal
import sys
import time

import h5py

from program import differences, rank_processes, read_status, run, start, sweep_text, temporary_folder, wait_for

RANKS = 3
# Some 0.15 s a case and a checkpoint every 0.03 s, so that most kills hit a case under way.
SWEEP = sweep_text(pulse="12e-9", rest="1e-9", interval=0.03)


def kill(launcher, which, generator):
    """SIGKILL to one rank, to all, or to all and mpirun: as a rank that dies, a job that is cancelled, a node lost."""
    try:
        ranks = rank_processes(launcher)
        victims = {"one rank": [generator.choice(ranks)] if ranks else [], "all ranks": ranks,
                   "all and mpirun": [launcher, *ranks]}[which]
        for pid in victims:
            os.kill(pid, signal.SIGKILL)
    except (FileNotFoundError, ProcessLookupError):
        pass  # it had ended already


def check(results, reference):
    """What the killed run left. Returns how many cases are done."""
    if not os.path.exists(results):
        return 0
    with h5py.File(results, "r"):
        pass
    done = [k for k, status in enumerate(read_status(results)) if status == "done"]
    wrong = differences(results, reference, cases=done) if done else []
    if wrong:
        sys.exit(f"cases that say done are wrong: {wrong}")
    if run("status", results).returncode != 0:
        sys.exit("spinsweep status refuses the file")
    return len(done)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    generator = random.Random(options.seed)
    with temporary_folder() as folder:
        sweep, reference, results = (os.path.join(folder, name) for name in ("sweep.toml", "reference.h5", "killed.h5"))
        with open(sweep, "w", encoding="utf-8") as file:
            file.write(SWEEP)
        began = time.monotonic()
        if run("run", sweep, "-o", reference).returncode != 0:
            sys.exit("the reference run failed")
        whole = time.monotonic() - began
        kills = inside = rows = sweeps = 0
        while kills < options.kills:
            process = start("run", sweep, "-o", results, ranks=RANKS)
            if generator.random() < 0.85:  # the others die while they start
                wait_for(lambda: "running" in read_status(results) or process.poll() is not None)
            time.sleep(generator.uniform(0.0, 0.35 * whole))
            if process.poll() is None:
                kill(process.pid, generator.choice(["one rank", "all ranks", "all and mpirun"]), generator)
                kills += 1
            process.communicate(timeout=60)
            done = check(results, reference)
            rows += done
            inside += 0 < done < 16
            if process.returncode == 0 or kills == options.kills:
                finished = run("run", sweep, "-o", results, ranks=RANKS)
                if finished.returncode != 0:
                    sys.exit(f"the resumed sweep failed: {finished.stderr}")
                wrong = differences(results, reference)
                if wrong:
                    sys.exit(f"the resumed sweep differs from one that was never killed in {wrong}")
                sweeps += 1
                os.remove(results)
        print(f"{kills} kills of {RANKS} ranks, {inside} of them with some cases done and some not: the file opened "
              f"every time, {rows} done cases compared, 0 wrong; {sweeps} resumed sweeps bit-identical")


if __name__ == "__main__":
    main()
