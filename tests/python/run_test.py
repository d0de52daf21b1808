"""spinsweep.run(): sweeps made in Python are run, and what goes wrong is an exception with the program's words."""

import contextlib
import io
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import tomllib
import unittest
import unittest.mock

import numpy as np

sys.path.insert(0, os.environ["SPINSWEEP_PYTHON"])
import spinsweep
from spinsweep import progress
from spinsweep.toml_text import sweep_text

SWEEP = {
    "study": {"name": "small"},
    "material": {"anisotropy": 1e6, "damping": 0.6},
    "synapse": {
        "length": 120e-9,
        "width": 24e-9,
        "cell": 4e-9,
        "notches.diameter": 12e-9,
        "pulse": {"duration": 0.5e-9, "relaxation": 0.1e-9},
        "output": {"interval": 100e-12, "snapshots": 2},
        "sweep": {"notches.count": [1, 2], "pulse.current_density": np.array([0.3e12, 0.9e12])},
    },
}


class SweepText(unittest.TestCase):
    def test_is_the_toml_that_holds_the_same(self):
        read = tomllib.loads(sweep_text(SWEEP))
        self.assertEqual(read["synapse"]["notches"], {"diameter": 12e-9})
        self.assertEqual(read["synapse"]["sweep"]["notches.count"], [1, 2])
        self.assertEqual(read["synapse"]["sweep"]["pulse.current_density"], [0.3e12, 0.9e12])
        self.assertEqual(read["synapse"]["pulse"], SWEEP["synapse"]["pulse"])

    def test_has_tables_of_deployments_and_axes_of_every_form(self):
        deployments = [{"method": ["ptq", "qat"], "mapping": "mse"}, {"method": "qat", "device_to_device_sigma": 0.05}]
        axes = {"material.dmi": {"from": 1e-3, "to": 2e-3, "step": 0.5e-3}, "zip": [["notches.count", "notches.diameter"]]}
        read = tomllib.loads(sweep_text({"network": {"hidden": [], "deployment": deployments}, "synapse": {"sweep": axes}, "name": None}))
        self.assertEqual(read, {"network": {"hidden": [], "deployment": deployments}, "synapse": {"sweep": axes}})

    def test_keeps_every_digit_and_every_character(self):
        read = tomllib.loads(sweep_text({"a": {"x": 0.1 + 0.2, "y": np.float64(1) / 3, "z": 'ä "quoted"\n', "t": True, "n": np.int32(7)}}))
        self.assertEqual(read["a"], {"x": 0.1 + 0.2, "y": 1 / 3, "z": 'ä "quoted"\n', "t": True, "n": 7})

    def test_refuses_what_toml_cannot_hold(self):
        with self.assertRaisesRegex(TypeError, "a sweep cannot hold"):
            sweep_text({"a": {"x": object()}})


