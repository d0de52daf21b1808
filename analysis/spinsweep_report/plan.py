"""The figures that can be drawn of a results file: names, captions, and the functions that draw them."""

import dataclasses
from collections.abc import Callable
from functools import partial
import itertools

import numpy as np

from . import captions, sample_size
from .captions import INTERVALS, SCALE
from spinsweep import names, plot
from spinsweep.errors import NotInStudy
from spinsweep.network_results import Network
from spinsweep.plot.cells import MOST_DEVICES
from spinsweep.plot.film import MOST_MAPS, MOST_OUTLINES
from spinsweep.plot.networks import best_variant

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
    """A figure that has not been drawn. heading: where the page has it. draw: returns its axes. of: ("synapse", variant)
    for a figure that there is of every variant."""

    name: str
    heading: str
    draw: Callable
    caption: str | Callable[[], str]
    of: tuple[str, int] | None = None

    def table(self):
        """Name of the table with its numbers, or None."""
        return next((table for begin, table in _TABLES.items() if self.name.startswith(begin)), None)

    def figure(self):
        """None if there is nothing to show."""
        try:
            axes = self.draw()
        except NotInStudy:
            return None
        return np.ravel(axes)[0].figure.figure

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
            name = "fig1_neuron" + (f"_{k}" if len(neurons) > 1 else "")
            self._add(name, partial(plot.neuron, results, k), partial(captions.neuron, results, k), of=("neuron", k))
        synapses = results.variant_cases("synapse")
        for k in range(len(synapses)):
            self._add(
                f"fig2_synapse_{k}", partial(plot.synapse, results, k), partial(captions.synapse, results, k), of=("synapse", k)
            )
        self._add("pulse_trains", partial(plot.pulse_trains, results), captions.pulse_trains(results))
        for k in range(len(synapses)):
            self._add(
                f"ensemble_{k}", partial(plot.ensemble, results, k), partial(captions.ensemble, results, k), of=("synapse", k)
            )
        if results.is_measured():
            self._add("levels", partial(plot.levels, results), captions.levels(results))
        if any(results.done("synapse")):
            self._add(
                "outlines",
                partial(plot.outlines, results),
                f"The magnetic cells of each synapse variant, of the first {MOST_OUTLINES} at most.",
            )
            self._add(
                "anisotropy",
                partial(plot.anisotropy, results),
                f"Anisotropy of the cells of the first synapse variants whose material varies, at most {MOST_MAPS}.",
            )
            self._add(
                "devices_as_simulated",
                partial(plot.devices_as_simulated, results),
                "What varies from cell to cell of the first synapse variants in which more than the anisotropy does, at most "
                f"{MOST_DEVICES}. Lines: the current, where it flows around the notches.",
            )
            self._add("depinning_currents", partial(plot.depinning_currents, results), captions.depinning_currents(results))
            self._add("wall_positions", partial(plot.positions, results), captions.wall_positions(results))
            self._add("levels", partial(plot.levels, results), captions.levels(results))
            self._add("depinning", partial(plot.depinning, results), captions.depinning(results))

    def _programming(self):
        results = self.results
        self._add(
            "programming_probabilities",
            partial(plot.programming_probabilities, results),
            "Probability of each level after writing, from the variant with the smallest to that with the largest error of "
            "conductance. Bands: 95 % intervals; white markers: what writes the level best. Level 1 is the reset state.",
        )
        self._add(
            "programming_confusion",
            partial(plot.programming_confusion, results),
            "Level that is reached by the best way of writing each level, % of the realisations, for the same variants. None: the "
            "wall is outside the levels or was lost.",
        )
        self._add(
            "programming_errors",
            partial(plot.programming_errors, results),
            "Errors of writing against every swept parameter, one marker for each variant; line: mean over all others. Above: how "
            "often another level is reached. Below: root mean square error of the conductance, in mean distances of levels.",
        )
        self._add(
            "programming_pareto",
            partial(plot.programming_pareto, results),
            captions.programming_pareto(),
        )

    def _retention(self):
        results = self.results
        self._add(
            "retention_landscape",
            partial(plot.retention_landscape, results),
            "Energy along the path of minimum energy from notch to notch, and over open ends to the track without a wall, above the "
            "lowest well; dots: wells, triangles: saddle points.",
        )
        self._add(
            "retention_barriers",
            partial(plot.retention_barriers, results),
            "Smallest barrier of each variant, between neighbouring levels or over an end, against every swept parameter; line: "
            "mean over all others. Grey: the barrier between two wells over which 1 % of the devices have moved after ten years, "
            "for the median attempt frequency.",
        )

    def _networks(self):
        results, network = self.results, self.network
        if not network.exists():
            return
        variant = best_variant(network, 0)
        if variant is not None:
            self._add(
                "overview",
                partial(plot.overview, results, variant),
                "The study in one figure. (a) Map of mz of a synapse after pulses of several current densities. (b) Conductance levels. "
                "(c) Conductance of the neuron against current density, both normalised, and the fitted activation. Then the test "
                "accuracy (%) against the first swept parameter: mean and standard deviation over all others and the seeds."
                + SCALE
                + network.shown_choice(),
            )
        for d, dataset in enumerate(network.datasets):
            variant = best_variant(network, d)
            if variant is None:
                continue
            self._add(
                f"fig{4 + min(d, 1)}_network_{dataset}",
                partial(plot.network, results, dataset, variant),
                captions.network(results, network, d, variant),
            )
        for dataset in network.datasets:
            self._add(
                f"fig6_misclassified_{dataset}",
                partial(plot.misclassified, results, dataset),
                f"The first test images of {names.dataset(dataset)} that the FP32 network misclassifies: label → predicted "
                "class. Compare with Fig. 6 of arXiv:2605.22625.",
            )
        self._add(
            "retention_accuracy",
            partial(plot.retention_accuracy, results),
            "Test accuracy against the time since the levels were written, for each data set and method (rows) and temperature "
            "(columns). Lines: mean over device samples, neurons and seeds; bands: standard deviation."
            + network.shown_choice(),
        )
        self._add(
            "mappings",
            partial(plot.mappings, results),
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
                partial(plot.devices_by_parameter, results),
                "Properties of the synapses against each swept parameter, averaged over all others. All panels of a row have "
                "the same scale: the steeper a curve, the more its parameter matters." + of_devices,
            )
            self._add(
                "device_effects",
                partial(plot.device_effects, results),
                "Fraction of the variance of each property of the synapses that each swept parameter explains." + INTERVALS + of_devices,
            )
        if not network.exists():
            return
        chosen = network.shown_choice()
        self._add(
            "accuracy_by_parameter",
            partial(plot.accuracy_by_parameter, results),
            "Mean test accuracy against each swept parameter, averaged over all others, for each data set (rows) and method "
            "(colours)." + SCALE + chosen + sample_size.note(results, [main]),
        )
        self._add(
            "accuracy_map",
            partial(plot.accuracy_map, results),
            "Mean test accuracy (%) against two swept parameters, for each data set (rows) and method (columns). Every map has "
            "its own colour scale." + chosen,
        )
        self._add(
            "main_effects",
            partial(plot.main_effects, results),
            "Main effects: fraction of the variance of test accuracy that each swept parameter explains by itself."
            + INTERVALS
            + chosen
            + sample_size.note(results, [main]),
        )
        self._add(
            "sobol_indices",
            partial(plot.sobol_indices, results),
            "Sobol indices of test accuracy: the fraction of its variance that is due to a parameter alone (first order) and "
            "together with all its interactions (total). Where the total index is much larger, the effect of a parameter depends "
            "on the others. Black lines: 95 % bootstrap intervals." + chosen + sample_size.note(results, sobol),
        )
        self._add(
            "retained_effects",
            partial(plot.retained_effects, results),
            "Fraction of the variance of the accuracy after the longest time at the highest temperature of [retention] that each "
            "swept parameter explains." + INTERVALS + chosen,
        )
        self._add("energy_accuracy", partial(plot.energy_accuracy, results), captions.energy_accuracy(results, network))
