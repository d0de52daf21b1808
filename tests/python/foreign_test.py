"""What leaves, read by the programs it is for. Each test needs the source of its program, named by an environment
variable; docs/exchange.md has the versions that were tried and the figures.

CROSSSIM: sandialabs/cross-sim. AIHWKIT: IBM/aihwkit with simulator/rpu_base built. NEUROSIM: neurosim/MLP_NeuroSim_V3.0.
MUMAX3: a program that checks scripts as `mumax3 -vet` does. UBERMAG: ubermag/discretisedfield with what it imports
(several folders, separated by colons). PARQUET: a folder of node_modules with hyparquet.
"""

import importlib.util
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import numpy as np
from scipy.linalg import expm

RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"]) / "full.h5"
GOLDEN = pathlib.Path(__file__).parent / "golden"
sys.path.insert(0, os.environ["SPINSWEEP_PYTHON"])
import spinsweep
from spinsweep import export_devices, export_mumax, measured, tables
from spinsweep.device import describe


def needs(name):
    return unittest.skipUnless(os.environ.get(name), f"{name} is not set")


def variant():
    return spinsweep.open(RESULTS).variant(notches_count=3, material_dmi=1.5e-3)


def without_spread(device):
    return measured.MeasuredDevice(device.name, device.conductances, 0 * device.spread, device.conductances[:, None])


