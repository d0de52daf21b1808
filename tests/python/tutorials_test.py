"""The tutorials run from the first to the last cell."""

import importlib.util
import os
import pathlib
import sys
import tempfile
import unittest
import unittest.mock

missing = [name for name in ("nbclient", "nbformat", "ipykernel", "torch") if importlib.util.find_spec(name) is None]
if missing:
    print("missing: " + ", ".join(f"python3-{name}" for name in missing))
    sys.exit(77)
import nbclient
import nbformat

ROOT = pathlib.Path(__file__).resolve().parents[2]
RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"])


class Tutorials(unittest.TestCase):
    def run_all(self, name, **environment):
        """The text that the notebook prints, cell by cell."""
        notebook = nbformat.read(ROOT / "docs" / "tutorials" / f"{name}.ipynb", as_version=4)
        self.assertFalse(any(cell.get("outputs") for cell in notebook.cells), "outputs are not stored")
        with unittest.mock.patch.dict(os.environ, {"MPLBACKEND": "Agg", "OMP_NUM_THREADS": "1", **environment}):
            nbclient.NotebookClient(notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
        return ["".join(o.get("text", "") or o.get("data", {}).get("text/plain", "") for o in cell.get("outputs", [])) for cell in notebook.cells]

    def test_from_a_sweep_file_to_table_2(self):
        with tempfile.TemporaryDirectory() as folder:
            texts = self.run_all(
                "sweep_to_table_2", TUTORIAL_SWEEP=str(RESULTS / "full.toml"), TUTORIAL_RESULTS=str(pathlib.Path(folder) / "tutorial.h5")
            )
        self.assertTrue(any("notches 2" in text for text in texts))
        self.assertIn("weights on levels: True", texts[-1])

    def test_of_a_study_with_one_axis(self):
        grid = (RESULTS / "full.toml").read_text().partition("[programming]")[0]
        with tempfile.TemporaryDirectory() as folder:
            sweep = pathlib.Path(folder) / "one_axis.toml"
            sweep.write_text(grid.replace('"material.dmi" = [1.0e-3, 1.5e-3]\n', ""))
            texts = self.run_all("sweep_to_table_2", TUTORIAL_SWEEP=str(sweep), TUTORIAL_RESULTS=str(sweep.with_suffix(".h5")))
        self.assertTrue(any("notches_count" in text and "material_dmi" not in text for text in texts))
        self.assertIn("weights on levels: True", texts[-1])

    def test_my_own_device_in_my_own_network(self):
        texts = self.run_all("my_device_my_network")
        self.assertTrue(any("levels (S): [0.0001" in text for text in texts), texts)
        trained = next(text for text in texts if text.startswith("trained on levels"))
        self.assertGreater(float(trained.split()[3]), 90)
        self.assertIn("class SpinsweepDevice(EmptyDevice)", texts[-1])


if __name__ == "__main__":
    unittest.main(verbosity=2)
