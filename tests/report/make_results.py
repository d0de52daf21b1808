"""Makes the results files that the tests of the report read: make_results.py SPINSWEEP FOLDER

full.h5: a grid, finished. partial.h5: a smaller one without its networks. sampled.h5: a Saltelli sample. trains.h5,
lean.h5: realisations of trains of pulses, with and without traces. The data sets are drawn here, so that nothing has to
be fetched.
"""

import pathlib
import random
import shutil
import struct
import subprocess
import sys

CLASSES = 4

STUDY = """
[study]
name = "{name}"
[material]
anisotropy = 1.0e6
damping = 0.6
[neuron]
length = 256e-9
width = 32e-9
cell = 4e-9
initial_wall = {{ position = 32e-9 }}
mtj.window = {{ from = 48e-9, to = 200e-9 }}
pulse = {{ duration = 1e-9 }}
output = {{ interval = 100e-12, snapshots = 3 }}
[neuron.sweep]
"pulse.current_density" = [0.10e12, 0.20e12, 0.30e12, 0.45e12]
[synapse]
length = 240e-9
width = 32e-9
cell = 4e-9
notches = {{ diameter = 12e-9, count = 3 }}
initial_wall = {{ position = 36e-9 }}
pulse = {{ duration = 2e-9, relaxation = 0.4e-9 }}
output = {{ interval = 100e-12, snapshots = 3 }}
[synapse.sweep]
{sweep}
[network]
datasets = ["bands", "mnist"]
data_folder = "{data}"
hidden = [8]
seeds = {seeds}
epochs = 3
{stored}
[[network.deployment]]
method = ["ptq", "fine_tuned", "qat"]
mapping = {mapping}
"""
GRID = """
"notches.count" = [2, 3]
"material.dmi" = [1.0e-3, 1.5e-3]
"pulse.current_density" = [0.30e12, 0.90e12]
"""
# Notches inside the track: the last one of a row without these keys lies at its end, where no wall stays.
INSIDE = ("count = 3 }", "count = 3, first = 80e-9, pitch = 70e-9 }")
RETENTION = """
[retention]
times = [1, 31557600]
"""
# Without heat: one realisation.
PROGRAMMING = """
[programming]
amplitudes = 2
amplitude_tolerance = 0.1e12
"""
SMALL = """
"notches.count" = [2, 3]
"pulse.current_density" = [0.30e12, 0.90e12]
"""
SAMPLE = """
"material.dmi" = { from = 1.0e-3, to = 2.0e-3 }
"notches.count" = { from = 2, to = 4 }
sample = { method = "saltelli", count = 3 }
"""


TRAINS = """
[study]
name = "trains"
[material]
temperature = 300.0
[synapse]
length = 120e-9
width = 24e-9
cell = 4e-9
notches.count = 0
initial_wall = {{ position = 40e-9, relax = false }}
pulse = {{ current_density = 0.5e12, duration = 20e-12, relaxation = 10e-12, count = 3, depression = -1 }}
output = {{ interval = 10e-12, snapshots = 2 }}
thermal = {{ realizations = 4, record = "{record}" }}
[synapse.sweep]
"material.dmi" = [1.0e-3, 1.5e-3]
"""


SHAPES = """
[study]
name = "shapes"
[synapse]
length = 120e-9
width = 40e-9
cell = 4e-9
notches = { count = 1, width = 16e-9, depth = 8e-9, first = 60e-9 }
initial_wall = { position = 60e-9, relax = false }
pulse = { duration = 0.2e-9 }
output = { interval = 50e-12, snapshots = 2 }
disorder.grains = { size = 15e-9, anisotropy_spread = 0.05, exchange = 0.95 }
edge = "smooth"
current = "crowded"
profile = { from = 40e-9, to = 80e-9, dmi = 1.2e-3 }
[synapse.sweep]
"notches.shape" = ["triangle", "rectangle"]
"disorder.realization" = [0, 1]
"pulse.current_density" = { bisect = "first_depinning", from = 0.05e12, to = 3.05e12, tolerance = 1e12 }
"""


def write_data_set(folder, seed, height, width):
    """Each class lights a band of its own, in noise that hides it now and then."""
    folder.mkdir(parents=True)
    draw = random.Random(seed)
    for part, count in (("train", 400), ("t10k", 200)):
        labels = bytes(k % CLASSES for k in range(count))
        pixels = bytearray()
        for label in labels:
            for row in range(height):
                lit = row * CLASSES // height == label
                pixels += bytes(min(255, int(draw.random() * 170) + (85 if lit else 0)) for _ in range(width))
        (folder / f"{part}-images-idx3-ubyte").write_bytes(struct.pack(">4i", 2051, count, height, width) + pixels)
        (folder / f"{part}-labels-idx1-ubyte").write_bytes(struct.pack(">2i", 2049, count) + labels)


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    write_data_set(folder / "data" / "bands", 1, 6, 5)
    write_data_set(folder / "data" / "mnist", 2, 8, 8)
    two, one = '["max_abs", "mse"]', '["max_abs"]'
    for name, sweep, seeds, mapping, more in (
        ("full", GRID, 2, one, ["--set", "network.device_samples=2", "--set", 'network.retention="simulated"']),
        ("partial", SMALL, 1, one, ["--stage", "device"]),
        ("sampled", SAMPLE, 1, two, []),
    ):
        sweep_file = folder / f"{name}.toml"
        stored = 'store_weights = ["ptq", "fine_tuned", "qat"]' if name == "full" else ""
        text = STUDY.format(name=name, sweep=sweep, seeds=seeds, mapping=mapping, stored=stored, data=folder / "data")
        sweep_file.write_text(text.replace(*INSIDE) + PROGRAMMING + RETENTION if name == "full" else text)
        subprocess.run([program, "run", sweep_file, "-o", folder / f"{name}.h5", *more], check=True)
    for name, record in (("trains", "traces"), ("lean", "lean")):
        sweep_file = folder / f"{name}.toml"
        sweep_file.write_text(TRAINS.format(record=record))
        subprocess.run([program, "run", sweep_file, "-o", folder / f"{name}.h5"], check=True)
    sweep_file = folder / "shapes.toml"
    sweep_file.write_text(SHAPES)
    subprocess.run([program, "run", sweep_file, "-o", folder / "shapes.h5"], check=True)


if __name__ == "__main__":
    main()