class Foreign(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def imported(self, device, format):
        path = self.folder / f"of_{format}.py"
        export_devices.save(device, path, format)
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def python(self, code, *arguments, path):
        done = subprocess.run(
            [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path}
        )
        self.assertEqual(done.returncode, 0, done.stderr[-3000:])
        return done.stdout


@needs("CROSSSIM")
class CrossSim(Foreign):
    def core(self, device, time=0.0):
        sys.path.insert(0, os.environ["CROSSSIM"])
        from simulator import AnalogCore, CrossSimParameters

        self.module = self.imported(device, "crosssim")
        parameters = CrossSimParameters()
        # The lines of the file's own docstring, as its user types them.
        for line in self.module.__doc__.splitlines():
            if line.startswith("params.") and " = " in line:
                name, value = line.removeprefix("params.").split(" = ")
                owner = parameters
                for part in name.split(".")[:-1]:
                    owner = getattr(owner, part)
                setattr(owner, name.split(".")[-1], eval(value))
        parameters.xbar.device.time = time
        weights = np.random.default_rng(1).uniform(-1, 1, (200, 30))
        return weights, AnalogCore(weights, params=parameters)

    def test_core_has_the_weights_that_pairs_of_measured_devices_make(self):
        device = measured.read_measured(GOLDEN / "measured.csv")
        weights, core = self.core(device)
        matrix = np.asarray(core[:])
        range_ = device.conductances[-1] - device.conductances[0]
        one = device.values[np.isfinite(device.values)] / range_
        possible = np.unique(np.round(one[:, None] - one, 9))
        scale = np.abs(weights).max()
        distance = np.abs(matrix[..., None] / scale - possible).min(axis=-1)
        self.assertLess(distance.max(), 1e-3)
        print("CrossSim: largest distance from a difference of two measured devices", distance.max())

    def test_core_of_a_simulated_device_has_its_levels_and_forgets_them(self):
        device = describe(variant())
        _, core = self.core(variant())
        _, later = self.core(variant(), time=1e9)
        count = lambda c: len(np.unique(np.round(np.asarray(c[:]), 6)))
        print("CrossSim: weights with written devices", count(core), "after 1e9 s", count(later))
        self.assertGreater(count(later), count(core))
        # Of devices that are all written to one level, as many have jumped as the Markov chain says.
        model = self.module.SpinsweepDevice.__new__(self.module.SpinsweepDevice)
        level = int(np.flatnonzero(device.jumps.of_level >= 0)[0])
        well = device.jumps.of_level[level]
        time = -0.5 / device.jumps.rates[well, well]
        np.random.seed(2)
        written = np.full(20000, device.conductances[level] / device.conductances[-1])
        after = model.drift_error(written, time) * device.conductances[-1]
        jumped = np.mean(np.abs(after - device.conductances[level]) > 1e-7)
        wanted = 1 - expm(device.jumps.rates * time)[well, well]
        print("CrossSim: share that has jumped", jumped, "by the rates", wanted)
        self.assertAlmostEqual(jumped, wanted, delta=0.015)


@needs("NEUROSIM")
class NeuroSim(Foreign):
    MAIN = """
        #include <cstdio>
        #include <random>
        #include "Cell.h"
        std::mt19937 gen(1);
        int main() {
          MeasuredDevice measured(0, 0);
          RealDevice real(0, 0);
          for (AnalogNVM* cell : {static_cast<AnalogNVM*>(&measured), static_cast<AnalogNVM*>(&real)}) {
            const int levels = cell->maxNumLevelLTP;
            std::printf("%.9g", cell->Read(cell->readVoltage) / cell->readVoltage);
            for (int k = 1; k <= levels; ++k) {
              cell->Write(1.001 / levels, k * 1.0 / levels, 0, 1);
              std::printf(" %.9g", cell->conductance);
            }
            for (int k = levels - 1; k >= 0; --k) {
              cell->Write(-1.001 / levels, k * 1.0 / levels, 0, 1);
              std::printf(" %.9g", cell->conductance);
            }
            std::printf("\\n%.9g %.9g\\n", cell->writeLatencyLTD, cell->writeVoltageLTP);
          }
        }
    """

    def walk(self, device):
        """Conductances on the way up and down of MeasuredDevice, its write voltage, the same of RealDevice."""
        source = self.folder / device.name if isinstance(device, measured.MeasuredDevice) else self.folder / "simulated"
        shutil.copytree(os.environ["NEUROSIM"], source, ignore=shutil.ignore_patterns(".git", "*.zip"))
        blocks = export_devices.to_neurosim(device).split("// In the constructor of ")[1:]
        text = (source / "Cell.cpp").read_text(errors="replace")
        for block in blocks:
            kind, *lines = block.splitlines()
            kind = kind.split()[0].strip(",")
            begin = text.index(f"{kind}::{kind}(int x, int y)")
            end = text.index(f"double {kind}::Read", begin)
            body = text[begin:end]
            for line in lines:
                if name := re.match(r"(double \w+\[\]|\w+) = ", line):
                    body, found = re.subn(rf"^(\s*){re.escape(name[1])} = [^;]*;.*$", lambda m: m[1] + line, body, count=1, flags=re.M)
                    self.assertEqual(found, 1, f"{kind} has no line {name[1]} = ...")
            text = text[:begin] + body + text[end:]
        (source / "Cell.cpp").write_text(text.replace("0.035* (max", "(max"))
        (source / "walk.cpp").write_text(self.MAIN)
        compiled = subprocess.run(
            ["g++", "-w", "-O1", "walk.cpp", "Cell.cpp", "formula.cpp", "-o", "walk"], cwd=source, capture_output=True, text=True
        )
        self.assertEqual(compiled.returncode, 0, compiled.stderr[-3000:])
        lines = subprocess.run([source / "walk"], capture_output=True, text=True, check=True).stdout.splitlines()
        numbers = [np.array([float(word) for word in line.split()]) for line in lines]
        return numbers[0], numbers[1][1], numbers[2]

    def test_cells_walk_through_the_levels_of_a_simulated_device(self):
        device = variant()
        walk, voltage, _ = self.walk(device)
        described = describe(device)
        levels = described.conductances
        np.testing.assert_allclose(walk, [*levels, *levels[-2::-1]], rtol=1e-7)
        self.assertAlmostEqual(voltage, described.write[0])
        print("NeuroSim: MeasuredDevice (S)", walk)

    def test_cells_on_an_exponential_come_close_to_the_levels(self):
        device = without_spread(measured.read_measured(GOLDEN / "measured.csv"))
        walk, _, real = self.walk(device)
        levels = device.conductances
        np.testing.assert_allclose(walk, [*levels, *levels[-2::-1]], rtol=1e-7)
        distance = np.abs(real - walk).max() / np.ptp(levels)
        print("NeuroSim: largest distance of RealDevice from the levels, in ranges", distance)
        self.assertLess(distance, 0.05)


@needs("AIHWKIT")
class Aihwkit(Foreign):
    def setUp(self):
        super().setUp()
        sys.path.insert(0, os.environ["AIHWKIT"])

    def test_analog_tile_moves_by_one_level_with_each_pulse(self):
        import torch
        from aihwkit.nn import AnalogLinear
        from aihwkit.simulator.configs import SingleRPUConfig
        from aihwkit.simulator.configs.utils import PulseType, UpdateParameters

        device = measured.read_measured(GOLDEN / "measured.csv")
        module = self.imported(without_spread(device), "aihwkit")
        config = SingleRPUConfig(device=module.SpinsweepDevice())
        config.update = UpdateParameters(pulse_type=PulseType.NONE_WITH_DEVICE)
        config.update.desired_bl = 1
        config.update.update_bl_management = config.update.update_management = False
        config.update.pulse_type = PulseType.DETERMINISTIC_IMPLICIT
        layer = AnalogLinear(1, 1, bias=False, rpu_config=config)
        layer.set_weights(torch.tensor([[-1.0]]))
        tile = next(layer.analog_tiles())
        tile.set_learning_rate(1.0)
        walk = [float(layer.get_weights()[0])]
        for _ in range(len(device.conductances) - 1):
            tile.update(torch.ones(1, 1), -torch.ones(1, 1))
            walk.append(float(layer.get_weights()[0]))
        wanted = 2 * (device.conductances - device.conductances[0]) / np.ptp(device.conductances) - 1
        print("aihwkit: weights after each pulse", walk, "levels", wanted)
        np.testing.assert_allclose(walk, wanted, atol=0.05)

    def test_inference_has_the_errors_and_the_jumps(self):
        import torch

        module = self.imported(variant(), "aihwkit")
        noise = module.SpinsweepNoiseModel()
        described = describe(variant())
        weights = torch.rand(300, 20) * 2 - 1
        conductances, _ = noise.g_converter.convert_to_conductances(weights)
        self.assertLessEqual(max(float(g.max()) for g in conductances), described.conductances[-1] * 1e6 * 1.0001)
        programmed, _ = noise.apply_programming_noise(weights)
        later = noise.apply_noise(weights, 1e9)
        count = lambda w: len(np.unique(np.round(w.numpy(), 5)))
        print("aihwkit: weights with written devices", count(programmed), "after 1e9 s", count(later))
        self.assertGreater(count(later), count(programmed))


@needs("MUMAX3")
class Mumax3(Foreign):
    def test_checks_the_script(self):
        script = export_mumax.save_mx3(RESULTS, "synapse", 3, self.folder)
        check = lambda: subprocess.run([os.environ["MUMAX3"], script], capture_output=True, text=True)
        self.assertEqual(check().returncode, 0, check().stdout)
        print("mumax3:", check().stdout.strip().rsplit("/", 1)[-1])
        script.write_text(script.read_text().replace("Dind =", "Dindd ="))
        self.assertNotEqual(check().returncode, 0)


@needs("UBERMAG")
class Ubermag(Foreign):
    READ = """
import sys, numpy, discretisedfield
field = discretisedfield.Field.from_file(sys.argv[1])
numpy.savez(sys.argv[2], array=field.array, pmax=field.mesh.region.pmax, unit=str(field.unit))
"""
    WRITE = """
import sys, numpy, discretisedfield
m = numpy.load(sys.argv[1])
mesh = discretisedfield.Mesh(p1=(0, 0, 0), p2=(240e-9, 32e-9, 2e-9), n=m.shape[:3])
field = discretisedfield.Field(mesh, nvdim=3, value=m, unit="1")
for name, representation in zip(sys.argv[2::2], sys.argv[3::2]):
    field.to_file(name, representation=representation) if representation else field.to_file(name)
"""

    def test_reads_what_fields_writes_and_fields_reads_what_it_writes(self):
        from spinsweep import fields

        state = variant().snapshots.isel(case=0, snapshot_time=0)
        field = fields.Field(np.asarray(state), (4e-9, 4e-9, 2e-9))
        for name in ("out.ovf", "out.h5"):
            fields.save(field, self.folder / name)
            self.python(self.READ, self.folder / name, self.folder / "seen.npz", path=os.environ["UBERMAG"])
            seen = np.load(self.folder / "seen.npz")
            np.testing.assert_array_equal(seen["array"][:, :, 0].transpose(1, 0, 2), field.values)
            np.testing.assert_allclose(seen["pmax"], (240e-9, 32e-9, 2e-9))
        np.save(self.folder / "m.npy", field.values.transpose(1, 0, 2)[:, :, None])
        kinds = {"bin8.ovf": "bin8", "bin4.omf": "bin4", "text.ovf": "txt", "h.h5": "", "b.vtk": "bin", "t.vtk": "txt", "x.vtk": "xml"}
        arguments = [str(part) for name, kind in kinds.items() for part in (self.folder / name, kind)]
        self.python(self.WRITE, self.folder / "m.npy", *arguments, path=os.environ["UBERMAG"])
        for name in kinds:
            found = fields.read(self.folder / name)
            np.testing.assert_allclose(found.cell, field.cell, rtol=1e-9)
            difference = np.abs(found.values - field.values).max()
            print("ubermag:", name, "largest difference", difference)
            self.assertLessEqual(difference, 1e-6 if name in ("bin4.omf", "t.vtk") else 3e-16)


@needs("PARQUET")
class Parquet(Foreign):
    READ = """
import { readFileSync } from "fs";
import { parquetReadObjects, parquetMetadata } from "hyparquet";
const bytes = readFileSync(process.argv[1]);
const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
const plain = (key, value) => (typeof value === "bigint" ? Number(value) : Number.isNaN(value) ? null : value);
console.log(JSON.stringify({ rows: await parquetReadObjects({ file }), metadata: parquetMetadata(file).key_value_metadata }, plain));
"""

    def test_reader_has_every_value_and_the_units(self):
        for name in ("variants", "accuracies", "synapse_cases", "neuron_cases"):
            frame = spinsweep.open(RESULTS).table(name)
            tables.save(frame, self.folder / "table.parquet")
            script = pathlib.Path(os.environ["PARQUET"]) / "read_table.mjs"
            code = self.READ.replace("process.argv[1]", json.dumps(str(self.folder / "table.parquet")))
            done = subprocess.run(["node", "--input-type=module", "-e", code], cwd=os.environ["PARQUET"], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            seen = json.loads(done.stdout)
            self.assertEqual(len(seen["rows"]), len(frame))
            for row, (_, wanted) in zip(seen["rows"], frame.iterrows()):
                for column, value in wanted.items():
                    if isinstance(value, float) and math.isnan(value):
                        self.assertIsNone(row[column])
                    else:
                        self.assertEqual(row[column], value)
            schema = json.loads({m["key"]: m["value"] for m in seen["metadata"]}["table_schema"])
            self.assertEqual(schema, json.loads(json.dumps(tables.schema(frame))))
            print("hyparquet:", name, len(frame), "rows")


if __name__ == "__main__":
    unittest.main(verbosity=2)
