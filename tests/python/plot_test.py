"""spinsweep.plot: every figure on given axes and on a new figure, what it shows, and what it says of a study that lacks it."""

import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

if importlib.util.find_spec("matplotlib") is None:
    print("missing: python3-matplotlib")
    sys.exit(77)
os.environ["MPLBACKEND"] = "Agg"
import h5py
import matplotlib
import matplotlib.pyplot as plt
import numpy as np

RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"])
sys.path.insert(0, os.environ["SPINSWEEP_PYTHON"])
import spinsweep
from spinsweep import plot
from spinsweep.pareto import pareto_front

BEST = {"notches_count": 3, "material_dmi": 1.5e-3}
HAVE = {  # figure: (study that has it, arguments)
    "accuracy": ("full", {"dataset": "mnist"}),
    "accuracy_by_parameter": ("full", {}),
    "accuracy_map": ("full", {}),
    "activation": ("full", {}),
    "anisotropy": ("shapes", {}),
    "confusion": ("full", {"dataset": "mnist", "deployment": "qat max_abs"}),
    "depinning": ("full", {}),
    "depinning_currents": ("shapes", {}),
    "device_effects": ("full", {}),
    "devices_as_simulated": ("shapes", {}),
    "devices_by_parameter": ("full", {}),
    "energy_accuracy": ("full", {}),
    "ensemble": ("trains", {"variant": 1}),
    "levels": ("full", {}),
    "loss": ("full", {"dataset": "bands"}),
    "magnetization": ("full", {"variant": 0}),
    "main_effects": ("full", {}),
    "mappings": ("sampled", {}),
    "misclassified": ("full", {"dataset": "mnist"}),
    "network": ("full", {"dataset": "mnist"}),
    "neuron": ("full", {}),
    "outlines": ("shapes", {}),
    "overview": ("full", {}),
    "positions": ("full", {}),
    "programming_confusion": ("full", {}),
    "programming_errors": ("full", {}),
    "programming_pareto": ("full", {}),
    "programming_probabilities": ("full", {}),
    "pulse_trains": ("trains", {}),
    "retained_effects": ("full", {}),
    "retention_accuracy": ("full", {}),
    "retention_barriers": ("full", {}),
    "retention_landscape": ("full", {}),
    "sobol_indices": ("sampled", {}),
    "synapse": ("full", {"variant": 2}),
    "trace": ("full", BEST),
    "weights": ("full", {"dataset": "mnist", "deployment": "ptq max_abs"}),
}
LACK = {  # figure: (study that lacks it, arguments, what is said)
    "accuracy": ("partial", {"dataset": "mnist"}, "no accuracy of a network is known yet"),
    "accuracy_by_parameter": ("partial", {}, "no accuracy of a network is known yet"),
    "accuracy_map": ("trains", {}, "the study has no network"),
    "activation": ("empty", {}, "the neuron has 0 finished cases; an activation needs two"),
    "anisotropy": ("full", {}, "the anisotropy of no synapse varies from cell to cell"),
    "confusion": ("full", {"dataset": "mnist", "deployment": "qat mse"}, "no deployment 'qat mse'; there are fp32, ptq max_abs, "),
    "depinning": ("empty", {}, "no wall has passed a notch"),
    "depinning_currents": ("full", {}, "no depinning current found by bisection is known"),
    "device_effects": ("empty", {}, "no property of the synapses has been analysed"),
    "devices_as_simulated": ("full", {}, "nothing but the anisotropy varies from cell to cell"),
    "devices_by_parameter": ("empty", {}, "no property of the synapses has been analysed"),
    "energy_accuracy": ("partial", {}, "no accuracy of a network is known yet"),
    "ensemble": ("full", {"variant": 1}, "no current density of Synapse, notches 2, DMI 1.5 mJ m⁻² has realisations"),
    "levels": ("empty", {}, "no levels are known"),
    "loss": ("partial", {"dataset": "bands"}, "no accuracy of a network is known yet"),
    "magnetization": ("trains", {"variant": 0}, "no maps of the magnetisation of the synapse are stored"),
    "main_effects": ("full", {"dataset": "letters"}, "the study has no data set 'letters'; it has bands, mnist"),
    "mappings": ("full", {}, "all deployments have the same mapping"),
    "misclassified": ("partial", {"dataset": "mnist"}, "no FP32 network has been trained yet"),
    "network": ("trains", {"dataset": "mnist"}, "the study has no network"),
    "neuron": ("trains", {}, "the study has no neuron"),
    "outlines": ("full", {}, "all tracks have the same shape"),
    "overview": ("partial", {}, "no accuracy of a network is known yet"),
    "positions": ("empty", {}, "no case of the synapse is done"),
    "programming_confusion": ("partial", {}, r"the study has no section \[programming\]"),
    "programming_errors": ("full", {"parameter": "width"}, "width is not swept; swept: notches_count, material_dmi"),
    "programming_pareto": ("partial", {}, r"the study has no section \[programming\]"),
    "programming_probabilities": ("partial", {}, r"the study has no section \[programming\]"),
    "pulse_trains": ("full", {}, "no conductance after each pulse of a train is known"),
    "retained_effects": ("sampled", {}, r"no network was evaluated after the times of \[retention\]"),
    "retention_accuracy": ("sampled", {}, r"no network was evaluated after the times of \[retention\]"),
    "retention_barriers": ("sampled", {}, r"the study has no section \[retention\]"),
    "retention_landscape": ("sampled", {}, r"the study has no section \[retention\]"),
    "sobol_indices": ("full", {}, "Sobol indices need a Saltelli sample"),
    "synapse": ("empty", {"variant": 0}, "no case of Synapse, notches 2 is done"),
    "trace": ("full", {"name": "temperature", **BEST}, "no trace temperature is stored; there are: conductance, "),
    "weights": ("partial", {"dataset": "mnist"}, "no accuracy of a network is known yet"),
}


