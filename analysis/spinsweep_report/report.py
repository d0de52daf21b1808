"""Makes the report: figures as SVG and PDF, tables as CSV, and one page with all of them."""

import argparse
import io
import itertools
import pathlib
import sys
import time

from . import (
    figures_cases,
    figures_cells,
    figures_devices,
    figures_energy,
    figures_film,
    figures_mappings,
    figures_misclassified,
    figures_network,
    figures_programming,
    figures_pulses,
    figures_retention,
    figures_sensitivity,
    names,
    page,
    page_data,
    tables,
    tables_effects,
    tables_network,
)
from .answers import Answers
from .network_data import Network
from .opening import opening_html
from spinsweep.results import ForeignFile, Results
from .style import plt


_INTERVALS = (
    " Black lines: 95 % bootstrap intervals, over the seeds for a grid and over the points for a random sample. "
    "Parameters that are varied together count as one. A parameter matters where its bar is long compared with the "
    "others and with its interval."
)
_SCALE = " Where accuracies differ widely, the axis is logarithmic in the error, 100 % − accuracy."


class Drawn:
    """A figure on the page and on disk."""

    def __init__(self, name, figure, caption):
        self.name, self.caption = name, caption
        self.millimetres = figure.get_size_inches()[0] * 25.4
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None})
        self.svg = buffer.getvalue()
        # Computing the layout again for every format would take most of the time.
        figure.set_layout_engine("none")
        self.figure = figure

    def write(self, folder, formats):
        for suffix in formats:
            if suffix == "svg":
                (folder / f"{self.name}.svg").write_bytes(self.svg)
            else:
                self.figure.savefig(
                    folder / f"{self.name}.{suffix}", metadata={"CreationDate": None} if suffix == "pdf" else None
                )
        plt.close(self.figure)


