"""Devices, tables and figures for other programs; measured devices in place of simulated ones."""

import importlib.util
import json
import os
import pathlib
import sys
import tempfile
import types
import unittest
import unittest.mock
import zlib

import h5py
import numpy as np
import pandas

os.environ["MPLBACKEND"] = "Agg"
RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"])
HERE = pathlib.Path(__file__).parent
GOLDEN = HERE / "golden"
sys.path.insert(0, os.environ["SPINSWEEP_PYTHON"])
import spinsweep
from spinsweep import export_devices, export_mumax, measured, plot, tables
from spinsweep.mapping import Levels


def opened(name="full.h5"):
    return spinsweep.open(RESULTS / name)


def variant():
    return opened().variant(notches_count=3, material_dmi=1e-3)


class Measured(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_devices_have_the_mean_and_spread_of_each_level(self):
        device = measured.read_measured(GOLDEN / "measured.csv")
        np.testing.assert_allclose(device.conductances, [1.00e-4, 1.20e-4, 1.555e-4, 2.00e-4])
        np.testing.assert_allclose(device.spread, [2e-6, 5e-6, 1e-6 / np.sqrt(2), 6e-6])
        self.assertTrue(np.isnan(device.values[2, 2]))
        wanted = np.sqrt(np.mean(device.spread**2)) / 1e-4
        self.assertAlmostEqual(device.device_to_device_sigma, wanted)

    def test_devices_give_the_errors_that_were_measured(self):
        device = measured.read_measured(GOLDEN / "measured.csv")
        drawn = device.draw(np.zeros(1000), np.random.default_rng(1))
        self.assertEqual(set(np.round(drawn, 6)), {-0.02, 0.0, 0.02})

    def test_files_that_are_wrong_are_refused_with_the_line(self):
        for text, message in (
            ("level,conductance\n1,1e-4\n", "has no column device; expected level, device, conductance"),
            ("level,device,conductance\n1,a,x\n", ":2: level and conductance must be numbers"),
            ("level,device,conductance\n1,a,1e-4\n2,a,-1e-4\n", ":3: a conductance of -0.0001 S; expected a positive number"),
            ("level,device,conductance\n1,a,1e-4\n", "has 1 level; expected at least two"),
            ("level,device,conductance\n1,a,1e-4\n2,a,1e-4\n", "two levels have the same mean conductance"),
        ):
            path = self.folder / "bad.csv"
            path.write_text(text)
            with self.assertRaisesRegex(spinsweep.SpinsweepError, message):
                measured.read_measured(path)


class Exports(unittest.TestCase):
    def test_of_a_device_are_the_golden_files(self):
        device = measured.read_measured(GOLDEN / "measured.csv")
        for name, format in (("device.json", "json"), ("crosssim.txt", "crosssim"), ("aihwkit.txt", "aihwkit"), ("neurosim.txt", "neurosim")):
            text = export_devices.FORMATS[format](device)
            if os.environ.get("SPINSWEEP_WRITE_DOCS"):
                (GOLDEN / name).write_text(text, encoding="utf-8")
            self.assertEqual(text, (GOLDEN / name).read_text(encoding="utf-8"), name)

    @unittest.skipUnless(importlib.util.find_spec("jsonschema"), "python3-jsonschema is missing")
    def test_as_json_fulfil_the_published_schema(self):
        import jsonschema

        schema = json.loads((HERE.parents[1] / "docs" / "device.schema.json").read_text())
        for device in (measured.read_measured(GOLDEN / "measured.csv"), *opened().each_variant()):
            jsonschema.validate(json.loads(export_devices.to_json(device)), schema)
        with self.assertRaises(jsonschema.ValidationError):
            jsonschema.validate({**json.loads(export_devices.to_json(device)), "colour": "red"}, schema)

    def test_of_a_simulated_device_have_its_levels_and_pulse(self):
        found = json.loads(export_devices.to_json(variant()))
        self.assertEqual(found["levels"]["conductance_S"], variant().levels.values.tolist())
        # V = J rho L
        self.assertAlmostEqual(found["write"]["voltage_V"], 0.9e12 * 2e-6 * 240e-9)
        self.assertEqual(found["parameters"], {"notches_count": 3.0, "material_dmi": 1e-3})

    def test_for_crosssim_write_the_nearest_level_with_its_error(self):
        # A stand-in for the two modules of CrossSim that the file imports.
        backend = types.ModuleType("simulator.backend")
        backend.ComputeBackend = lambda: np
        idevice = types.ModuleType("simulator.devices.idevice")
        idevice.EmptyDevice = object
        with unittest.mock.patch.dict(sys.modules, {"simulator.backend": backend, "simulator.devices.idevice": idevice}):
            names = {}
            exec(export_devices.to_crosssim(measured.read_measured(GOLDEN / "measured.csv")), names)
        device = names["SpinsweepDevice"]()
        np.random.seed(1)
        written = device.programming_error(np.full(20000, 0.61))
        self.assertAlmostEqual(written.mean(), 0.6, places=3)
        self.assertAlmostEqual(written.std(), 0.025, places=3)
        np.testing.assert_allclose(device.LEVELS, [0.5, 0.6, 0.7775, 1.0])

    def test_for_aihwkit_reach_every_level_by_one_pulse_each(self):
        simulated = variant()
        source = export_devices.to_aihwkit(simulated)
        response = lambda name: json.loads(source.split(f"{name}: List[float] = field(default_factory=lambda: ")[1].split(")")[0])
        step = float(source.split("dw_min: float = ")[1].split("\n")[0])
        weights = 2 * Levels.of(simulated.levels.values).relative - 1
        for name, path, sign in (("piecewise_up", weights, 1), ("piecewise_down", weights[::-1], -1)):
            nodes = response(name)
            w = path[0]
            for wanted in path[1:]:
                w = np.clip(w + sign * step * np.interp(w, np.linspace(-1, 1, len(nodes)), nodes), -1, 1)
                self.assertAlmostEqual(w, wanted, delta=0.05)

    def test_for_neurosim_have_the_curve_that_fits_the_levels(self):
        x = np.linspace(0, 1, 12)
        for a in (0.3, 2.0, -0.7):
            curve = np.expm1(-x / a) / np.expm1(-1 / a)
            self.assertAlmostEqual(export_devices.fitted_curvature(curve), a, places=5)
        self.assertGreater(abs(export_devices.fitted_curvature(x)), 1e6)

    def test_of_a_case_for_mumax3_have_its_mesh_state_and_current(self):
        with tempfile.TemporaryDirectory() as folder:
            with h5py.File(RESULTS / "full.h5") as file:
                case = int(np.flatnonzero((file["synapse/notches_count"][:] == 3) & (file["synapse/pulse_current_density"][:] == 0.9e12))[0])
                initial = file["synapse/snapshot"][case, 0]
            script = export_mumax.save_mx3(RESULTS / "full.h5", "synapse", case, folder)
            text = script.read_text()
            for line in ("SetGridSize(60, 8, 1)", "J = vector(0, 0, 9e+11)", "Run(2e-09)", "Run(4e-10)", "FixedLayer = vector(0, -1, 0)", "Dind = 0.001"):
                self.assertIn(line + "\n", text)
            ovf = (pathlib.Path(folder) / "initial.ovf").read_bytes()
            at = ovf.index(b"Data Binary 4\n") + len(b"Data Binary 4\n")
            self.assertEqual(np.frombuffer(ovf[at : at + 4], "<f4")[0], 1234567.0)
            np.testing.assert_array_equal(np.frombuffer(ovf[at + 4 :][: initial.nbytes], "<f4").reshape(initial.shape), initial)
            png = (pathlib.Path(folder) / "mask.png").read_bytes()
            data = png[png.index(b"IDAT") + 4 :]
            rows = np.frombuffer(zlib.decompressobj().decompress(data), np.uint8).reshape(8, 61)[:, 1:]
            np.testing.assert_array_equal(rows[::-1] == 0, np.any(initial != 0, axis=-1))
            copy = pathlib.Path(folder) / "copy.h5"
            copy.write_bytes((RESULTS / "full.h5").read_bytes())
            with h5py.File(copy, "r+") as file:
                file.attrs["sweep"] = file.attrs["sweep"].replace("pulse.rise = 0\n", "pulse.rise = 1e-10\n")
            with self.assertRaisesRegex(spinsweep.SpinsweepError, "no mumax3 script of a case with pulse.rise$"):
                export_mumax.save_mx3(copy, "synapse", case, folder)
            with self.assertRaisesRegex(spinsweep.SpinsweepError, "the synapse has no finished case 99"):
                export_mumax.save_mx3(RESULTS / "full.h5", "synapse", 99, folder)


class Tables(unittest.TestCase):
    def test_have_a_row_for_each_and_units_in_their_columns(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "cases.csv"
            tables.save(opened().table("synapse_cases"), path)
            found = pandas.read_csv(path)
        self.assertEqual(len(found), 8)
        self.assertLessEqual({"notches_count", "material_dmi (J m-2)", "pulse_current_density (A m-2)", "final_conductance (S)", "status"}, set(found))
        self.assertEqual(len(opened().table("variants")), 4)

    def test_of_accuracies_have_those_that_are_known(self):
        frame = opened().table("accuracies")
        self.assertEqual(len(frame), 4 * 2 * 2 * 4)
        row = frame.query("notches_count == 3 and material_dmi == 1e-3 and dataset == 'mnist' and seed == 2 and deployment == 'qat max_abs'")
        wanted = opened().accuracy.sel(notches_count=3, material_dmi=1e-3, dataset="mnist", seed=2, deployment="qat max_abs")
        self.assertEqual(float(row.test_accuracy.iloc[0]), float(wanted))
        self.assertEqual(len(opened("partial.h5").table("accuracies")), 0)

    @unittest.skipUnless(importlib.util.find_spec("pyarrow") or importlib.util.find_spec("fastparquet"), "no package that writes Parquet")
    def test_read_the_same_from_parquet(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "variants.parquet"
            tables.save(opened().table("variants"), path)
            pandas.testing.assert_frame_equal(pandas.read_parquet(path), opened().table("variants"))

    def test_of_another_name_or_ending_are_refused(self):
        with self.assertRaisesRegex(spinsweep.NotInStudy, "there are variants, accuracies, neuron_cases, synapse_cases"):
            opened().table("levels")
        with self.assertRaisesRegex(spinsweep.SpinsweepError, "as .csv or .parquet"):
            tables.save(opened().table("variants"), "x.xlsx")


class Plots(unittest.TestCase):
    def test_draw_what_the_study_has(self):
        import matplotlib.pyplot as plt

        study = opened()
        axes = plt.figure().add_subplot()
        self.assertIs(plot.levels(study, axes), axes)
        self.assertEqual([label.get_text() for label in axes.get_yticklabels()][0], "notches 2, DMI 1 mJ m⁻² (3)")
        np.testing.assert_allclose(axes.lines[4].get_xdata() * 1e-6, study.variant(notches_count=3, material_dmi=1e-3).levels)
        self.assertEqual(len(plot.positions(study).lines), 4)
        self.assertEqual(len(plot.activation(study).lines), 2)
        trace = plot.trace(study, notches_count=3, material_dmi=1e-3)
        self.assertEqual(trace.get_ylabel(), "wall position (nm)")
        self.assertEqual(len(trace.lines), 2)
        self.assertEqual(len(plot.accuracy(study, "mnist").containers), 4)

    def test_of_what_is_not_known_say_so(self):
        with self.assertRaisesRegex(spinsweep.NotInStudy, "no levels are known"):
            plot.levels(opened("partial.h5"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
