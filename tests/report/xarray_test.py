"""A results file as xarray users meet it."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import h5py
import matplotlib.image
import xarray

RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"])
ANALYSIS = pathlib.Path(os.environ["SPINSWEEP_ANALYSIS"])


def groups(path):
    found = []
    with h5py.File(path) as file:
        file.visititems(lambda name, item: found.append(name) if isinstance(item, h5py.Group) else None)
    return found


class Xarray(unittest.TestCase):
    def test_opens_every_group_with_both_engines_and_reads_the_same(self):
        for path in RESULTS.glob("*.h5"):
            for group in groups(path):
                # The coordinates of /network/baseline lie in its parent, which h5netcdf and netcdf4 resolve alike.
                with xarray.open_dataset(path, group=group, engine="netcdf4") as a, xarray.open_dataset(
                    path, group=group, engine="h5netcdf"
                ) as b:
                    self.assertTrue(a.variables, group)
                    self.assertTrue(a.equals(b), f"{path.name}/{group}")

    def test_writes_every_group_to_a_netcdf_file_and_reads_it_back_with_both_engines(self):
        with tempfile.TemporaryDirectory() as folder:
            path, copy = RESULTS / "full.h5", pathlib.Path(folder) / "copy.nc"
            for group in groups(path):
                for engine in ("netcdf4", "h5netcdf"):
                    with self.subTest(group=group, engine=engine):
                        with xarray.open_dataset(path, group=group, engine=engine) as data:
                            data.to_netcdf(copy, engine=engine)
                            with xarray.open_dataset(copy, engine=engine) as again:
                                self.assertTrue(data.equals(again))

    def test_finds_units_and_a_long_name_on_every_quantity_of_the_analysis(self):
        with xarray.open_dataset(RESULTS / "full.h5", group="analysis") as data:
            for name, variable in data.data_vars.items():
                self.assertIn("long_name", variable.attrs, name)
                if variable.dtype.kind == "f":
                    self.assertIn("units", variable.attrs, name)
            self.assertEqual(data.status.flag_meanings.split()[int(data.status)], "done")

    def test_gives_every_trace_the_sample_times_of_its_case(self):
        for group, end in (("synapse", 2.4e-9), ("neuron", 1e-9)):
            with xarray.open_dataset(RESULTS / "full.h5", group=group) as data:
                for name in ("magnetization", "wall_position", "conductance", "energy"):
                    self.assertIn("sample_time", data[name].coords, name)
                self.assertEqual(data.sample_time.attrs["units"], "s")
                self.assertAlmostEqual(float(data.sample_time.isel(time=-1).min()), end, delta=1e-18)

    def test_example_draws_its_plot(self):
        with tempfile.TemporaryDirectory() as folder:
            plot = pathlib.Path(folder) / "plot.png"
            example = ANALYSIS / "example_xarray.py"
            subprocess.run(
                [sys.executable, example, RESULTS / "full.h5", plot],
                check=True,
                env={**os.environ, "MPLBACKEND": "Agg"},
            )
            self.assertGreater(matplotlib.image.imread(plot).std(), 0.05)
            code = [
                line for line in example.read_text().split('"""')[2].splitlines() if line and not line.startswith("#")
            ]
            self.assertLessEqual(len(code), 10)


if __name__ == "__main__":
    unittest.main(verbosity=2)