def without_results(folder):
    """A study none of whose cases has been started."""
    path = shutil.copy(RESULTS / "partial.h5", folder / "empty.h5")
    with h5py.File(path, "r+") as file:
        for group in ("neuron", "synapse", "network", "network/baseline"):
            file[f"{group}/status"][...] = 0
        for group in ("analysis", "variants"):
            for data in file[group].values():
                if data.attrs.get("role") == "result":
                    data[...] = np.nan if data.dtype.kind == "f" else 0
    return path


class Figures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.studies = {name: spinsweep.open(RESULTS / f"{name}.h5") for name in ("full", "partial", "sampled", "shapes", "trains")}
        cls.studies["empty"] = spinsweep.open(without_results(folder))
        cls.full = cls.studies["full"]

    def tearDown(self):
        plt.close("all")

    def draw(self, name, ax=None, **more):
        study, arguments = HAVE[name]
        return getattr(plot, name)(self.studies[study], ax=ax, **{**arguments, **more})

    def test_are_all_tested(self):
        self.assertEqual(set(HAVE), set(plot.__all__))
        self.assertEqual(set(LACK), set(plot.__all__))

    def test_are_drawn_in_the_place_of_given_axes_and_nowhere_else(self):
        for name in HAVE:
            with self.subTest(name):
                figure, (before, given, after) = plt.subplots(1, 3, figsize=(24, 8), layout="constrained")
                axes = np.ravel(self.draw(name, given))
                self.assertEqual(plt.get_fignums(), [figure.number])
                figure.draw_without_rendering()
                for one in axes:
                    self.assertIs(one.figure.figure, figure)
                    self.assertTrue(one.has_data(), one)
                    place = one.get_window_extent()
                    self.assertGreaterEqual(place.x0, before.get_window_extent().x1)
                    self.assertLessEqual(place.x1, after.get_window_extent().x0)
                self.assertFalse(before.has_data() or after.has_data())
                self.assertTrue(all(part.get_facecolor()[3] == 0 for part in figure.subfigs), "covers its neighbours' labels")
                plt.close(figure)

    def test_on_a_new_figure_have_the_style_of_the_report_and_leave_the_settings_alone(self):
        with matplotlib.rc_context({"font.size": 14, "axes.spines.top": True}):
            settings = dict(matplotlib.rcParams)
            for name in HAVE:
                with self.subTest(name):
                    axes = np.ravel(self.draw(name))
                    self.assertEqual(len(plt.get_fignums()), 1)
                    self.assertIs(axes[0].figure.figure, plt.gcf())
                    self.assertTrue(all(one.has_data() for one in axes))
                    self.assertEqual(dict(matplotlib.rcParams), settings)
                    plt.close("all")
            axes = plot.levels(self.full)
            axes.figure.draw_without_rendering()
            self.assertEqual({label.get_fontsize() for label in axes.get_xticklabels()}, {plot.style.STYLE["xtick.labelsize"]})

    def test_of_a_study_that_lacks_them_are_an_error_that_says_what_is_missing(self):
        for name, (study, arguments, said) in LACK.items():
            with self.subTest(name):
                study = self.studies[study]
                with self.assertRaisesRegex(spinsweep.NotInStudy, f"^{re.escape(str(study.path))}: .*{said}") as caught:
                    getattr(plot, name)(study, **arguments)
                self.assertNotIn("\n", str(caught.exception))
                self.assertEqual(plt.get_fignums(), [], "no empty figure is left")

    def test_that_are_refused_leave_the_given_axes_as_they_were(self):
        figure, axes = plt.subplots()
        for name, (study, arguments, _) in LACK.items():
            with self.assertRaises(spinsweep.NotInStudy):
                getattr(plot, name)(self.studies[study], ax=axes, **arguments)
            self.assertEqual(figure.axes, [axes], name)
            self.assertFalse(axes.has_data() or axes.get_xlabel(), name)

    def test_of_one_panel_are_drawn_on_the_given_axes_themselves(self):
        for name, more in (
            ("levels", {}),
            ("accuracy_by_parameter", {"dataset": "mnist", "parameter": "synapse.material.dmi"}),
            ("main_effects", {"dataset": "mnist"}),
            ("device_effects", {"quantity": "level_spacing_cv"}),
            ("energy_accuracy", {"dataset": "bands"}),
            ("programming_probabilities", {"variant": 3}),
            ("programming_confusion", {"variant": 3}),
            ("retention_barriers", {"parameter": "notches.count"}),
            ("retention_landscape", {"variant": 3}),
            ("outlines", {"variant": 0}),
        ):
            with self.subTest(name):
                _, given = plt.subplots()
                self.assertIs(np.ravel(self.draw(name, given, **more))[0], given)
                self.assertTrue(given.has_data())

    def test_of_several_panels_need_axes_of_a_grid(self):
        figure = plt.figure()
        nested = figure.add_gridspec(1, 2)[0].subgridspec(2, 1)
        for axes in (figure.add_axes([0, 0, 1, 1]), figure.add_subplot(nested[0])):
            with self.assertRaisesRegex(ValueError, r"several panels.* must be axes of a grid of its figure, as\s+plt\.subplots"):
                plot.depinning(self.full, ax=axes)
            self.assertIn(axes, figure.axes)

    def test_of_one_variant_take_it_by_its_parameters_or_by_its_place(self):
        variant = self.full.variant(**BEST)
        titles = [
            plot.programming_confusion(self.full, variant=chosen)[0].get_title() for chosen in (variant, variant.number)
        ]
        self.assertEqual(titles, ["notches 3\nDMI 1.5 mJ m⁻²"] * 2)

    def test_of_one_variant_refuse_another_than_those_of_the_study(self):
        with self.assertRaisesRegex(spinsweep.NoSuchVariant, r"has 4 variants of the synapse; study\.variant\(\.\.\.\) chooses"):
            plot.synapse(self.full)
        with self.assertRaisesRegex(spinsweep.NoSuchVariant, "no variant 4 of the synapse; the study has 4, counted from 0"):
            plot.synapse(self.full, 4)
        with self.assertRaisesRegex(ValueError, "is no synapse of"):
            plot.synapse(self.full, self.full.neuron())
        with self.assertRaisesRegex(ValueError, "partial.h5 is no synapse of .*full.h5"):
            plot.synapse(self.full, self.studies["partial"].variant(notches_count=2))
        with self.assertRaisesRegex(spinsweep.NotInStudy, r"no finished case has a current density of 5e\+11 A/m\^2; there are 3e\+11, 9e\+11"):
            plot.magnetization(self.full, 0, current_density=0.5e12)

    def test_show_the_levels(self):
        axes = plot.levels(self.full)
        shown = [line.get_xdata() for line in axes.lines if line.get_marker() == "|"]
        for values, variant in zip(shown, self.full.each_variant(), strict=True):
            np.testing.assert_allclose(values, variant.levels * 1e6)
        self.assertEqual(axes.get_xlabel(), "conductance level (µS)")

    def test_show_where_the_walls_end(self):
        axes = plot.positions(self.full)
        shown = {line.get_label(): line for line in axes.lines}
        for variant in self.full.each_variant():
            np.testing.assert_allclose(shown[variant.label].get_ydata(), variant.cases.final_position * 1e9)
            np.testing.assert_allclose(shown[variant.label].get_xdata(), variant.cases.pulse_current_density / 1e12)

    def test_show_the_activation_through_what_was_simulated(self):
        simulated, curve = plot.activation(self.full).lines
        self.assertEqual((simulated.get_ydata().min(), simulated.get_ydata().max()), (0, 1))
        order = np.arange(1, 4)
        wanted = [float(np.sum(self.full.neuron().activation.values * x**order)) for x in curve.get_xdata()]
        np.testing.assert_allclose(curve.get_ydata(), wanted)

    def test_show_the_traces_of_every_current_density(self):
        axes = plot.trace(self.full, **BEST)
        traces = self.full.variant(**BEST).traces
        self.assertEqual((axes.get_xlabel(), axes.get_ylabel()), ("t (ns)", "wall position (nm)"))
        for line, values in zip(axes.lines, traces.wall_position, strict=True):
            np.testing.assert_allclose(line.get_ydata(), values * 1e9)

    def test_show_the_mean_accuracy_of_every_deployment(self):
        axes = plot.accuracy(self.full, "mnist")
        mean = 100 * self.full.accuracy.sel(dataset="mnist").mean(["neuron", "seed"])
        for bars in axes.containers:
            np.testing.assert_allclose(bars.lines[0].get_ydata(), mean.sel(deployment=bars.get_label()))
        self.assertEqual(len(axes.containers), mean.sizes["deployment"])

    def test_show_the_map_at_the_end_of_a_case(self):
        variant = self.full.variant(**BEST)
        axes = plot.magnetization(self.full, variant, current_density=0.3e12)
        field = variant.snapshots.sel(pulse_current_density=0.3e12).isel(snapshot_time=-1)
        np.testing.assert_array_equal(np.ma.filled(axes.images[0].get_array(), 0), field.sel(component="z"))

    def test_show_the_barriers_in_units_of_the_thermal_energy(self):
        axes = plot.retention_barriers(self.full, "material.dmi")[0]
        kept = self.full.retention
        wanted = kept.smallest_barrier / (1.380649e-23 * float(kept.temperature[0]))
        np.testing.assert_allclose(axes.lines[0].get_ydata(), wanted)
        np.testing.assert_allclose(axes.lines[0].get_xdata(), [1, 1.5, 1, 1.5])

    def test_show_the_probabilities_of_the_levels(self):
        variant = self.full.variant(**BEST)
        axes = plot.programming_probabilities(self.full, variant)[0]
        written = variant.programming
        first = next(line for line in axes.lines if line.get_label() == "level 1")
        order = np.argsort(written.recipe_current_density.values)
        np.testing.assert_allclose(first.get_ydata(), written.level_probability.values[order, 0])

    def test_show_the_pareto_front_of_accuracy_energy_and_write_error(self):
        energy, accuracy, missed = np.array([[1, 90, 0.1], [2, 90, 0], [2, 95, 0.1], [3, 95, 0.1], [3, 90, 0], [1, 90, 0.1]]).T
        best = pareto_front(energy, -accuracy, missed)
        np.testing.assert_array_equal(best, [True, True, True, False, False, True])

    def test_colour_the_pareto_figure_by_the_write_error(self):
        axes = plot.programming_pareto(self.full, "mnist")[0, 0]
        written = self.full.stage("programming")
        shown = np.concatenate([points.get_array().filled(np.nan) for points in axes.collections if points.get_array() is not None])
        np.testing.assert_allclose(np.sort(shown), np.sort(100 * written.mean_write_error.values))

    def test_keep_good_accuracies_apart_beside_one_near_chance(self):
        axes = plt.figure().add_subplot()
        values = [97.42, 97.40, 97.34, 97.26, 95.2, 10.0]
        plot.style.accuracy_scale_with_strip(axes, values, np.zeros(6))
        height = lambda value: axes.transAxes.inverted().transform(axes.transData.transform((0, value)))[1]
        heights = [height(value) for value in values]
        self.assertEqual(heights, sorted(heights, reverse=True))
        self.assertGreater(heights[0] - heights[3], 0.6)
        self.assertTrue(0 < heights[5] < heights[4] < 0.2 < heights[3] and heights[0] < 1)

    def test_put_choices_side_by_side_and_join_nothing(self):
        class Sides:
            def choices(self, group, name):
                return ["both", "upper", "lower", "alternating"]

        axes = plt.figure().add_subplot()
        joined = axes.plot([0, 1, 3], [1, 2, 3])[0]
        limit = axes.axhline(2)
        plot.style.show_choices(axes, Sides(), "synapse", "notches_side", [0, 1, 3])
        places = [axes.transData.transform((tick, 0))[0] for tick in axes.get_xticks()]
        self.assertEqual([text.get_text() for text in axes.get_xticklabels()], ["both", "upper", "alternating"])
        self.assertAlmostEqual(places[1] - places[0], places[2] - places[1], places=6)
        self.assertEqual(joined.get_linestyle(), "None")
        self.assertEqual(limit.get_linestyle(), "-")

    def test_show_the_confusion_of_a_deployment(self):
        axes = plot.confusion(self.full, "mnist", "qat max_abs", self.full.variant(**BEST))
        network = self.full.variant(**BEST).stage("network").sel(dataset="mnist", deployment="qat max_abs")
        counts = network.confusion.isel(neuron=0, seed=0).values
        np.testing.assert_allclose(axes.images[0].get_array(), counts / counts.sum(axis=1, keepdims=True))


