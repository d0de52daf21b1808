"""Figures of a study: spinsweep.plot.levels(study), or on given axes, spinsweep.plot.levels(study, ax=ax). analysis/report
draws with them too. They need matplotlib.

Each function takes a Study and draws on a new figure in the report's style, or on `ax` as matplotlib is set. A figure of
several panels takes the place of `ax` in its figure. It returns the axes, or an array of them whose shape its description
says, and raises NotInStudy where the study lacks what it shows. Variants are given as study.variant(...) and
study.neuron(...), or by their place in the sweep, counted from 0."""

from .accuracies import accuracy, accuracy_by_parameter, accuracy_map
from .activation import activation
from .cells import devices_as_simulated
from .depinning import depinning, depinning_currents
from .devices import magnetization, neuron, synapse, trace
from .effects import device_effects, devices_by_parameter, main_effects, retained_effects, sobol_indices
from .energy import energy_accuracy
from .film import anisotropy, outlines
from .levels import levels
from .mappings import mappings
from .misclassified import misclassified
from .networks import confusion, loss, network, weights
from .overview import overview
from .positions import positions
from .programming import programming_confusion, programming_errors, programming_pareto, programming_probabilities
from .pulses import ensemble, pulse_trains
from .retention import retention_accuracy, retention_barriers, retention_landscape

__all__ = [
    "accuracy",
    "accuracy_by_parameter",
    "accuracy_map",
    "activation",
    "anisotropy",
    "confusion",
    "depinning",
    "depinning_currents",
    "device_effects",
    "devices_as_simulated",
    "devices_by_parameter",
    "energy_accuracy",
    "ensemble",
    "levels",
    "loss",
    "magnetization",
    "main_effects",
    "mappings",
    "misclassified",
    "network",
    "neuron",
    "outlines",
    "overview",
    "positions",
    "programming_confusion",
    "programming_errors",
    "programming_pareto",
    "programming_probabilities",
    "pulse_trains",
    "retained_effects",
    "retention_accuracy",
    "retention_barriers",
    "retention_landscape",
    "sobol_indices",
    "synapse",
    "trace",
    "weights",
]
