"""Runs spinsweep on sweeps of short cases and compares results files. The program is $SPINSWEEP, mpirun $MPIEXEC."""

import os
import subprocess
import tempfile
import time
import unittest

os.environ.setdefault("HDF5_USE_FILE_LOCKING", "FALSE")
import h5py  # noqa: E402
import numpy  # noqa: E402

PROGRAM = os.environ.get("SPINSWEEP", "build/spinsweep")
# A process that was started without mpirun needs no daemon beside it.
os.environ.setdefault("OMPI_MCA_ess_singleton_isolated", "1")
MPIEXEC = os.environ.get("MPIEXEC", "mpirun")

STATUS = ["waiting", "running", "done", "failed", "interrupted"]

# 24 x 6 cells: a case takes some 20 ms.
SHORT = """
[study]
name = "short cases"

[device]
checkpoint_interval = {interval}
{device}
[synapse]
length = 96e-9
width = 24e-9
cell = 4e-9
notches = {{ count = 2, diameter = 8e-9, first = 40e-9, pitch = 32e-9 }}
wall = {{ position = 20e-9, width = 8e-9 }}
pulse = {{ current_density = 0.5e12, duration = {pulse}, rest = {rest} }}
output = {{ interval = 50e-12, snapshots = 3 }}

[synapse.sweep]
{axes}
"""

AXES = '"material.dmi" = [0.5e-3, 1e-3]\n"pulse.current_density" = { from = 0.1e12, to = 3.2e12, count = 8 }'


def sweep_text(axes=AXES, interval=60, pulse="1e-9", rest="0.5e-9", device=""):
    return SHORT.format(axes=axes, interval=interval, pulse=pulse, rest=rest, device=device)


def temporary_folder():
    """In memory if there is such a file system: what these tests find does not depend on how slow a disk is."""
    memory = "/dev/shm"
    return tempfile.TemporaryDirectory(prefix="spinsweep-", dir=memory if os.access(memory, os.W_OK) else None)


class SweepTest(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        self._folder = temporary_folder()
        self.addCleanup(self._folder.cleanup)
        self.folder = self._folder.name
        os.chmod(self.folder, 0o755)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def run_sweep(self, text, results, *options, ranks=1, expect=0):
        sweep = self.write("sweep.toml", text)
        done = run("run", sweep, "-o", self.path(results), *options, ranks=ranks)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done

    def assert_same_results(self, first, second):
        self.assertEqual(differences(self.path(first), self.path(second)), [])


def command(*arguments, ranks=1):
    start = [MPIEXEC, "--oversubscribe", "-n", str(ranks)] if ranks > 1 else []
    return [*start, PROGRAM, *arguments]


def run(*arguments, ranks=1, **options):
    return subprocess.run(command(*arguments, ranks=ranks), capture_output=True, text=True, timeout=300, check=False,
                          **options)


def start(*arguments, ranks=1):
    return subprocess.Popen(command(*arguments, ranks=ranks), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def rank_processes(launcher):
    """The program's own processes below mpirun, or the process itself if it was started without."""
    if "spinsweep" in os.path.basename(os.readlink(f"/proc/{launcher}/exe")):
        return [launcher]
    with open(f"/proc/{launcher}/task/{launcher}/children", encoding="ascii") as file:
        return [int(pid) for pid in file.read().split()]


def wait_for(condition, seconds=30.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.005)
    return False


def read_status(results, group="synapse"):
    try:
        with h5py.File(results, "r") as file:
            return [STATUS[value] for value in file[group]["status"][:]]
    except FileNotFoundError:
        return []


def variables(file, group):
    return [name for name, item in file[group].items() if isinstance(item, h5py.Dataset)]


def differences(first, second, cases=None):
    """Names of the variables in which two results files differ to the bit: all but computing times and checkpoints.
    With `cases` only those rows of /synapse count."""
    found = []
    with h5py.File(first, "r") as a, h5py.File(second, "r") as b:
        for group in [name for name in a if isinstance(a[name], h5py.Group) and (cases is None or name == "synapse")]:
            for name in variables(a, group):
                if name in ("wall_time", "checkpoint", "checkpoint_row", "checkpoint_byte", "slot"):
                    continue
                x, y = a[group][name], b[group][name]
                if cases is not None and "case" not in [scale.name.split("/")[-1] for scale in x.dims[0].values()]:
                    continue
                x, y = (x[cases], y[cases]) if cases is not None else (x[()], y[()])
                if numpy.asarray(x).tobytes() != numpy.asarray(y).tobytes():
                    found.append(f"{group}/{name}")
    return found
