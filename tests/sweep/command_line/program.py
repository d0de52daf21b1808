"""Runs spinsweep on sweeps of short cases and compares results files. The program is $SPINSWEEP, mpirun $MPIEXEC,
its options $MPIEXEC_FLAGS."""

import os
import random
import struct
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
LAUNCHER = [os.environ.get("MPIEXEC", "mpirun"), *os.environ.get("MPIEXEC_FLAGS", "").split()]

# How many times longer than the release build this one computes.
SLOWNESS = float(os.environ.get("SPINSWEEP_TEST_SLOWNESS", "1"))
# Longer than anything here takes, s.
TIMEOUT = 300 * SLOWNESS

STATUS = ["waiting", "running", "done", "failed", "interrupted"]

# 24 x 6 cells: with the usual damping a case takes some 20 ms of computing time and is at rest soon after its pulse,
# when it costs nothing any more. With LIVELY the magnetisation precesses to the end, 28 ms of computing time for every
# nanosecond.
SHORT = """
[study]
name = "short cases"

[material]
damping = {damping}

[solver]
checkpoint_interval = {interval}
{device}
[synapse]
length = 96e-9
width = 24e-9
cell = 4e-9
notches = {{ count = 2, diameter = 8e-9, first = 40e-9, pitch = 32e-9 }}
initial_wall = {{ position = 20e-9, width = 8e-9 }}
pulse = {{ current_density = 0.5e12, duration = {pulse}, relaxation = {rest} }}
output = {{ interval = {output}, snapshots = 3 }}

[synapse.sweep]
{axes}
"""

AXES = '"material.dmi" = [0.5e-3, 1e-3]\n"pulse.current_density" = { from = 0.1e12, to = 3.2e12, count = 8 }'


LIVELY = 1e-3
# A case that ends when it is made to.
ENDLESS = {"pulse": "1e-3", "output": "1e-5", "damping": LIVELY}


def sweep_text(axes=AXES, interval=60, pulse="1e-9", rest="0.5e-9", output="50e-12", damping=0.6, device=""):
    return SHORT.format(axes=axes, interval=interval, pulse=pulse, rest=rest, output=output, damping=damping,
                        device=device)


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


def command(*arguments, ranks=1, program=PROGRAM):
    start = [*LAUNCHER, "-n", str(ranks)] if ranks > 1 else []
    return [*start, program, *arguments]


def run(*arguments, ranks=1, program=PROGRAM, **options):
    return subprocess.run(command(*arguments, ranks=ranks, program=program), capture_output=True, text=True,
                          timeout=TIMEOUT, check=False, **options)


def start(*arguments, ranks=1):
    return subprocess.Popen(command(*arguments, ranks=ranks), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def rank_processes(launcher):
    """The program's own processes below mpirun, or the process itself if it was started without. MPICH's mpirun has a
    process "hydra_pmi_proxy" in between."""
    if "spinsweep" in os.path.basename(os.readlink(f"/proc/{launcher}/exe")):
        return [launcher]
    with open(f"/proc/{launcher}/task/{launcher}/children", encoding="ascii") as file:
        children = [int(pid) for pid in file.read().split()]
    return [rank for child in children for rank in (rank_processes(child) if name_of(child).startswith("hydra_") else [child])]


def name_of(pid):
    with open(f"/proc/{pid}/comm", encoding="ascii") as file:
        return file.read().strip()


def slowdown():
    """How many times longer than by the release build on an idle machine a computation takes now."""
    began, computing = time.monotonic(), time.process_time()
    while time.process_time() - computing < 0.2:
        pass
    return SLOWNESS * max(1.0, (time.monotonic() - began) / 0.2)


def wait_for(condition, seconds=TIMEOUT):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.005)
    return False


def read_status(results, group="synapse", variable="status"):
    try:
        with h5py.File(results, "r") as file:
            return [STATUS[value] for value in file[group][variable][()].ravel()]
    except FileNotFoundError:
        return []


# Two variants, two data sets of their own size, two seeds: 4 FP32 networks and 32 that are put on a device.
NETWORK = """
[neuron]
length = 96e-9
width = 24e-9
cell = 4e-9
initial_wall = {{ position = 20e-9, width = 8e-9 }}
pulse = {{ duration = 0.2e-9 }}
mtj.window = {{ from = 24e-9, to = 72e-9 }}

[neuron.sweep]
"pulse.current_density" = [0.5e12, 1e12, 1.5e12, 2e12]

[network]
data_folder = "{folder}"
datasets = ["bright", "dark"]
hidden = [10]
seeds = 2
activation_order = 2
epochs = {epochs}
fine_tune_epochs = {epochs}
qat_epochs = {epochs}

[[network.deployment]]
method = ["ptq", "fine_tuned", "qat"]
mapping = "max_abs"
"""


def network_text(folder, epochs=2):
    """Sections to put after sweep_text(); the data sets are made."""
    write_data_set(os.path.join(folder, "bright"), classes=4, brightness=180)
    write_data_set(os.path.join(folder, "dark"), classes=3, brightness=60)
    return NETWORK.format(folder=folder, epochs=epochs)


def write_data_set(folder, classes, brightness):
    """IDX files of images of 5 x 4 pixels whose class lights a row."""
    os.makedirs(folder)
    generator = random.Random(brightness)
    for part, count in (("train", 300), ("t10k", 100)):
        labels = [k % classes for k in range(count)]
        pixels = [generator.randrange(60) + (brightness if pixel // 4 == label else 0)
                  for label in labels for pixel in range(20)]
        with open(os.path.join(folder, f"{part}-labels-idx1-ubyte"), "wb") as file:
            file.write(struct.pack(">2I", 0x801, count) + bytes(labels))
        with open(os.path.join(folder, f"{part}-images-idx3-ubyte"), "wb") as file:
            file.write(struct.pack(">4I", 0x803, count, 5, 4) + bytes(pixels))


# What two runs of one study need not have in common: computing times and what is left of checkpoints.
OF_THE_RUN = ("wall_time", "control_wall_time", "checkpoint", "checkpoint_row", "checkpoint_byte", "slot")


def variables(file):
    """Paths of all variables that hold results."""
    paths = []
    file.visititems(lambda path, item: paths.append(path) if isinstance(item, h5py.Dataset)
                    and path.split("/")[-1] not in OF_THE_RUN else None)
    return paths


def bits(values):
    """The bytes of an array; of strings their characters, not their addresses."""
    values = numpy.asarray(values)
    return (values.astype("S") if values.dtype == object else values).tobytes()


def differences(first, second):
    """Paths of the variables in which two results files differ to the bit."""
    with h5py.File(first, "r") as a, h5py.File(second, "r") as b:
        return [path for path in variables(a)
                if bits(a[path][()]) != bits(b[path][()])]


def done_rows(results, reference):
    """How many rows say that they are done, in all groups, and the variables in which such rows are not those of the
    reference."""
    count, wrong = 0, []
    with h5py.File(results, "r") as a, h5py.File(reference, "r") as b:
        for status_path in [path for path in variables(a) if path.endswith("status") and a[path].shape]:
            group, name = status_path.rsplit("/", 1)
            kind = name[:-len("status")]  # "control_" where the control of an FP32 network has its own
            done = a[status_path][()] == STATUS.index("done")
            count += int(done.sum())
            for path in variables(a):
                parts = path.rsplit("/", 1)
                shape = a[path].shape
                if (parts[0] == group and parts[1].startswith("control_") == bool(kind) and path != status_path
                        and shape[:done.ndim] == done.shape):
                    if bits(a[path][()][done]) != bits(b[path][()][done]):
                        wrong.append(path)
    return count, wrong
