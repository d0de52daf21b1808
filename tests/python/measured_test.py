"""A study of measured devices, without a simulation: read, exported and reported like any other."""

import contextlib
import io
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import numpy as np

os.environ["MPLBACKEND"] = "Agg"
RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"])
HERE = pathlib.Path(__file__).parent
GOLDEN = HERE / "golden"
sys.path.insert(0, os.environ["SPINSWEEP_PYTHON"])
import spinsweep
from spinsweep import export_devices, measured, plot
from spinsweep.__main__ import main
from spinsweep.device import describe

SWEEP = {
    "study": {"name": "dies"},
    "network": {
        "datasets": ["bands"],
        "data_folder": str(RESULTS / "data"),
        "activation": "relu",
        "hidden": [8],
        "epochs": 3,
        "qat_epochs": 2,
        "device_samples": 2,
        "device_errors": "measured",
        "store_weights": ["ptq", "qat"],
        "measured_devices": [
            {"file": "measured.csv"},
            {"file": "other.csv", "unit": 1e-6, "read_voltage": 0.2, "read_duration": 20e-9},
        ],
        "deployment": [{"method": ["ptq", "qat"], "mapping": "mse"}],
    },
}


class MeasuredStudy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        (cls.folder / "measured.csv").write_text((GOLDEN / "measured.csv").read_text())
        (cls.folder / "other.csv").write_text("level,device,conductance\n0,a,10\n0,b,12\n1,a,30\n1,b,34\n2,b,50\n")
        with contextlib.chdir(cls.folder):
            cls.study = spinsweep.run(SWEEP, ranks=1, output=cls.folder / "dies.h5", progress=False)
        cls.device = measured.read_measured(GOLDEN / "measured.csv")

    def variant(self):
        return self.study.variant(measured_devices="measured")

    def test_has_a_variant_for_each_file_with_its_levels(self):
        self.assertEqual(self.study.variants.measured_devices.values.tolist(), ["measured", "other"])
        self.assertEqual([v.label for v in self.study.each_variant()], ["measured devices measured", "measured devices other"])
        np.testing.assert_allclose(self.variant().levels, self.device.conductances, rtol=1e-15)
        np.testing.assert_allclose(self.study.variant(measured_devices="other").levels, [11e-6, 32e-6, 50e-6])
        self.assertEqual(self.study.variants.sel(measured_devices="measured").levels, 4)
        with self.assertRaisesRegex(spinsweep.NoSuchVariant, "it takes the values measured, other"):
            self.study.variant(measured_devices="third")
        with self.assertRaisesRegex(spinsweep.NoSuchVariant, "they differ in measured_devices"):
            self.study.variant()

    def test_keeps_what_was_measured(self):
        kept = measured.of_variant(self.variant())
        np.testing.assert_allclose(kept.values, self.device.values, rtol=1e-15)
        np.testing.assert_allclose(kept.spread, self.device.spread, rtol=1e-9)
        other = measured.written(self.study.variant(measured_devices="other"))
        self.assertEqual(other.read, (0.2, 20e-9))
        np.testing.assert_array_equal(np.isnan(other.values), [[False, False], [False, False], [True, False]])

    def test_has_no_cases_and_ideal_neurons(self):
        self.assertEqual(self.study.devices, [])
        for missing in (lambda: self.variant().cases, lambda: self.variant().traces, lambda: self.study.cases("neuron"), lambda: self.variant().retention):
            with self.assertRaises(spinsweep.NotInStudy):
                missing()
        self.assertIsNone(self.variant().parameter("notches.count"))
        self.assertEqual(self.study.neuron().activation.values.tolist(), [1.0, 0.0, 0.0])

    def test_has_accuracies_and_networks_by_the_names_of_the_devices(self):
        accuracy = self.study.accuracy.sel(dataset="bands", measured_devices="measured")
        self.assertTrue(np.isfinite(accuracy).all())
        self.assertEqual(sorted(set(self.study.table("accuracies").measured_devices)), ["measured", "other"])
        network = self.study.network("bands", "ptq mse", measured_devices="measured")
        self.assertLessEqual(len(network.layers[0].codebooks[0]), 4)
        self.assertTrue(np.isfinite(network.logits(np.zeros((1, network.sizes[0])))).all())

    def test_exports_its_devices_as_if_the_file_had_been_read(self):
        found, wanted = describe(self.variant()), describe(self.device)
        self.assertEqual((found.name, found.source, found.read), ("dies, measured", "measured", wanted.read))
        for quantity in ("conductances", "sigma", "samples"):
            np.testing.assert_allclose(getattr(found, quantity), getattr(wanted, quantity), rtol=1e-9)
        for format, export in export_devices.FORMATS.items():
            self.assertIn("dies, measured", export(self.variant()), format)
        with contextlib.redirect_stdout(io.StringIO()):
            code = main(
                ["export-device", str(self.study.path), "--variant", "measured_devices=other", "--format", "neurosim", "-o", str(self.folder / "cell.txt")]
            )
        self.assertEqual(code, 0)
        self.assertIn("readVoltage = 0.2;", (self.folder / "cell.txt").read_text())

    def test_is_drawn_and_reported(self):
        labels = [text.get_text() for text in plot.levels(self.study).get_yticklabels()]
        self.assertEqual(labels, ["measured devices measured (4)", "measured devices other (3)"])
        plot.accuracy(self.study, "bands")
        with self.assertRaisesRegex(spinsweep.NotInStudy, "the neuron is ideal"):
            plot.activation(self.study)
        report = [sys.executable, "-I", str(HERE.parents[1] / "analysis" / "report"), str(self.study.path), "-o", str(self.folder / "report")]
        done = subprocess.run(report, capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        page = (self.folder / "report" / "index.html").read_text(encoding="utf-8")
        self.assertIn("measured devices other", page)

    def test_is_resumed_with_the_same_files_only(self):
        with contextlib.chdir(self.folder):
            before = (self.folder / "dies.h5").read_bytes()
            spinsweep.run(SWEEP, ranks=1, output=self.folder / "dies.h5", progress=False)
            self.assertEqual((self.folder / "dies.h5").read_bytes(), before)
            text = (self.folder / "other.csv").read_text()
            (self.folder / "other.csv").write_text(text.replace("50", "51"))
            with self.assertRaisesRegex(spinsweep.RunError, "belongs to another study.*measured_devices.*crc32"):
                spinsweep.run(SWEEP, ranks=1, output=self.folder / "dies.h5", progress=False)
            (self.folder / "other.csv").write_text(text)


if __name__ == "__main__":
    unittest.main(verbosity=2)
