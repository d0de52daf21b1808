"""What analysis/report and analysis/gallery make of finished, unfinished and foreign files."""

import contextlib
import csv
import io
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

import h5py
import matplotlib.image
import numpy as np

RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"])
ANALYSIS = pathlib.Path(os.environ["SPINSWEEP_ANALYSIS"])
sys.path[:0] = [str(ANALYSIS), str(ANALYSIS.parent / "python")]
import large_results
from spinsweep_report import gallery, page_data, report, tables, tables_effects, tables_network
from spinsweep_report.answers import Answers
from spinsweep_report.plan import Plan
from spinsweep import plot
from spinsweep.network_results import Network
from spinsweep.plot.cells import varying
from spinsweep.results import Results

DEVICES = ["fig1_neuron", "wall_positions", "depinning"]
NETWORKS = [
    "fig4_network_bands",
    "fig5_network_mnist",
    "fig6_misclassified_bands",
    "fig6_misclassified_mnist",
    "accuracy_by_parameter",
    "accuracy_map",
    "main_effects",
    "levels",
]


def run(tool, results, folder, environment=None):
    """As a user runs it."""
    return subprocess.run([ANALYSIS / tool, results, "-o", folder], capture_output=True, text=True, env=environment)


def call(tool, results, folder, *options):
    """The same without the start of another Python: (exit code, stdout, stderr)."""
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as errors:
        code = tool.main([str(results), "-o", str(folder), *options])
    return code, out.getvalue(), errors.getvalue()


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # Also for the test of the page in a browser.
        cls.finished = RESULTS / "report"
        cls.done = run("report", RESULTS / "full.h5", cls.finished)

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory())) / "report"

    def figures(self):
        return {path.stem for path in self.folder.glob("*.svg")}

    def table(self, name):
        with open(self.folder / f"{name}.csv", newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def test_of_a_finished_file_has_every_figure_as_svg_and_pdf_and_every_table(self):
        self.folder = self.finished
        self.assertEqual(self.done.returncode, 0, self.done.stderr)
        self.assertEqual(self.done.stderr, "")
        self.assertLessEqual(
            {
                *DEVICES,
                *NETWORKS,
                "energy_accuracy",
                "devices_by_parameter",
                "device_effects",
                "programming_probabilities",
                "programming_confusion",
                "programming_errors",
                "programming_pareto",
                "retention_accuracy",
                "retention_landscape",
                "retained_effects",
            },
            self.figures(),
        )
        for path in self.folder.glob("*.svg"):
            xml.etree.ElementTree.parse(path)
            self.assertTrue(path.with_suffix(".pdf").read_bytes().startswith(b"%PDF"))
        for name in (
            "table2",
            "accuracies",
            "sensitivity",
            "device_sensitivity",
            "levels",
            "programming",
            "depinning",
            "synapse_cases",
            "neuron_cases",
            "energy_per_update",
        ):
            self.assertTrue(self.table(name), name)
        page = (self.folder / "index.html").read_text(encoding="utf-8")
        self.assertNotIn("not complete", page)
        self.assertNotRegex(page, r'(src|href)="?https?:')
        self.assertEqual(page.count("<img"), len(self.figures()))

    def test_has_figures_of_one_variant_of_the_best_one_only(self):
        with Results(RESULTS / "full.h5") as results:
            best = Answers(results, Network(results)).extremes[0].best
        self.assertEqual([path.stem for path in self.finished.glob("fig2_*.svg")], [f"fig2_synapse_{best}"])

    def test_draws_the_variants_and_figures_that_it_is_asked_for(self):
        code, out, errors = call(report, RESULTS / "full.h5", self.folder, "--variants", "1", "3", "--only", "fig2_*", "levels")
        self.assertEqual((code, errors), (0, ""))
        self.assertEqual(self.figures(), {"fig2_synapse_1", "fig2_synapse_3", "levels"})
        self.assertIn("3 figures", out)
        self.assertTrue(self.table("variants"))
        call(report, RESULTS / "full.h5", self.folder / "named", "--only", "fig2_synapse_2")
        self.assertEqual({path.stem for path in (self.folder / "named").glob("*.svg")}, {"fig2_synapse_2"})

    def test_names_the_figures_and_variants_that_there_are_if_it_is_asked_for_another(self):
        for tool in (report, gallery):
            code, out, errors = call(tool, RESULTS / "full.h5", self.folder, "--only", "fig9")
            self.assertEqual((code, out), (2, ""))
            self.assertRegex(errors, "no figure is called fig9; there are fig1_neuron, fig2_synapse_0, ")
            code, out, errors = call(tool, RESULTS / "full.h5", self.folder, "--variants", "4")
            self.assertEqual((code, out), (2, ""))
            self.assertIn("there is no synapse variant 4; the study has 4, counted from 0", errors)
        self.assertFalse(self.folder.exists())

    def test_has_the_numbers_of_the_file(self):
        self.folder = self.finished
        with h5py.File(RESULTS / "full.h5") as file:
            accuracy = file["network/test_accuracy"][...]
            names = list(file["network/deployment_method"].asstr()[:])
            dims = [scale[0].name.rsplit("/", 1)[1] for scale in file["network/test_accuracy"].dims]
        place = {
            "variant": 0,
            "neuron": slice(None),
            "dataset": 1,
            "seed": slice(None),
            "deployment": names.index("ptq"),
        }
        wanted = 100 * accuracy[tuple(place.get(dim, 0) for dim in dims)].mean()
        rows = [
            row
            for row in self.table("accuracies")
            if row["data set"] == "MNIST" and row["method"].startswith("quantised")
        ]
        self.assertAlmostEqual(float(rows[0]["accuracy (%)"]), wanted, places=2)

    def test_puts_the_paper_beside_networks_of_its_notch_counts_only(self):
        self.folder = self.finished
        self.assertEqual({row["paper (%)"] for row in self.table("accuracies")}, {""})
        self.assertFalse(any("(" in row["FP32"] for row in self.table("table2")))

    def test_of_an_unfinished_file_has_what_there_is_and_says_what_is_missing(self):
        code, out, errors = call(report, RESULTS / "partial.h5", self.folder)
        self.assertEqual((code, errors), (0, ""))
        self.assertRegex(out, r"\d+ of \d+ network runs have not been started\.")
        self.assertLessEqual(set(DEVICES), self.figures())
        self.assertFalse(set(NETWORKS) & self.figures())
        self.assertIn("This report is not complete", (self.folder / "index.html").read_text(encoding="utf-8"))

    def test_of_a_file_without_one_finished_case_is_a_page_that_says_so(self):
        copy = self.folder.parent / "nothing.h5"
        copy.write_bytes((RESULTS / "partial.h5").read_bytes())
        with h5py.File(copy, "r+") as file:
            for group in ("neuron", "synapse", "network", "network/baseline"):
                file[f"{group}/status"][...] = 0
            file["analysis/status"][...] = 0
            for name, data in file["analysis"].items():
                if data.dtype.kind == "f" and data.attrs.get("CLASS") is None:
                    data[...] = float("nan")
        code, out, errors = call(report, copy, self.folder)
        self.assertEqual((code, errors), (0, ""))
        self.assertIn("4 of 4 synapse cases have not been started.", out)
        self.assertEqual(self.figures(), set())

    def test_lists_failed_cases_with_the_reason_and_counts_those_that_were_under_way(self):
        copy = self.folder.parent / "failed.h5"
        copy.write_bytes((RESULTS / "partial.h5").read_bytes())
        with h5py.File(copy, "r+") as file:
            file["synapse/status"][1] = 3
            message = file["synapse/message"]
            text = message[...]
            text[1, :7] = np.frombuffer(b"too hot", "S1")
            # Without the file's own type HDF5 would end each character with a zero, and no room is left for it.
            message.id.write(h5py.h5s.ALL, h5py.h5s.ALL, text, mtype=message.id.get_type())
            file["synapse/status"][2] = 1
        results = Results(copy)
        self.assertIn("1 of 4 synapse cases have failed.", results.missing())
        self.assertTrue(any(text.startswith("1 of 4 synapse cases are running") for text in results.missing()))
        rows = tables.failed_cases(results).rows
        self.assertEqual(rows, [("synapse", 1, "notches 2, J 0.9 × 10¹² A m⁻²", "too hot")])

    def test_lists_cases_that_end_without_one_wall(self):
        copy = self.folder.parent / "walls.h5"
        copy.write_bytes((RESULTS / "partial.h5").read_bytes())
        with h5py.File(copy, "r+") as file:
            file["synapse/final_wall_count"][:] = [1, 3, np.nan, 0]
        rows = [(row[1], row[3]) for row in tables.ends_without_a_wall(Results(copy)).rows if row[0] == "synapse"]
        self.assertEqual(rows, [(1, "3 walls"), (2, "no domains: magnetised in the plane"), (3, "one domain, no wall")])

    def test_takes_no_variable_for_a_swept_axis_that_is_none(self):
        copy = self.folder.parent / "more.h5"
        copy.write_bytes((RESULTS / "partial.h5").read_bytes())
        before = Results(copy)
        axes, variants = before.swept("synapse"), before.variant_cases("synapse")
        before.file.close()
        with h5py.File(copy, "r+") as file:
            data = file["synapse"].create_dataset("switching_time", data=np.arange(4) * 1e-9)
            data.dims[0].attach_scale(file["synapse/case"])
        after = Results(copy)
        self.assertEqual(after.swept("synapse"), axes)
        self.assertEqual(after.variant_cases("synapse"), variants)

    def test_of_trains_has_their_curves_and_the_distribution_of_their_realisations(self):
        for name in ("trains", "lean"):
            with self.subTest(name):
                folder = self.folder / name
                code, _, errors = call(report, RESULTS / f"{name}.h5", folder, "--variants", "0", "1")
                self.assertEqual(code, 0, errors)
                for figure in ("pulse_trains", "ensemble_0", "ensemble_1"):
                    self.assertTrue((folder / f"{figure}.svg").exists(), figure)
                with open(folder / "pulse_trains.csv", newline="", encoding="utf-8") as file:
                    rows = list(csv.DictReader(file))
                with h5py.File(RESULTS / f"{name}.h5") as file:
                    ratio = file["variants/on_off_ratio"][:]
                    wrong = file["variants/jump_wrong_sign"][:]
                self.assertEqual(len(rows), 2)
                np.testing.assert_allclose([float(row["on/off ratio"]) for row in rows], ratio)
                np.testing.assert_allclose([float(row["wrong sign, decreasing"] or "nan") for row in rows], wrong[:, 1], rtol=1e-3)

    def test_of_shapes_draws_the_films_and_calls_choices_by_their_names(self):
        code, _, errors = call(report, RESULTS / "shapes.h5", self.folder)
        self.assertEqual(code, 0, errors)
        self.assertLessEqual({"outlines", "anisotropy", "devices_as_simulated", "depinning_currents"}, self.figures())
        self.assertEqual({row["notches_shape (1)"] for row in self.table("synapse_cases")}, {"triangle", "rectangle"})
        with Results(RESULTS / "shapes.h5") as results:
            self.assertEqual(results.variant_choice("synapse", 0, "notches_shape"), "triangle")
            self.assertEqual(results.mesh("synapse", 0), (30, 10))
            shown = set(varying(results, 0))
        self.assertEqual(
            shown, {"filled_share", "anisotropy", "dmi", "exchange_stiffness", "current_density_x"}, "Ms is uniform"
        )

    def test_of_realisations_has_the_same_numbers_with_and_without_traces(self):
        with h5py.File(RESULTS / "trains.h5") as traces, h5py.File(RESULTS / "lean.h5") as lean:
            self.assertNotIn("wall_position", lean["synapse"])
            self.assertNotIn("snapshot", traces["synapse"])
            for name in ("final_position", "pulse_conductance", "initial_position", "final_wall_count"):
                np.testing.assert_array_equal(traces[f"synapse/{name}"][:], lean[f"synapse/{name}"][:])
            final = lean["synapse/final_position"][:].reshape(2, 4)
            np.testing.assert_allclose(lean["variants/mean_final_position"][:, 0], final.mean(axis=1))
            np.testing.assert_allclose(lean["variants/final_position_deviation"][:, 0], final.std(axis=1, ddof=1))
            self.assertEqual(lean["variants/final_position_histogram"][:].sum(), 8)
            curve = lean["synapse/pulse_conductance"][:].reshape(2, 4, 6)
            np.testing.assert_allclose(lean["variants/pulse_conductance"][:], curve.mean(axis=1))
            np.testing.assert_allclose(lean["variants/pulse_conductance_deviation"][:], curve.std(axis=1, ddof=1))

    def test_of_devices_alone_has_their_figures_and_misses_nothing(self):
        for name, wanted in (("full", {"levels", "depinning", "devices_by_parameter"}), ("sampled", {"levels", "device_effects"})):
            copy, folder = self.folder.parent / f"{name}_devices.h5", self.folder / name
            copy.write_bytes((RESULTS / f"{name}.h5").read_bytes())
            with h5py.File(copy, "r+") as file:
                for group in ("network", "neuron"):
                    del file[group]
            code, out, errors = call(report, copy, folder)
            self.assertEqual((code, errors), (0, ""))
            self.assertLessEqual(wanted | {"wall_positions", "device_effects"}, {path.stem for path in folder.glob("*.svg")})
            self.assertNotIn("not complete", (folder / "index.html").read_text(encoding="utf-8"))
            self.assertEqual(out.count("\n"), 1)
        with open(self.folder / "sampled" / "device_sensitivity.csv", newline="", encoding="utf-8") as file:
            self.assertIn("Sobol, total", file.read())

    def test_warns_where_a_sample_is_too_small_and_says_how_many_points_are_enough(self):
        with Results(RESULTS / "sampled.h5") as results:
            for figure in ("device_effects", "main_effects", "sobol_indices"):
                self.assertRegex(
                    Plan(results)[figure].text(), r"Warning: a sample of 3 points is too small .* about \d+ points would bring it to 0\.2\."
                )
        with Results(RESULTS / "full.h5") as results:
            self.assertNotIn("sample of", Plan(results)["main_effects"].text())

    def test_of_a_saltelli_sample_has_sobol_indices(self):
        results = Results(RESULTS / "sampled.h5")
        network = Network(results)
        self.assertIsNotNone(Plan(results)["sobol_indices"].figure())
        self.assertIsNotNone(Plan(results)["device_effects"].figure())
        self.assertIn("Sobol, total", {row[3] for row in tables_effects.sensitivity(results, network).rows})
        self.assertIn("Sobol, total", {row[2] for row in tables_effects.device_sensitivity(results).rows})

    def test_shows_each_current_density_of_a_variant_once_though_a_sample_has_equal_points(self):
        results = Results(RESULTS / "sampled.h5")
        variants = results.variant_cases("synapse")
        self.assertGreater(max(map(len, variants)), 1)
        for variant in range(len(variants)):
            self.assertEqual(len(results.finished_cases("synapse", variant)), 1)

    def test_shows_the_mapping_that_is_most_accurate_when_quantised_and_lists_them_all(self):
        results = Results(RESULTS / "sampled.h5")
        network = Network(results)
        quantized = {
            network.choice(way): network.accuracy(way).mean()
            for way in network.ways
            if network.method(way) == "ptq"
        }
        self.assertEqual(len(quantized), 2)
        best = max(quantized, key=quantized.get)
        self.assertEqual({network.choice(way) for way in network.shown}, {best, ""})
        self.assertIn(best, network.shown_choice())
        self.assertEqual({row[3] for row in tables_network.table2(results, network).rows}, set(quantized))
        axes = plot.mappings(results)[0]
        self.assertEqual([label.get_text() for label in axes.get_yticklabels()], list(quantized))

    def test_of_a_foreign_file_is_one_line_and_exit_code_3(self):
        folder = self.folder.parent
        (folder / "text.h5").write_text("not HDF5")
        (folder / "cut.h5").write_bytes((RESULTS / "full.h5").read_bytes()[:5000])
        with h5py.File(folder / "other.h5", "w") as file:
            file["x"] = [1, 2, 3]
        for name in ("text.h5", "cut.h5", "other.h5", "missing.h5"):
            for tool in (report, gallery):
                code, out, errors = call(tool, folder / name, self.folder)
                self.assertEqual((code, out), (3, ""), f"{tool} {name}: {errors}")
                self.assertEqual(errors.count("\n"), 1, errors)
                self.assertIn(name, errors)

    def test_runs_with_the_systems_python_where_another_comes_first(self):
        other = self.folder.parent / "bin"
        other.mkdir()
        (other / "python3").write_text("#!/bin/sh\nexit 99\n")
        (other / "python3").chmod(0o755)
        packages = self.folder.parent / "packages"
        packages.mkdir()
        (packages / "numpy.py").write_text("raise SystemExit(98)\n")
        environment = {
            **os.environ,
            "PATH": f"{other}:{os.environ['PATH']}",
            "PYTHONPATH": str(packages),
            "PYTHONHOME": "/nowhere",
        }
        # That there is no such file is only found out once every package is there.
        done = run("report", "missing.h5", self.folder, environment)
        self.assertEqual((done.returncode, done.stderr), (3, "report: missing.h5: no such file\n"))

    def test_draws_data_sets_of_any_name(self):
        copy = self.folder.parent / "names.h5"
        copy.write_bytes((RESULTS / "full.h5").read_bytes())
        with h5py.File(copy, "r+") as file:
            file["network/dataset_name"][:] = ["../raw/MNIST $5$ \\frac", "..-raw-MNIST-5-frac"]
        code, _, errors = call(report, copy, self.folder)
        self.assertEqual((code, errors), (0, ""))
        self.assertLessEqual(
            {"fig4_network_..-raw-MNIST-5-frac", "fig5_network_..-raw-MNIST-5-frac", "fig6_misclassified_..-raw-MNIST-5-frac",
             "fig6_misclassified_..-raw-MNIST-5-frac-2"},
            {path.stem for path in self.folder.rglob("*.svg")},
        )
        self.assertEqual({path.name for path in self.folder.parent.iterdir()}, {"names.h5", "report"})

    def test_looks_the_same_whatever_the_users_matplotlib_settings_are(self):
        settings = "text.usetex: True\nsvg.fonttype: none\naxes.facecolor: red\nnonsense\n"
        (self.folder.parent / "matplotlibrc").write_text(settings)
        environment = {**os.environ, "MATPLOTLIBRC": str(self.folder.parent), "MPLBACKEND": "none"}
        done = subprocess.run(
            [ANALYSIS / "report", RESULTS / "full.h5", "-o", self.folder],
            capture_output=True,
            text=True,
            env=environment,
            cwd=self.folder.parent,
        )
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for figure in ("wall_positions", "accuracy_by_parameter"):
            self.assertEqual(
                (self.folder / f"{figure}.svg").read_bytes(), (self.finished / f"{figure}.svg").read_bytes(), figure
            )

    def test_a_report_that_is_there_is_replaced_only_by_force(self):
        self.folder.mkdir()
        page = self.folder / "index.html"
        page.write_text("an older one", encoding="utf-8")
        code, _, errors = call(report, RESULTS / "partial.h5", self.folder)
        self.assertEqual(code, 3)
        self.assertEqual(errors, f"report: {self.folder}: a report exists already; --force replaces it\n")
        self.assertEqual(page.read_text(encoding="utf-8"), "an older one")
        with contextlib.redirect_stdout(io.StringIO()):
            self.assertEqual(report.main([str(RESULTS / "partial.h5"), "-o", str(self.folder), "--force"]), 0)
        self.assertIn("<html", page.read_text(encoding="utf-8"))

    def test_draws_each_figure_with_a_function_of_the_python_package(self):
        functions = {getattr(plot, name) for name in plot.__all__}
        for name in ("full", "trains", "shapes"):
            with Results(RESULTS / f"{name}.h5") as results:
                for figure in Plan(results):
                    self.assertIn(figure.draw.func, functions, figure.name)

    def test_gallery_shows_pictures_that_are_there(self):
        folder = self.folder.parent / "docs" / "gallery"
        code, _, errors = call(gallery, RESULTS / "partial.h5", folder)
        self.assertEqual((code, errors), (0, ""))
        page = (folder.parent / "gallery.md").read_text(encoding="utf-8")
        pictures = list(folder.glob("*.png"))
        self.assertLessEqual(set(DEVICES), {picture.stem for picture in pictures})
        for picture in pictures:
            self.assertIn(f"(gallery/{picture.name})", page)
            self.assertGreater(matplotlib.image.imread(picture).std(), 0.02, picture.name)
        self.assertIn("Not complete:", page)

    def test_gallery_shows_only_what_it_is_asked_for(self):
        folder = self.folder.parent / "docs" / "some"
        with contextlib.redirect_stdout(io.StringIO()):
            code = gallery.main([str(RESULTS / "partial.h5"), "-o", str(folder), "--only", "wall_positions", "depinning"])
        self.assertEqual(code, 0)
        self.assertEqual({path.name for path in folder.iterdir()}, {"wall_positions.png", "depinning.png"})
        self.assertIn("--only wall_positions depinning`", (folder.parent / "some.md").read_text(encoding="utf-8"))

    def test_gallery_shows_table_2(self):
        results = Results(RESULTS / "full.h5")
        lines = gallery.markdown_table(tables_network.table2(results, Network(results))).splitlines()
        self.assertTrue(lines[0].startswith("| synapse variant |"))
        self.assertEqual(len({line.count("|") for line in lines[:10]}), 1)


class ManyVariants(unittest.TestCase):
    VARIANTS, CURRENTS = 300, 3

    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        grow = pathlib.Path(__file__).parent / "large_results.py"
        count = [str(cls.VARIANTS), str(cls.CURRENTS)]
        subprocess.run([sys.executable, grow, RESULTS / "full.h5", folder / "large.h5", *count], check=True)
        cls.results = cls.enterClassContext(Results(folder / "large.h5"))

    def test_are_those_of_the_sweep(self):
        self.assertEqual(len(self.results.variant_cases("synapse")), self.VARIANTS)
        self.assertEqual(len(self.results.done("synapse")), self.VARIANTS * self.CURRENTS)

    def test_become_bands_of_the_wall_position(self):
        axes = plot.positions(self.results)
        medians = [line for line in axes.lines if line.get_label().startswith("notches")]
        self.assertEqual(len(medians), len(set(self.results.get("synapse/notches_count").values)))
        self.assertEqual(len(axes.collections), len(medians))
        count, current, final = (
            self.results.get(f"synapse/{name}").values for name in ("notches_count", "pulse_current_density", "final_position")
        )
        lowest = min(set(count))
        wanted = [np.median(final[(count == lowest) & (current == at)]) * 1e9 for at in sorted(set(current))]
        np.testing.assert_allclose(medians[0].get_ydata(), wanted)

    def test_become_medians_of_the_levels_of_variants_with_as_many(self):
        axes = plot.levels(self.results)
        counts, levels = (self.results.get(f"variants/{name}").values for name in ("levels", "level_conductance"))
        for line, number in zip(axes.lines, np.unique(counts[counts > 0])):
            self.assertEqual(line.get_label(), f"{number} levels ({np.sum(counts == number)} variants)")
            np.testing.assert_allclose(line.get_ydata(), np.median(levels[counts == number, :number], axis=0) * 1e6)

    def test_give_figures_of_few_pieces(self):
        plan = Plan(self.results)
        for name in ("levels", "depinning", "energy_accuracy", "programming_errors", "retention_barriers"):
            figure = plan[name].figure()
            buffer = io.BytesIO()
            figure.savefig(buffer, format="svg")
            self.assertLess(len(buffer.getvalue()), 400_000)
            self.assertLess(sum(len(axes.lines) + len(axes.collections) for axes in figure.axes), 25)

    def test_are_binned_in_the_map_of_accuracies(self):
        cells = plot.accuracy_map(self.results)[0, 0].images[0].get_array()
        self.assertEqual(cells.shape[0], len(large_results.COUNTS))
        self.assertLessEqual(cells.shape[1], 60)
        self.assertTrue(np.all(np.isfinite(cells)))

    def test_take_little_room_on_the_page(self):
        details = page_data.details(self.results)
        self.assertEqual(len(details), self.VARIANTS)
        self.assertLess(sum(map(len, details)) / self.VARIANTS, 30e6 / 5000)


class Documentation(unittest.TestCase):
    DOCS = ANALYSIS.parent / "docs"

    def test_names_the_command_that_made_each_of_its_pictures(self):
        pages = [self.DOCS.parent / "README.md", *self.DOCS.glob("*.md")]
        shown = {
            (page.parent / picture).resolve()
            for page in pages
            for picture in re.findall(r"!\[[^\]]*\]\(([^)]+\.png)\)", page.read_text(encoding="utf-8"))
        }
        self.assertEqual(shown, {path.resolve() for path in self.DOCS.rglob("*.png")})
        for folder in {picture.parent for picture in shown}:
            page = (self.DOCS / f"{folder.name}.md").read_text(encoding="utf-8")
            command = re.search(rf"`(analysis/gallery results/(\w+)\.h5 -o docs/{folder.name}\b[^`]*)`", page)
            self.assertIsNotNone(command, folder)
            self.assertTrue((self.DOCS.parent / "sweeps" / f"{command.group(2)}.toml").exists())
            self.assertIn(command.group(1), (self.DOCS / "report.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
