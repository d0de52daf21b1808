"""spinsweep.open(): what a results file holds, by physical coordinates."""

import os
import pathlib
import shutil
import sys
import tempfile
import unittest

import h5py
import numpy as np
import pandas

RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"])
sys.path.insert(0, os.environ["SPINSWEEP_PYTHON"])
import spinsweep


def stored(name, path=RESULTS / "full.h5"):
    with h5py.File(path) as file:
        return file[name][...]


class Study(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.study = spinsweep.open(RESULTS / "full.h5")

    def copy(self, name="full.h5"):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        return pathlib.Path(shutil.copy(RESULTS / name, folder / "copy.h5"))

    def test_has_the_levels_of_the_variant_with_these_parameters(self):
        count, dmi = stored("variants/notches_count"), stored("variants/material_dmi")
        for k in range(len(count)):
            variant = self.study.variant(notches_count=count[k], material_dmi=dmi[k])
            levels = stored("variants/level_conductance")[k]
            np.testing.assert_array_equal(variant.levels, levels[np.isfinite(levels)])
            self.assertEqual(variant.levels.attrs["units"], "S")
            self.assertEqual(variant.parameters, {"notches_count": count[k], "material_dmi": dmi[k]})

    def test_selects_accuracies_by_names_and_parameters(self):
        accuracy = self.study.accuracy
        self.assertEqual(set(accuracy.dims), {"variant", "neuron", "dataset", "seed", "deployment"})
        found = accuracy.sel(notches_count=3, material_dmi=1.5e-3, dataset="mnist", deployment="qat max_abs")
        names = [name.decode() for name in stored("network/deployment_name")]
        wanted = stored("network/test_accuracy")[3, 0, 1, :, names.index("qat max_abs")]
        np.testing.assert_array_equal(found.squeeze("neuron"), wanted)
        np.testing.assert_array_equal(found.seed, stored("network/seed"))

    def test_every_coordinate_of_an_accuracy_has_a_meaning(self):
        for dim in self.study.accuracy.dims:
            self.assertIn(dim, self.study.accuracy.indexes)

    def test_a_table_of_accuracies_has_the_parameters_as_columns(self):
        table = self.study.accuracy.reset_index("variant").to_dataframe()
        self.assertIsInstance(table, pandas.DataFrame)
        self.assertLessEqual({"notches_count", "material_dmi", "test_accuracy"}, set(table.columns))

    def test_a_variant_may_be_named_by_less_if_one_remains(self):
        with self.assertRaisesRegex(spinsweep.NoSuchVariant, "2 variants of the synapse match; they differ in material_dmi"):
            self.study.variant(notches_count=3)
        self.assertEqual(self.study.neuron().device, "neuron")

    def test_a_variant_may_be_named_by_a_parameter_that_is_not_swept(self):
        variant = self.study.variant(notches_count=3, material_dmi=1e-3, notches_diameter=12e-9)
        self.assertEqual(variant.parameter("notches.diameter"), 12e-9)

    def test_a_variant_that_is_none_is_refused_with_the_values_there_are(self):
        with self.assertRaisesRegex(spinsweep.NoSuchVariant, "no synapse has notches_count = 7; it takes the values 2, 3"):
            self.study.variant(notches_count=7)
        with self.assertRaisesRegex(spinsweep.NoSuchVariant, "colour is no parameter of the synapse; swept: notches_count, material_dmi"):
            self.study.variant(colour=1)
        with self.assertRaises(LookupError):
            self.study.neuron(notches_count=99)

    def test_a_float_need_not_be_given_to_its_last_digit(self):
        self.assertEqual(self.study.variant(notches_count=2, material_dmi=0.5e-3 * 3).parameters["material_dmi"], 1.5e-3)

    def test_a_variants_traces_are_those_of_its_cases(self):
        variant = self.study.variant(notches_count=3, material_dmi=1e-3)
        trace = variant.traces.wall_position.sel(pulse_current_density=0.9e12)
        group = {name: stored(f"synapse/{name}") for name in ("notches_count", "material_dmi", "pulse_current_density")}
        (case,) = np.flatnonzero(
            (group["notches_count"] == 3) & (group["material_dmi"] == 1e-3) & (group["pulse_current_density"] == 0.9e12)
        )
        np.testing.assert_array_equal(trace, stored("synapse/wall_position")[case])
        np.testing.assert_array_equal(trace.time, stored("synapse/sample_time")[case])
        self.assertEqual(list(variant.traces.component.values), ["x", "y", "z"])

    def test_magnetisation_is_read_only_where_it_is_looked_at(self):
        snapshots = self.study.snapshots("synapse")
        self.assertFalse(snapshots.variable._in_memory)
        part = snapshots.isel(case=[2, 0], snapshot_time=-1, y=3)
        np.testing.assert_array_equal(part, stored("synapse/snapshot")[[0, 2]][::-1, -1, 3])
        self.assertEqual(float(snapshots.x[0]), 2e-9)

    def test_coefficients_give_the_activation(self):
        np.testing.assert_array_equal(self.study.neuron().activation, stored("variants/activation_coefficient")[0])
        self.assertEqual(list(self.study.neuron().activation.order.values), [1, 2, 3])

    def test_a_variant_has_its_retention_by_temperature(self):
        kept = self.study.variant(notches_count=3, material_dmi=1.5e-3).retention
        wanted = stored("retention/retention_time")[3]
        np.testing.assert_array_equal(kept.retention_time, wanted)
        np.testing.assert_array_equal(kept.temperature, stored("retention/temperature"))

    def test_effects_are_named_by_parameter(self):
        effects = self.study.effects.main_effect_variance_fraction
        self.assertEqual(list(effects.parameter.values), ["synapse.notches.count", "synapse.material.dmi"])
        self.assertTrue(np.isfinite(effects.sel(parameter="synapse.material.dmi", dataset="mnist", deployment="ptq max_abs")))

    def test_sees_what_a_run_has_written_since(self):
        path = self.copy("partial.h5")
        study = spinsweep.open(path)
        self.assertEqual(study.progress.loc["synapse", "done"], 4)
        traces = study.traces("synapse")
        with h5py.File(path, "r+") as file:
            file["synapse/status"][1] = 1
            file["synapse/wall_position"][0, 0] = 1e-7
            file.flush()
            self.assertEqual(study.progress.loc["synapse", "running"], 1)
            self.assertEqual(list(study.cases("synapse").status.values), ["done", "running", "done", "done"])
            self.assertEqual(float(traces.wall_position[0, 0]), 1e-7)

    def test_of_networks_that_are_not_trained_has_accuracies_that_are_nan(self):
        study = spinsweep.open(RESULTS / "partial.h5")
        self.assertTrue(np.isnan(study.accuracy).all())
        self.assertEqual(study.variant(notches_count=2).cases.sizes["case"], 2)

    def test_selects_nothing_where_nothing_is_known(self):
        path = self.copy("partial.h5")
        with h5py.File(path, "r+") as file:
            file["variants/level_conductance"][0] = np.nan
        self.assertEqual(spinsweep.open(path).variant(notches_count=2).levels.values.shape, (0,))
        snapshots = self.study.snapshots()
        self.assertEqual(snapshots.isel(case=[], y=1).values.shape, (0, snapshots.sizes["snapshot_time"], snapshots.sizes["x"], 3))
        self.assertEqual(snapshots.isel(case=("point", np.zeros(0, int)), y=("point", np.zeros(0, int))).values.size, 0)

    def test_of_a_sample_is_read_as_well_as_a_grid(self):
        study = spinsweep.open(RESULTS / "sampled.h5")
        every = study.each_variant()
        self.assertEqual(len(every), study.accuracy.sizes["variant"])
        for variant in every[:3]:
            parameters = variant.parameters
            self.assertEqual(study.variant(**parameters).parameters, parameters)

    def test_says_what_a_study_does_not_have(self):
        small = spinsweep.open(RESULTS / "partial.h5")
        self.assertFalse(hasattr(small, "retention"))
        with self.assertRaisesRegex(spinsweep.NotInStudy, "the study has no retention"):
            small.variant(notches_count=2).retention
        with self.assertRaisesRegex(spinsweep.NotInStudy, "no memory_cell; it has neuron, synapse"):
            self.study.cases("memory_cell")

    def test_of_a_foreign_file_is_an_error_of_one_line(self):
        path = self.copy()
        path.write_text("not HDF5")
        with self.assertRaisesRegex(spinsweep.ForeignFile, "copy.h5: not an HDF5 file, or a damaged one"):
            spinsweep.open(path)
        with self.assertRaisesRegex(spinsweep.ForeignFile, "no such file"):
            spinsweep.open(path.parent / "missing.h5")

    def test_every_group_is_a_data_set_that_can_be_stored(self):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        groups = self.study.datasets()
        self.assertLessEqual({"synapse", "neuron", "variants", "analysis", "network", "network/baseline"}, set(groups))
        for name, data in groups.items():
            self.assertNotIn("checkpoint", data)
            data.load().to_netcdf(folder / f"{name.replace('/', '-')}.nc", engine="h5netcdf")

    def test_a_tree_is_one_where_xarray_has_trees(self):
        import xarray

        if hasattr(xarray, "DataTree"):
            self.assertEqual(self.study.tree()["network/baseline"].ds.sizes["dataset"], 2)
        else:
            with self.assertRaisesRegex(spinsweep.NotInStudy, "2024.10"):
                self.study.tree()


if __name__ == "__main__":
    unittest.main(verbosity=2)
