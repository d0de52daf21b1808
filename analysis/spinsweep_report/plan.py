"""The figures that can be drawn of a results file: names, captions, and the functions that draw them."""

import dataclasses
from collections.abc import Callable
from functools import partial
import itertools

from . import (
    figures_cases,
    figures_cells,
    figures_devices,
    figures_energy,
    figures_film,
    figures_mappings,
    figures_misclassified,
    figures_network,
    figures_overview,
    figures_programming,
    figures_pulses,
    figures_retention,
    figures_sensitivity,
    many,
    names,
    sample_size,
)
from .network_data import Network

_INTERVALS = (
    " Black lines: 95 % bootstrap intervals, over the seeds for a grid and over the points for a random sample. "
    "Parameters that are varied together count as one. A parameter matters where its bar is long compared with the "
    "others and with its interval."
)
_SCALE = " Where accuracies differ widely, the axis is logarithmic in the error, 100 % − accuracy."


# First letters of a figure's name -> table with its numbers. Maps of cells and pictures have none.
_TABLES = {
    "overview": "variants",
    "fig1_neuron": "neuron_cases",
    "fig2_synapse": "synapse_cases",
    "ensemble": "synapse_cases",
    "pulse_trains": "pulse_trains",
    "depinning_currents": "variants",
    "depinning": "depinning",
    "wall_positions": "synapse_cases",
    "levels": "levels",
    "programming": "programming",
    "retention": "variants",
    "fig4_network": "accuracies",
    "fig5_network": "accuracies",
    "mappings": "accuracies",
    "devices_by_parameter": "device_sensitivity",
    "device_effects": "device_sensitivity",
    "accuracy": "accuracies",
    "main_effects": "sensitivity",
    "sobol_indices": "sensitivity",
    "retained_effects": "sensitivity",
    "energy_accuracy": "energy_per_update",
}


@dataclasses.dataclass
class Planned:
    """A figure that has not been drawn. heading: where the page has it. draw: returns the figure, or None if there is
    nothing to show. of: ("synapse", variant) for a figure that there is of every variant."""

    name: str
    heading: str
    draw: Callable
    caption: str | Callable[[], str]
    of: tuple[str, int] | None = None

    def table(self):
        """Name of the table with its numbers, or None."""
        return next((table for begin, table in _TABLES.items() if self.name.startswith(begin)), None)

    def text(self):
        return self.caption() if callable(self.caption) else self.caption


