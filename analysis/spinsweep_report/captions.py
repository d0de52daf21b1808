"""Captions of the figures: what they show, and which of two forms they have."""

import numpy as np

from spinsweep import names
from spinsweep.plot.levels import MOST_LISTED
from spinsweep.plot.many import is_crowded
from spinsweep.update_energy import heavy_metal

INTERVALS = (
    " Black lines: 95 % bootstrap intervals, over the seeds for a grid and over the points for a random sample. "
    "Parameters that are varied together count as one. A parameter matters where its bar is long compared with the "
    "others and with its interval."
)
SCALE = " Where accuracies differ widely, the axis is logarithmic in the error, 100 % − accuracy."
_BANDS = ", grouped by the first swept parameter; lines: medians; bands: from 10 to 90 % of the variants"


def neuron(results, variant):
    return (
        f"{names.titled(results, 'neuron', variant)}. (a) Conductance against current density, both normalised to the range "
        "from 0 to 1, and the polynomial fitted to it as the activation; inset: the activation compared with ReLU. (b, c) Map "
        "of mz at the end of two cases; the black lines mark the ends of the tunnel junction. Compare with Fig. 1 of arXiv:2605.22625."
    )


def synapse(results, variant):
    return (
        f"{names.titled(results, 'synapse', variant)}. Left: map of mz at the end of the case for each current density. Right: "
        "mean mz of the track against time (ns); grey band: the current pulse; dotted lines: the mean mz with the wall at a "
        "notch. A pinned wall settles on one of them after the pulse. Compare with Figs. 2 and 3 of arXiv:2605.22625."
    )


def ensemble(results, variant):
    return (
        f"{names.titled(results, 'synapse', variant)}. Realisations of each current density: mean trace of the wall with a "
        "band of one standard deviation, where traces are recorded, and the distribution of the final positions. Dotted lines: "
        "notches."
    )


def pulse_trains(results):
    if is_crowded(results):
        return f"Conductance after each pulse at the largest current density of each synapse variant{_BANDS}."
    return (
        "(a) Conductance of each synapse variant after each pulse at its largest current density, mean over the "
        "realisations; band: one standard deviation to either side; of up to three variants also each realisation. Dotted line: "
        "here the current changes its sign. (b) The return train, which takes as many pulses back, drawn over the forward one."
    )


def programming_pareto():
    return (
        "Accuracy, energy and write error of all variants, for each method: mean test accuracy of networks whose weights are "
        "written to device samples, against the mean energy of writing a level; colour: the write error, the share of attempts "
        "that leave the wall at another level or at none. Large markers: the Pareto front of the three; every other variant is "
        "surpassed in one of them by a variant that is at least as good in the other two. Line: the front of accuracy and energy "
        "alone. Bars: standard error over the device samples. Grey strip: variants that are far less accurate than the others, on "
        "a coarser scale. Every panel has its own scale of accuracy."
    )


def levels(results):
    counts = results.get("variants/levels")
    form = ", with their number in brackets"
    if counts is not None and np.count_nonzero(counts.values) > MOST_LISTED:
        form = ". Markers: medians over the variants with as many levels; bars: from 10 to 90 % of them"
    if results.is_measured():
        return (
            f"Conductance levels of the measured devices{form}. Lines: means over the devices; dots: each device. Where dots of "
            "two levels overlap, devices cannot be told apart."
        )
    return f"Conductance levels of each synapse variant{form}. Many levels at even distances represent the weights of a network best."


def wall_positions(results):
    return (
        f"Final position of the wall (nm) against current density for each synapse variant{_BANDS if is_crowded(results) else ''}. "
        "Dotted lines: notches of the first variant. Current densities whose walls end on the same line give the same "
        "conductance level."
    )


def depinning_currents(results):
    found = "Depinning current density, found by bisection. "
    if is_crowded(results):
        return (
            f"{found}With many variants: against every swept parameter, a marker for each variant, the median over bins and a "
            "band from 10 to 90 %."
        )
    return (
        f"{found}Bars: the interval to which the bisection has narrowed it, or the standard deviation over the realisations, "
        "which are the dots. Markers are moved sideways where they would overlap."
    )


def depinning(results):
    at = "Depinning at each notch, counted from the left. (a) "
    if is_crowded(results):
        return (
            f"{at}Smallest current density of the sweep that carries the wall past the notch. (b) Time for which the notch holds "
            "the wall. Markers: medians over groups of variants; bars: from 10 to 90 % of them."
        )
    return (
        f"{at}Marker: smallest current density of the sweep that carries the wall past the notch; the line reaches down to the "
        "largest that does not, so the depinning current density lies on it. (b) Time for which the notch holds the wall, from "
        "its arrival within one notch diameter until it leaves: one marker for each current density that carries it past."
    )


def network(results, network, dataset, variant):
    """dataset, variant: their places."""
    return (
        f"Network trained on {names.dataset(network.datasets[dataset])}; synapse: {names.variant(results, 'synapse', variant)}. "
        "(a) Layers and their sizes. (b) Training loss against epoch in the colours of the methods. Other panels, a column for "
        "each method: histogram of the weights between the first two layers with the test accuracy above it, and confusion "
        f"matrix (colour: fraction of the images with that label).{network.shown_choice()} Compare with Figs. 4 and 5 of arXiv:2605.22625."
    )


def energy_accuracy(results, network):
    resistivity, thickness = heavy_metal(results)
    return (
        "Test accuracy against the energy of an update by one level, the Joule heat in the heavy metal per level that the wall "
        "moves. Markers: means over the runs and over the current densities that move the wall by at least one level; lines, of "
        "up to 50 variants: from the smallest to the largest value. The best devices are at the upper left. Heavy metal of "
        f"{resistivity * 1e8:.4g} µΩ cm, {thickness * 1e9:.4g} nm thick.{SCALE}{network.shown_choice()}"
    )
