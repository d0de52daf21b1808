"""Kills one rank or all of them at random instants: the file opens each time without repair, what says done is right,
and the resumed sweep ends bit-identical to one that was never killed."""

import argparse
import os
import random
import signal
import subprocess
import sys
import time

import h5py

from program import (LIVELY, TIMEOUT, differences, done_rows, network_text, rank_processes, read_status, run, start,
                     sweep_text, temporary_folder, wait_for)

RANKS = 3
# Some 0.15 s of computing time a case and a checkpoint every 0.03 s, so that most kills hit a case under way.
DEVICES = sweep_text(pulse="4e-9", rest="1e-9", interval=0.03, damping=LIVELY)
# Devices of no time at all, then two seconds of training.
TWO_VARIANTS = '"material.dmi" = [0.5e-3, 1e-3]\n"pulse.current_density" = [0.5e12, 1e12]'
EPOCHS = 600


class Sweep:
    """A sweep in a folder of its own, run once without being killed."""

    def __init__(self, folder, name, text, group):
        self.file, self.reference, self.results = (os.path.join(folder, name + end)
                                                   for end in (".toml", "_once.h5", "_killed.h5"))
        self.group = group  # most kills come after something has begun in it
        with open(self.file, "w", encoding="utf-8") as file:
            file.write(text)
        began = time.monotonic()
        done = run("run", self.file, "-o", self.reference)
        if done.returncode != 0:
            sys.exit(f"the reference run failed: {done.stderr}")
        self.seconds = time.monotonic() - began
        self.launchers_left = 0

    def has_begun(self):
        return any(status in ("running", "done") for status in read_status(self.results, self.group))

    def kill_once(self, generator):
        """Returns whether there was anything left to kill."""
        process = start("run", self.file, "-o", self.results, ranks=RANKS)
        if generator.random() < 0.85:  # the others die while they start
            wait_for(lambda: self.has_begun() or process.poll() is not None)
        time.sleep(generator.uniform(0.0, 0.35 * self.seconds))
        alive = process.poll() is None
        if alive:
            kill(process.pid, generator.choice(["one rank", "all ranks", "all and mpirun"]), generator)
        self.launchers_left += not has_ended(process)
        return alive

    def check(self):
        """What the killed run left. Returns how many rows are done, or None if there is no file yet."""
        if not os.path.exists(self.results):
            return None
        with h5py.File(self.results, "r"):
            pass
        count, wrong = done_rows(self.results, self.reference)
        if wrong:
            sys.exit(f"rows that say done are wrong: {wrong}")
        looked = run("status", self.results)
        if looked.returncode != 0:
            sys.exit(f"spinsweep status refuses the file: {looked.stderr}")
        return count

    def finish(self):
        finished = run("run", self.file, "-o", self.results, ranks=RANKS)
        if finished.returncode != 0:
            sys.exit(f"the resumed sweep failed: {finished.stderr}")
        wrong = differences(self.results, self.reference)
        if wrong:
            sys.exit(f"the resumed sweep differs from one that was never killed in {wrong}")
        os.remove(self.results)


def has_ended(process):
    """Whether mpirun ended with its ranks. Open MPI 4.1's may wait for a lock of PMIx for ever after they all have ended
    (pmix_rte_finalize): that is counted and told. A rank that lives on is one that our program left hanging."""
    try:
        process.communicate(timeout=TIMEOUT)
        return True
    except subprocess.TimeoutExpired:
        living = [pid for pid in rank_processes(process.pid) if is_running(pid)]
        process.kill()
        process.communicate()
        if living:
            sys.exit(f"ranks {living} went on for {TIMEOUT:.0f} s after another had been killed")
        return False


def is_running(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        return file.read().rpartition(")")[2].split()[0] != "Z"


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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    generator = random.Random(options.seed)
    with temporary_folder() as folder:
        network = sweep_text(TWO_VARIANTS, pulse="0.1e-9", rest="0.1e-9") + network_text(folder, EPOCHS)
        sweeps = [Sweep(folder, "devices", DEVICES, "synapse"),
                  Sweep(folder, "network", network, "network/baseline")]
        kills = [0, 0]
        opened = inside = rows = finished = 0
        while sum(kills) < options.kills:
            which = generator.randrange(2)
            sweep = sweeps[which]
            alive = sweep.kill_once(generator)
            count = sweep.check()
            kills[which] += alive
            opened += count is not None
            inside += alive and bool(count)
            rows += count or 0
            if not alive or generator.random() < 0.3 or sum(kills) == options.kills:
                sweep.finish()
                finished += 1
            print(f"{sum(kills)} kills: {opened} files opened, {rows} rows compared, {finished} resumed", flush=True)
        print(f"{sum(kills)} kills of {RANKS} ranks, {kills[0]} of a sweep of devices and {kills[1]} of one with "
              f"networks, {inside} of them with something done already: {opened} of {opened} files opened without "
              f"repair, {rows} rows that said done compared, 0 wrong; {finished} resumed sweeps bit-identical; "
              f"{sum(sweep.launchers_left for sweep in sweeps)} times mpirun did not end after its ranks had")


if __name__ == "__main__":
    main()