class Plan:
    def __init__(self, results):
        self.results, self.network = results, Network(results)
        self._figures = {}
        for self._heading, add in (
            ("Devices", self._devices),
            ("Programming", self._programming),
            ("Retention", self._retention),
            ("Networks", self._networks),
            ("Sensitivity to the swept parameters", self._sensitivity),
        ):
            add()

    def __iter__(self):
        return iter(self._figures.values())

    def __getitem__(self, name):
        return self._figures[name]

    def _add(self, name, draw, caption, of=None):
        name = names.file_name(name)
        candidates = itertools.chain([name], (f"{name}-{k}" for k in itertools.count(2)))
        name = next(free for free in candidates if free not in self._figures)
        self._figures[name] = Planned(name, self._heading, draw, caption, of)

    def _devices(self):
        results = self.results
        neurons = results.variant_cases("neuron")
        for k in range(len(neurons)):
            self._add(
                "fig1_neuron" + (f"_{k}" if len(neurons) > 1 else ""),
                partial(figures_cases.neuron, results, k),
                lambda k=k: f"{names.titled(results, 'neuron', k)}. (a) Conductance against current density, both normalised to the range from 0 to 1, and the polynomial fitted to "
                "it as the activation; inset: the activation compared with ReLU. (b, c) Map of mz at the end of two cases; "
                "the black lines mark the ends of the tunnel junction. Compare with Fig. 1 of the paper.",
                of=("neuron", k),
            )
        synapses = results.variant_cases("synapse")
        for k in range(len(synapses)):
            self._add(
                f"fig2_synapse_{k}",
                partial(figures_cases.synapse, results, k),
                lambda k=k: f"{names.titled(results, 'synapse', k)}. Left: map of mz at the end of the case for each current density. Right: mean mz of the track against time (ns); "
                "grey band: the current pulse; dotted lines: the mean mz with the wall at a notch. A pinned wall settles on one of "
                "them after the pulse. Compare with Figs. 2 and 3 of the paper.",
                of=("synapse", k),
            )
        self._add(
            "pulse_trains",
            partial(figures_pulses.trains, results),
            figures_pulses.describe_trains(results),
        )
        for k in range(len(synapses)):
            self._add(
                f"ensemble_{k}",
                partial(figures_pulses.ensemble, results, k),
                lambda k=k: f"{names.titled(results, 'synapse', k)}. Realisations of each current density: mean trace of the wall with "
                "a band of one standard deviation, where traces are recorded, and the distribution of the final positions. "
                "Dotted lines: notches.",
                of=("synapse", k),
            )
        if results.is_measured():
            self._add(
                "levels",
                partial(figures_devices.levels, results),
                "Conductance levels of the measured devices"
                + figures_devices.describe_levels(results)
                + ". Lines: means over the devices; dots: each device. Where dots of two levels overlap, devices cannot be told apart.",
            )
        if any(results.done("synapse")):
            self._add(
                "outlines",
                partial(figures_film.outlines, results),
                f"The magnetic cells of each synapse variant, of the first {figures_film.MOST_OUTLINES} at most.",
            )
            self._add(
                "anisotropy",
                partial(figures_film.anisotropy, results),
                f"Anisotropy of the cells of the first synapse variants whose material varies, at most {figures_film.MOST_MAPS}.",
            )
            self._add(
                "devices_as_simulated",
                partial(figures_cells.devices, results),
                "What varies from cell to cell of the first synapse variants in which more than the anisotropy does, at most "
                f"{figures_cells.MOST_DEVICES}. Lines: the current, where it flows around the notches.",
            )
            self._add(
                "depinning_currents",
                partial(figures_film.depinning_currents, results),
                "Depinning current density, found by bisection" + figures_film.describe_depinning_currents(results),
            )
            self._add(
                "wall_positions",
                partial(figures_devices.positions, results),
                "Final position of the wall (nm) against current density for each synapse variant"
                + (many.DESCRIPTION if figures_devices.is_crowded(results) else "")
                + ". Dotted lines: notches of the first variant. Current densities whose walls end on the same line give the "
                "same conductance level.",
            )
            self._add(
                "levels",
                partial(figures_devices.levels, results),
                "Conductance levels of each synapse variant"
                + figures_devices.describe_levels(results)
                + ". Many levels at even distances represent the weights of a network best.",
            )
            self._add(
                "depinning",
                partial(figures_devices.depinning, results),
                "Depinning at each notch, counted from the left. " + figures_devices.describe_depinning(results),
            )

    def _programming(self):
        results = self.results
        self._add(
            "programming_probabilities",
            partial(figures_programming.probabilities, results),
            "Probability of each level after writing, from the variant with the smallest to that with the largest error of "
            "conductance. Bands: 95 % intervals; white markers: what writes the level best. Level 1 is the reset state.",
        )
        self._add(
            "programming_confusion",
            partial(figures_programming.confusion, results),
            "Level that is reached by the best way of writing each level, % of the realisations, for the same variants. None: the "
            "wall is outside the levels or was lost.",
        )
        self._add(
            "programming_errors",
            partial(figures_programming.errors, results),
            "Errors of writing against every swept parameter, one marker for each variant; line: mean over all others. Above: how "
            "often another level is reached. Below: root mean square error of the conductance, in mean distances of levels.",
        )
        self._add(
            "programming_pareto",
            partial(figures_programming.pareto, results, self.network),
            "Mean test accuracy of networks whose weights are written to device samples, against the energy of writing a level, for "
            "each method; a marker for each variant. No variant has a higher accuracy on less energy than one on the line.",
        )

    def _retention(self):
        results = self.results
        self._add(
            "retention_landscape",
            partial(figures_retention.landscape, results),
            "Energy along the path of minimum energy from notch to notch above the lowest well; dots: wells, triangles: saddle points.",
        )
        self._add(
            "retention_barriers",
            partial(figures_retention.barriers, results),
            "Smallest barrier between neighbouring levels of each variant against every swept parameter; line: mean over all others. "
            "Grey: the barrier between two wells over which 1 % of the devices have moved after ten years, for the median attempt "
            "frequency.",
        )

    def _networks(self):
        results, network = self.results, self.network
        if not network.exists():
            return
        variant = figures_network.best_variant(results, network, 0)
        if variant is not None:
            self._add(
                "overview",
                partial(figures_overview.overview, results, network, variant),
                "The study in one figure. (a) Map of mz of a synapse after pulses of several current densities. (b) Conductance levels. "
                "(c) Conductance of the neuron against current density, both normalised, and the fitted activation. Then the test "
                "accuracy (%) against the first swept parameter: mean and standard deviation over all others and the seeds."
                + _SCALE
                + network.shown_choice(),
            )
        for d, dataset in enumerate(network.datasets):
            variant = figures_network.best_variant(results, network, d)
            if variant is None:
                continue
            neuron, seed = network.first_run(d, variant)
            self._add(
                f"fig{4 + min(d, 1)}_network_{dataset}",
                partial(figures_network.panels, results, network, d, variant, neuron, seed),
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
                partial(figures_misclassified.misclassified, results, network, d),
                f"The first test images of {names.dataset(dataset)} that the FP32 network misclassifies, with their label and the "
                "predicted class. Compare with Fig. 6 of the paper.",
            )
        self._add(
            "retention_accuracy",
            partial(figures_retention.accuracy, results, network),
            "Test accuracy against the time since the levels were written, for each data set and method (rows) and temperature "
            "(columns). Lines: mean over device samples, neurons and seeds; bands: standard deviation."
            + network.shown_choice(),
        )
        self._add(
            "mappings",
            partial(figures_mappings.mappings, results, network),
            "Mean test accuracy (%) with every mapping of conductance levels to weights: one marker for each synapse variant, "
            "coloured by method. The best mapping has its markers farthest to the right.",
        )

    def _sensitivity(self):
        results, network = self.results, self.network
        of_devices = sample_size.note(results, ("device_effect_variance_fraction", "device_sobol_first", "device_sobol_total"))
        main, sobol = "main_effect_variance_fraction", ("sobol_first", "sobol_total")
        if results.done("synapse").any():
            self._add(
                "devices_by_parameter",
                partial(figures_sensitivity.devices_by_parameter, results),
                "Properties of the synapses against each swept parameter, averaged over all others. All panels of a row have "
                "the same scale: the steeper a curve, the more its parameter matters." + of_devices,
            )
            self._add(
                "device_effects",
                partial(figures_sensitivity.device_effects, results),
                "Fraction of the variance of each property of the synapses that each swept parameter explains." + _INTERVALS + of_devices,
            )
        if not network.exists():
            return
        chosen = network.shown_choice()
        self._add(
            "accuracy_by_parameter",
            partial(figures_sensitivity.accuracy_by_parameter, results, network),
            "Mean test accuracy against each swept parameter, averaged over all others, for each data set (rows) and method "
            "(colours)." + _SCALE + chosen + sample_size.note(results, [main]),
        )
        self._add(
            "accuracy_map",
            partial(figures_sensitivity.heat_map, results, network),
            "Mean test accuracy (%) against two swept parameters, for each data set (rows) and method (columns). Every map has "
            "its own colour scale." + chosen,
        )
        self._add(
            "main_effects",
            partial(figures_sensitivity.main_effects, results, network),
            "Main effects: fraction of the variance of test accuracy that each swept parameter explains by itself."
            + _INTERVALS
            + chosen
            + sample_size.note(results, [main]),
        )
        self._add(
            "sobol_indices",
            partial(figures_sensitivity.sobol, results, network),
            "Sobol indices of test accuracy: the fraction of its variance that is due to a parameter alone (first order) and "
            "together with all its interactions (total). Where the total index is much larger, the effect of a parameter depends "
            "on the others. Black lines: 95 % bootstrap intervals." + chosen + sample_size.note(results, sobol),
        )
        self._add(
            "retained_effects",
            partial(figures_sensitivity.retained_effects, results, network),
            "Fraction of the variance of the accuracy after the longest time at the highest temperature of [retention] that each "
            "swept parameter explains." + _INTERVALS + chosen,
        )
        self._add(
            "energy_accuracy",
            partial(figures_energy.energy, results, network),
            "Test accuracy against the energy of an update by one level, the Joule heat in the heavy metal per level that the wall "
            "moves. Markers: means over the runs and over the current densities that move the wall by at least one level; lines, of "
            "up to 50 variants: from the smallest to the largest value. The best devices are at the upper left. "
            + figures_energy.describe_heavy_metal(results)
            + _SCALE
            + chosen,
        )
