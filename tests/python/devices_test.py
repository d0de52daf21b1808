"""Devices, tables and figures for other programs; measured devices in place of simulated ones."""

import contextlib
import importlib.util
import io
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
from scipy.linalg import expm

os.environ["MPLBACKEND"] = "Agg"
RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"])
HERE = pathlib.Path(__file__).parent
GOLDEN = HERE / "golden"
sys.path.insert(0, os.environ["SPINSWEEP_PYTHON"])
import spinsweep
from spinsweep import export_devices, export_mumax, fields, measured, tables
from spinsweep.__main__ import main
from spinsweep.device import describe
from spinsweep.mapping import Levels


def opened(name="full.h5"):
    return spinsweep.open(RESULTS / name)


def variant():
    return opened().variant(notches_count=3, material_dmi=1e-3)


def reached_levels(programming):
    """Of each level whether a write has reached it."""
    return np.isfinite(programming.level_conductance.values).tolist()


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

    def test_devices_of_a_study_have_what_programming_has_left(self):
        device = measured.written(variant())
        programming = variant().programming
        reached = reached_levels(programming)
        self.assertIn(False, reached, "no level is left out")
        self.assertEqual(int(programming.levels_reached), sum(reached))
        np.testing.assert_array_equal(device.conductances, programming.level_conductance.values[reached])
        np.testing.assert_array_equal(device.values[:, 0], programming.conductance.values[reached, 0])
        with self.assertRaisesRegex(spinsweep.NotInStudy, "the study has no programming"):
            measured.written(opened("sampled.h5").each_variant()[0])

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

    def test_of_a_written_device_have_what_writing_left(self):
        found = json.loads(export_devices.to_json(variant()))
        programming = variant().programming
        self.assertEqual(found["levels"]["source"], "written")
        reached = reached_levels(programming)
        self.assertEqual(found["levels"]["conductance_S"], programming.level_conductance.values[reached].tolist())
        self.assertEqual(found["write"]["error_probability"], programming.write_error.values[reached].tolist())
        # V = J rho L
        self.assertAlmostEqual(found["write"]["voltage_V"], 0.9e12 * 2e-6 * 240e-9)
        self.assertEqual(found["write"]["energy_J"], float(programming.mean_write_energy))
        self.assertEqual(found["parameters"], {"notches_count": 3.0, "material_dmi": 1e-3})

    def test_of_a_device_that_was_not_written_have_the_levels_of_walls_at_rest(self):
        study = opened("sampled.h5")
        found = json.loads(export_devices.to_json(study.each_variant()[0]))
        self.assertEqual(found["levels"]["source"], "relaxed")
        self.assertEqual(found["levels"]["conductance_S"], study.each_variant()[0].levels.values.tolist())
        self.assertNotIn("jumps", found)

    def test_of_a_device_with_barriers_have_the_rates_of_its_jumps(self):
        found = json.loads(export_devices.to_json(variant()))["jumps"]
        kept = variant().retention.isel(temperature=0)
        self.assertEqual(found["temperature_K"], 300)
        forth = float(kept.attempt_frequency_forth[0] * np.exp(-kept.barrier_forth_thermal[0]))
        self.assertAlmostEqual(found["rate_per_s"][0][1] / forth, 1)
        np.testing.assert_allclose(np.sum(found["rate_per_s"], axis=1), 0, atol=1e-9 * forth)
        # The first level is a wall before the first notch, 44 nm away from it: out of its reach.
        self.assertEqual(found["well_of_level"], (np.flatnonzero(reached_levels(variant().programming)) - 1).tolist())

    def test_of_a_device_with_barriers_lose_their_levels_like_the_study(self):
        device = describe(variant())
        kept = variant().retention.isel(temperature=0, time=0)
        wells = int(kept.wells)
        found = expm(device.jumps.rates * float(kept.time))
        np.testing.assert_allclose(found[:wells, :wells], kept.level_probability.values[:wells, :wells], atol=1e-9)
        np.testing.assert_allclose(found[:wells, wells:], kept.loss_probability.values[:wells], atol=1e-9)
        np.testing.assert_array_equal(found[wells:], np.eye(wells + 2)[wells:])
        np.testing.assert_array_equal(device.jumps.conductances[wells:], kept.lost_conductance)

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
        self.assertEqual(set(np.round(written, 9)), {0.575, 0.6, 0.625})
        np.testing.assert_allclose(device.LEVELS, [0.5, 0.6, 0.7775, 1.0])

    def test_for_aihwkit_reach_every_level_by_one_pulse_each(self):
        simulated = variant()
        source = export_devices.to_aihwkit(simulated)
        response = lambda name: json.loads(source.split(f"{name}: List[float] = field(default_factory=lambda: ")[1].split(")")[0])
        step = float(source.split("dw_min: float = ")[1].split("\n")[0])
        weights = 2 * Levels.of(describe(simulated).conductances).relative - 1
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

    def test_as_parquet_are_to_the_byte_what_other_readers_have_read(self):
        frame = pandas.DataFrame({"G": [1e-4, np.nan], "count": [2, -3], "name": ["a", "µ"], "done": [True, False]})
        frame.attrs = {"units": {"G": "S"}, "titles": {"G": "conductance"}}
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "table.parquet"
            tables.save(frame, path)
            found = path.read_bytes()
        if os.environ.get("SPINSWEEP_WRITE_DOCS"):
            (GOLDEN / "table.parquet").write_bytes(found)
        self.assertEqual(found, (GOLDEN / "table.parquet").read_bytes())
        with self.assertRaisesRegex(spinsweep.SpinsweepError, "column x has values of type complex128"):
            tables.save(pandas.DataFrame({"x": [1j]}), "x.parquet")

    @unittest.skipUnless(importlib.util.find_spec("pyarrow") or importlib.util.find_spec("fastparquet"), "no package that reads Parquet")
    def test_read_the_same_from_parquet(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "variants.parquet"
            tables.save(opened().table("variants"), path)
            pandas.testing.assert_frame_equal(pandas.read_parquet(path), opened().table("variants"))

    def test_have_a_schema_with_units(self):
        fields_ = {field["name"]: field for field in tables.schema(opened().table("synapse_cases"))["fields"]}
        self.assertEqual(fields_["final_conductance"]["unit"], "S")
        self.assertEqual(fields_["final_conductance"]["type"], "number")
        self.assertEqual(fields_["status"]["type"], "string")
        self.assertIn("title", fields_["final_position"])

    def test_of_another_name_or_ending_are_refused(self):
        with self.assertRaisesRegex(spinsweep.NotInStudy, "there are variants, accuracies, neuron_cases, synapse_cases"):
            opened().table("levels")
        with self.assertRaisesRegex(spinsweep.SpinsweepError, "as .csv or .parquet"):
            tables.save(opened().table("variants"), "x.xlsx")


class Fields(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.field = fields.Field(np.asarray(variant().snapshots.isel(case=0, snapshot_time=0)), (4e-9, 4e-9, 2e-9))

    def test_are_read_as_they_were_written(self):
        for name in ("a.ovf", "a.omf", "a.h5"):
            fields.save(self.field, self.folder / name)
            found = fields.read(self.folder / name)
            np.testing.assert_array_equal(found.values, self.field.values)
            np.testing.assert_allclose(found.cell, self.field.cell, rtol=1e-12)

    def test_of_one_component_are_too(self):
        mask = fields.Field(np.any(self.field.values != 0, axis=-1, keepdims=True).astype(float), self.field.cell)
        for name in ("mask.ovf", "mask.h5"):
            fields.save(mask, self.folder / name)
            np.testing.assert_array_equal(fields.read(self.folder / name).values, mask.values)

    def test_that_are_none_are_refused(self):
        fields.save(self.field, self.folder / "a.ovf")
        whole = (self.folder / "a.ovf").read_bytes()
        for content, message in (
            (b"OVF 1.0", "does not begin with # OOMMF OVF 2.0"),
            (whole[:2000], "numbers; its header says 1440"),
            (whole.replace(b"# xnodes: 60\n", b""), "its header is not that of a rectangular mesh"),
            (whole.replace(b"Data Binary 8\n", b"Data Binary 8\nx", 1), "the check value of its binary data is wrong"),
            (whole.replace(b"# znodes: 1\n", b"# znodes: 2\n").replace(b"# ynodes: 8\n", b"# ynodes: 4\n"), "one in z"),
        ):
            (self.folder / "bad.ovf").write_bytes(content)
            with self.subTest(message), self.assertRaisesRegex(spinsweep.SpinsweepError, message):
                fields.read(self.folder / "bad.ovf")
        with h5py.File(self.folder / "bad.h5", "w"):
            pass
        with self.assertRaisesRegex(spinsweep.SpinsweepError, "not a field of discretisedfield"):
            fields.read(self.folder / "bad.h5")
        with self.assertRaisesRegex(spinsweep.SpinsweepError, "written as .ovf or .h5"):
            fields.save(self.field, self.folder / "a.vtk")


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def run_main(self, *arguments):
        with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.redirect_stderr(io.StringIO()) as complained:
            code = main([str(a) for a in arguments])
        return code, said.getvalue(), complained.getvalue()

    def test_exports_devices_tables_and_cases(self):
        chosen = ("--variant", "notches_count=3", "material_dmi=1e-3")
        code, said, _ = self.run_main("export-device", RESULTS / "full.h5", *chosen, "--format", "crosssim", "-o", self.folder / "d.py")
        self.assertEqual((code, said), (0, f"{self.folder / 'd.py'}: notches 3, DMI 1 mJ m⁻²\n"))
        self.assertEqual((self.folder / "d.py").read_text(), export_devices.to_crosssim(variant()))
        code, said, _ = self.run_main(
            "export-table", RESULTS / "full.h5", "variants", "-o", self.folder / "v.csv", "--schema", self.folder / "v.json"
        )
        self.assertEqual(code, 0)
        self.assertIn("4 rows", said)
        self.assertEqual(json.loads((self.folder / "v.json").read_text()), tables.schema(opened().table("variants")))
        code, _, _ = self.run_main("export-case", RESULTS / "full.h5", "--case", 1, "--format", "mx3", "-o", self.folder / "case")
        self.assertEqual(code, 0)
        self.assertTrue((self.folder / "case" / "case.mx3").is_file())

    def test_says_in_a_line_what_is_wrong(self):
        code, _, complained = self.run_main("export-table", RESULTS / "full.h5", "levels", "-o", self.folder / "v.csv")
        self.assertEqual(code, 3)
        self.assertRegex(complained, "^spinsweep: .*no table 'levels'")
        code, _, complained = self.run_main("export-device", RESULTS / "full.h5", "--format", "json", "-o", self.folder / "d.json")
        self.assertEqual(code, 3)
        self.assertRegex(complained, "^spinsweep: .*4 variants of the synapse match")


if __name__ == "__main__":
    unittest.main(verbosity=2)