class Imports(unittest.TestCase):
    def test_of_the_package_need_no_matplotlib(self):
        code = (
            "import sys; sys.modules['matplotlib'] = None; import spinsweep; study = spinsweep.open(sys.argv[1])\n"
            "print(study.variant(notches_count=2, material_dmi=1e-3).levels.size, study.table('variants').shape[0])\n"
            "try: spinsweep.plot\nexcept ImportError as error: print(error)"
        )
        environment = {**os.environ, "PYTHONPATH": os.environ["SPINSWEEP_PYTHON"]}
        done = subprocess.run([sys.executable, "-c", code, RESULTS / "full.h5"], capture_output=True, text=True, env=environment)
        self.assertEqual(done.stderr, "")
        self.assertRegex(done.stdout, r"^\d 4\nNo module named 'matplotlib")

    def test_of_figures_by_the_report_need_no_xarray_and_no_pandas(self):
        code = (
            "import sys; sys.modules['xarray'] = sys.modules['pandas'] = None; from spinsweep import plot; from spinsweep.results import Results\n"
            "results = Results(sys.argv[1]); plot.levels(results); print(plot.synapse(results, 3).shape)"
        )
        environment = {**os.environ, "PYTHONPATH": os.environ["SPINSWEEP_PYTHON"]}
        done = subprocess.run([sys.executable, "-c", code, RESULTS / "full.h5"], capture_output=True, text=True, env=environment)
        self.assertEqual((done.stderr, done.stdout), ("", "(2, 2)\n"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
