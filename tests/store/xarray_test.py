"""xarray opens every group of a results file with both of its netCDF-4 engines and finds axes, units and status."""

import sys
import unittest

from program import SweepTest, sweep_text

try:
    import h5netcdf  # noqa: F401
    import h5py
    import netCDF4  # noqa: F401
    import xarray
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(77)


class Xarray(SweepTest):
    def test_opens_every_group_with_both_engines(self):
        self.run_sweep(sweep_text('"pulse.current_density" = { reaches_notch = 2, from = 0.1e12, to = 4e12, '
                                  'tolerance = 1e12 }'), "a.h5")
        groups = []
        with h5py.File(self.path("a.h5")) as file:
            file.visititems(lambda name, item: groups.append(name) if isinstance(item, h5py.Group) else None)
            variables = {group: [name for name, item in file[group].items() if isinstance(item, h5py.Dataset)
                                 and b"not a netCDF variable" not in item.attrs.get("NAME", b"")] for group in groups}
        self.assertIn("synapse", groups)
        self.assertIn("variants", groups)
        for engine in ("netcdf4", "h5netcdf"):
            for group in groups:
                with self.subTest(engine=engine, group=group), \
                        xarray.open_dataset(self.path("a.h5"), group=group, engine=engine) as data:
                    data.load()
                    self.assertEqual(sorted(data.variables), sorted(variables[group]))
                    data.to_netcdf(self.path("copy.nc"), engine=engine)
            with xarray.open_dataset(self.path("a.h5"), group="synapse", engine=engine) as data:
                self.assertEqual(data["magnetization"].dims, ("case", "time", "component"))
                self.assertEqual(data["conductance"].attrs["units"], "S")
                self.assertEqual(list(data["status"].values), [2] * data.sizes["case"])
                self.assertIn("pulse_current_density", data["final_position"].coords)
            with xarray.open_dataset(self.path("a.h5"), engine=engine) as data:
                self.assertIn("[synapse.sweep]", data.attrs["sweep"])

    def test_the_high_level_library_finds_and_changes_the_scale_of_each_axis(self):
        self.run_sweep(sweep_text('"pulse.current_density" = [0.5e12, 1e12]'), "a.h5")
        found = []
        with h5py.File(self.path("a.h5"), "r+") as file:
            file.visititems(lambda _, item: found.append(item) if isinstance(item, h5py.Dataset) else None)
            scales = [data for data in found if h5py.h5ds.is_scale(data.id)]
            axes = [(data, number) for data in found if data not in scales for number in range(data.ndim)]
            self.assertGreater(len(axes), 20)
            for data, number in axes:
                self.assertEqual(len(data.dims[number]), 1)
                scale = data.dims[number][0]
                self.assertEqual(scale.shape, data.shape[number : number + 1])
                self.assertTrue(h5py.h5ds.is_attached(data.id, scale.id, number))
            for data, number in axes:
                data.dims[number].detach_scale(data.dims[number][0])
            for scale in scales:
                self.assertNotIn("REFERENCE_LIST", scale.attrs, "nothing refers to it any more")


if __name__ == "__main__":
    unittest.main()