class Report:
    """Figures and tables of a results file. Figures that have nothing to show are left out."""

    def __init__(self, results):
        self.results, self.network = results, Network(results)
        self.figures = []
        self.parts = (  # heading, function that draws its figures
            ("Devices", self.draw_devices),
            ("Programming", self.draw_programming),
            ("Retention", self.draw_retention),
            ("Networks", self.draw_networks),
            ("Sensitivity to the swept parameters", self.draw_sensitivity),
        )

    def _add(self, name, figure, caption):
        if figure is None:
            return
        name, taken = names.file_name(name), {drawn.name for drawn in self.figures}
        candidates = itertools.chain([name], (f"{name}-{k}" for k in itertools.count(2)))
        self.figures.append(Drawn(next(free for free in candidates if free not in taken), figure, caption))

    def draw_devices(self):
        results = self.results
        neurons = results.variant_cases("neuron")
        for k in range(min(len(neurons), figures_cases.MOST_VARIANTS)):
            self._add(
                "fig1_neuron" + (f"_{k}" if len(neurons) > 1 else ""),
                figures_cases.neuron(results, k),
                f"{names.titled(results, 'neuron', k)}. (a) Conductance against current density, both normalised to the range from 0 to 1, and the polynomial fitted to "
                "it as the activation; inset: the activation compared with ReLU. (b, c) Map of mz at the end of two cases; "
                "the black lines mark the ends of the tunnel junction. Compare with Fig. 1 of the paper.",
            )
        synapses = results.variant_cases("synapse")
        for k in range(min(len(synapses), figures_cases.MOST_VARIANTS)):
            self._add(
                f"fig2_synapse_{k}",
                figures_cases.synapse(results, k),
                f"{names.titled(results, 'synapse', k)}. Left: map of mz at the end of the case for each current density. Right: mean mz of the track against time (ns); "
                "grey band: the current pulse; dotted lines: the mean mz with the wall at a notch. A pinned wall settles on one of "
                "them after the pulse. Compare with Figs. 2 and 3 of the paper.",
            )
        self._add(
            "pulse_trains",
            figures_pulses.trains(results),
            "(a) Conductance of each synapse variant after each pulse at its largest current density, mean over the "
            "realisations; band: one standard deviation over them. (b) The way back of the same trains on the way there.",
        )
        for k in range(min(len(synapses), figures_cases.MOST_VARIANTS)):
            self._add(
                f"ensemble_{k}",
                figures_pulses.ensemble(results, k),
                f"{names.titled(results, 'synapse', k)}. Realisations of each current density: mean trace of the wall with "
                "a band of one standard deviation, where traces are recorded, and the distribution of the final positions. "
                "Dotted lines: notches.",
            )
        if any(results.done("synapse")):
            self._add(
                "outlines",
                figures_film.outlines(results),
                f"The magnetic cells of each synapse variant, of the first {figures_film.MOST_OUTLINES} at most.",
            )
            self._add(
                "anisotropy",
                figures_film.anisotropy(results),
                f"Anisotropy of the cells of the first synapse variants whose material varies, at most {figures_film.MOST_MAPS}.",
            )
            self._add(
                "devices_as_simulated",
                figures_cells.devices(results),
                "What varies from cell to cell of the first synapse variants in which more than the anisotropy does, at most "
                f"{figures_cells.MOST_DEVICES}. Lines: the current, where it flows around the notches.",
            )
            self._add(
                "depinning_currents",
                figures_film.depinning_currents(results),
                "Depinning current density, found by bisection. Bars: the interval to which the bisection has narrowed it, or the "
                "standard deviation over the realisations, which are the dots. Markers are moved sideways where they would overlap.",
            )
            self._add(
                "wall_positions",
                figures_devices.positions(results),
                "Final position of the wall (nm) against current density for each synapse variant"
                + figures_devices.describe_positions(results)
                + ". Dotted lines: notches of the first variant. Current densities whose walls end on the same line give the "
                "same conductance level.",
            )
            self._add(
                "levels",
                figures_devices.levels(results),
                "Conductance levels of each synapse variant, with their number in brackets. Many levels at even distances "
                "represent the weights of a network best.",
            )
            self._add(
                "depinning",
                figures_devices.depinning(results),
                "Depinning at each notch, counted from the left. (a) Marker: smallest current density of the sweep that carries "
                "the wall past the notch; the line reaches down to the largest that does not, so the depinning current density "
                "lies on it. (b) Time for which the notch holds the wall, from its arrival within one notch diameter until it "
                "leaves: one marker for each current density that carries it past.",
            )

    def draw_programming(self):
        results = self.results
        self._add(
            "programming_probabilities",
            figures_programming.probabilities(results),
            "Probability of each level after writing, from the variant with the smallest to that with the largest error of "
            "conductance. Bands: 95 % intervals; white markers: what writes the level best. Level 1 is the reset state.",
        )
        self._add(
            "programming_confusion",
            figures_programming.confusion(results),
            "Level that is reached by the best way of writing each level, % of the realisations, for the same variants. None: the "
            "wall is outside the levels or was lost.",
        )
        self._add(
            "programming_errors",
            figures_programming.errors(results),
            "Errors of writing against every swept parameter, one marker for each variant; line: mean over all others. Above: how "
            "often another level is reached. Below: root mean square error of the conductance, in mean distances of levels.",
        )
        self._add(
            "programming_pareto",
            figures_programming.pareto(results, self.network),
            "Mean test accuracy of networks whose weights are written to device samples, against the energy of writing a level, for "
            "each method; a marker for each variant. No variant has a higher accuracy on less energy than one on the line.",
        )

    def draw_retention(self):
        results = self.results
        self._add(
            "retention_landscape",
            figures_retention.landscape(results),
            "Energy along the path of minimum energy from notch to notch above the lowest well; dots: wells, triangles: saddle points.",
        )
        self._add(
            "retention_barriers",
            figures_retention.barriers(results),
            "Smallest barrier between neighbouring levels of each variant against every swept parameter; line: mean over all others. "
            "Grey: the barrier between two wells over which 1 % of the devices have moved after ten years, for the median attempt "
            "frequency.",
        )

    def draw_networks(self):
        results, network = self.results, self.network
        if not network.exists():
            return
        for d, dataset in enumerate(network.datasets):
            variant = figures_network.best_variant(results, network, d)
            if variant is None:
                continue
            neuron, seed = network.first_run(d, variant)
            self._add(
                f"fig{4 + min(d, 1)}_network_{dataset}",
                figures_network.panels(results, network, d, variant, neuron, seed),
                f"Network trained on {names.dataset(dataset)}; synapse: {names.variant(results, 'synapse', variant)}. (a) Layers and "
                "their sizes. (b) Training loss against epoch in the colours of the methods. Other panels, a column for each "
                "method: histogram of the weights between the first two layers with the test accuracy above it, and confusion "
                "matrix (colour: fraction of the images with that label)."
                + network.shown_choice()
                + " Compare with Figs. 4 and 5 of the paper.",
            )
        for d, dataset in enumerate(network.datasets):
            self._add(
                f"fig6_misclassified_{dataset}",
                figures_misclassified.misclassified(results, network, d),
                f"The first test images of {names.dataset(dataset)} that the FP32 network misclassifies, with their label and the "
                "predicted class. Compare with Fig. 6 of the paper.",
            )
        self._add(
            "retention_accuracy",
            figures_retention.accuracy(results, network),
            "Test accuracy against the time since the levels were written, for each data set and method (rows) and temperature "
            "(columns). Lines: mean over device samples, neurons and seeds; bands: standard deviation."
            + network.shown_choice(),
        )
        self._add(
            "mappings",
            figures_mappings.mappings(results, network),
            "Mean test accuracy (%) with every mapping of conductance levels to weights: one marker for each synapse variant, "
            "coloured by method. The best mapping has its markers farthest to the right.",
        )

    def draw_sensitivity(self):
        results, network = self.results, self.network
        if results.done("synapse").any():
            self._add(
                "devices_by_parameter",
                figures_sensitivity.devices_by_parameter(results),
                "Properties of the synapses against each swept parameter, averaged over all others. All panels of a row have "
                "the same scale: the steeper a curve, the more its parameter matters.",
            )
            self._add(
                "device_effects",
                figures_sensitivity.device_effects(results),
                "Fraction of the variance of each property of the synapses that each swept parameter explains." + _INTERVALS,
            )
        if not network.exists():
            return
        chosen = network.shown_choice()
        self._add(
            "accuracy_by_parameter",
            figures_sensitivity.accuracy_by_parameter(results, network),
            "Mean test accuracy against each swept parameter, averaged over all others, for each data set (rows) and method "
            "(colours)." + _SCALE + chosen,
        )
        self._add(
            "accuracy_map",
            figures_sensitivity.heat_map(results, network),
            "Mean test accuracy (%) against two swept parameters, for each data set (rows) and method (columns). Every map has "
            "its own colour scale." + chosen,
        )
        self._add(
            "main_effects",
            figures_sensitivity.main_effects(results, network),
            "Main effects: fraction of the variance of test accuracy that each swept parameter explains by itself."
            + _INTERVALS
            + chosen,
        )
        self._add(
            "sobol_indices",
            figures_sensitivity.sobol(results, network),
            "Sobol indices of test accuracy: the fraction of its variance that is due to a parameter alone (first order) and "
            "together with all its interactions (total). Where the total index is much larger, the effect of a parameter depends "
            "on the others. Black lines: 95 % bootstrap intervals." + chosen,
        )
        self._add(
            "retained_effects",
            figures_sensitivity.retained_effects(results, network),
            "Fraction of the variance of the accuracy after the longest time at the highest temperature of [retention] that each "
            "swept parameter explains." + _INTERVALS + chosen,
        )
        self._add(
            "energy_accuracy",
            figures_energy.energy(results, network),
            "Test accuracy against the energy of an update by one level, the Joule heat in the heavy metal per level that the wall "
            "moves. Markers: means over the runs and over the current densities that move the wall by at least one level; lines: "
            "from the smallest to the largest value. The best devices are at the upper left. "
            + figures_energy.describe_heavy_metal(results)
            + _SCALE
            + chosen,
        )

    def tables(self):
        results, network = self.results, self.network
        per_update = lambda v: figures_energy.energy_per_update(results, v)
        every = [
            tables_network.table2(results, network),
            tables_network.programming(results, network, figures_programming),
            tables_network.accuracies(results, network),
            tables_effects.sensitivity(results, network),
            tables_effects.device_sensitivity(results),
            tables.trains(results),
            tables.levels(results),
            tables.depinning(results),
            tables.energy(results, network, per_update),
            tables.failed_cases(results),
            tables.ends_without_a_wall(results),
            tables.cases(results, "neuron"),
            tables.cases(results, "synapse"),
        ]
        return [table for table in every if table.rows]

    def views(self, answers, folder):
        """What the page's views of the variants need; None without any. Writes the table of the variants."""
        if not answers.quantities:
            return None
        table = tables.variants(answers)
        table.write(folder)
        return page_data.views(self.results, answers), page_data.details(self.results), page.table_html(table, scripted=False)

    def write(self, folder, formats):
        """Draws everything and writes the page; returns what was missing."""
        folder.mkdir(parents=True, exist_ok=True)
        groups = []
        for heading, draw in self.parts:
            before = len(self.figures)
            draw()
            blocks = []
            for figure in self.figures[before:]:
                figure.write(folder, formats)
                blocks.append(page.figure_html(figure))
            groups.append((heading, blocks))
        all_tables = self.tables()
        for table in all_tables:
            table.write(folder)
        groups.append(("Tables", [page.table_html(table) for table in all_tables]))
        title = f"spinsweep: {self.results.sweep.get('study', {}).get('name', 'study')}"
        meta = (
            f"{pathlib.Path(self.results.path).name}, created {self.results.attribute('created')} by spinsweep "
            f"{self.results.attribute('spinsweep_version')} ({self.results.attribute('git_revision')})"
        )
        answers = Answers(self.results, self.network)
        views = self.views(answers, folder)
        text = page.page(title, meta, opening_html(answers), views, groups, self.results.attribute("sweep"))
        (folder / "index.html").write_text(text, encoding="utf-8")
        return [item.sentence for item in answers.missing()]


def main(arguments=None):
    parser = argparse.ArgumentParser(
        prog="analysis/report", description="Figures, tables and a page from a spinsweep results file."
    )
    parser.add_argument("results", metavar="RESULTS.h5")
    parser.add_argument(
        "-o", "--output", required=True, metavar="DIR", help="folder for the page, the figures and the tables"
    )
    parser.add_argument("--force", action="store_true", help="replace the report that is in the folder")
    options = parser.parse_args(arguments)
    start = time.monotonic()
    folder = pathlib.Path(options.output)
    if (folder / "index.html").exists() and not options.force:
        print(f"report: {folder}: a report exists already; --force replaces it", file=sys.stderr)
        return 3
    try:
        report = Report(Results(options.results))
        missing = report.write(folder, ("svg", "pdf"))
    except ForeignFile as error:
        print(f"report: {error}", file=sys.stderr)
        return 3
    except OSError as error:
        print(f"report: {error}", file=sys.stderr)
        return 3
    for sentence in missing:
        print(sentence)
    print(f"{folder / 'index.html'}: {len(report.figures)} figures in {time.monotonic() - start:.0f} s")
    return 0