class Run(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_of_a_dict_returns_the_study(self):
        lines = []
        study = spinsweep.run(SWEEP, ranks=2, output=self.folder / "small.h5", progress=lines.append, material__damping=0.5)
        self.assertEqual(study.name, "small")
        self.assertEqual(study.sweep["material"]["damping"], 0.5)
        self.assertEqual(study.progress.loc["synapse", "done"], 4)
        self.assertEqual(len(study.variant(notches_count=2).traces.case), 2)
        self.assertTrue(any(line.startswith("synapse 4/4") for line in lines), lines)
        self.assertIn("4 of 4 cases done, 0 failed", lines)

    def test_again_resumes_and_computes_nothing(self):
        spinsweep.run(SWEEP, ranks=1, output=self.folder / "small.h5", progress=False)
        before = (self.folder / "small.h5").read_bytes()
        spinsweep.run(SWEEP, ranks=1, output=self.folder / "small.h5", progress=False)
        self.assertEqual((self.folder / "small.h5").read_bytes(), before)

    def test_of_a_wrong_sweep_raises_the_programs_message(self):
        path = self.folder / "wrong.toml"
        path.write_text("[synapse]\nlenght = 1e-7\n")
        with self.assertRaisesRegex(spinsweep.RunError, r"wrong.toml:2:1: .*unknown key.*length") as caught:
            spinsweep.run(path, ranks=2, output=self.folder / "wrong.h5", progress=False)
        self.assertEqual(caught.exception.code, 2)
        self.assertFalse((self.folder / "wrong.h5").exists())

    def test_of_a_wrong_dict_shows_the_line(self):
        wrong = {**SWEEP, "synapse": {**SWEEP["synapse"], "lenght": 1e-7}}
        with self.assertRaises(spinsweep.RunError) as caught:
            spinsweep.run(wrong, ranks=1, output=self.folder / "wrong.h5", progress=False)
        self.assertRegex(str(caught.exception), r"^small\.toml:\d+:1: unknown key lenght; .*\n    lenght = 1e-07$")

    def test_in_a_terminal_shows_progress_on_a_line_of_its_own(self):
        lines = progress.Lines()
        with contextlib.redirect_stdout(io.StringIO()) as shown, unittest.mock.patch.object(shown, "isatty", lambda: True):
            for line in ("synapse: 2 cases", "synapse 1/2, 10 s left: case 0", "synapse 2/2: case 1", "2 of 2 cases done"):
                lines.show(line)
            lines.finish()
        self.assertEqual(
            shown.getvalue(),
            "synapse: 2 cases\n\rsynapse 1/2, 10 s left: case 0\rsynapse 2/2: case 1           \n2 of 2 cases done\n",
        )

    def test_in_a_narrow_terminal_cuts_progress_to_one_row(self):
        lines = progress.Lines()
        with contextlib.redirect_stdout(io.StringIO()) as shown, unittest.mock.patch.object(shown, "isatty", lambda: True):
            with unittest.mock.patch.dict(os.environ, {"COLUMNS": "20"}):
                lines.show("synapse 1/2, 10 s left: case 0: notches.count 5")
            lines.finish()
        self.assertEqual(shown.getvalue(), "\rsynapse 1/2, 10 s l\n")

    def test_of_a_file_that_cannot_be_written_raises_too(self):
        with self.assertRaisesRegex(spinsweep.RunError, "^/.*nowhere: no such folder$") as caught:
            spinsweep.run(SWEEP, ranks=1, output=self.folder / "nowhere" / "small.h5", progress=False)
        self.assertEqual(caught.exception.code, 3)

    def test_is_of_the_programs_version(self):
        done = subprocess.run([os.environ["SPINSWEEP"], "--version"], capture_output=True, text=True, check=True)
        # A program that was not built in a repository has no revision in brackets.
        self.assertRegex(done.stdout, rf"^spinsweep {re.escape(spinsweep.__version__)}[ ,\n]")

    def test_without_a_program_says_how_to_name_one(self):
        with unittest.mock.patch.dict(os.environ, {"SPINSWEEP": "/nowhere/spinsweep"}):
            with self.assertRaisesRegex(spinsweep.SpinsweepError, "/nowhere/spinsweep: no such program"):
                spinsweep.run(SWEEP, ranks=1, output=self.folder / "small.h5", progress=False)

    def test_can_be_watched_and_stopped_and_resumed(self):
        long = {**SWEEP, "synapse": {**SWEEP["synapse"], "pulse": {"duration": 400e-9, "relaxation": 0.0}}}
        started = spinsweep.start(long, ranks=1, output=self.folder / "long.h5", progress=False)
        try:
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline and started.is_running:
                try:
                    if started.study.progress.loc["synapse", ["running", "done"]].sum() > 0:
                        break
                except spinsweep.ForeignFile:
                    pass
                time.sleep(0.05)
            self.assertGreater(started.study.progress.loc["synapse", ["running", "done"]].sum(), 0)
        finally:
            started.stop()
        if started.is_running or started._process.returncode != 0:
            with self.assertRaisesRegex(spinsweep.RunError, "interrupted; the same call resumes it"):
                started.wait()


if __name__ == "__main__":
    unittest.main(verbosity=2)
