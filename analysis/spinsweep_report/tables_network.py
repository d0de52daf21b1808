"""Tables of accuracies: table 2 of the paper, every method, and networks on what was written."""

import math

import numpy as np

from .table import Table, percent
from spinsweep import names
from spinsweep.finished import programmed
from spinsweep.network_results import mean

# Table 2 of arXiv:2605.22625, test accuracy in %: (notches, data set) -> method -> value.
PAPER = {
    (10, "mnist"): {"fp32": 97.41, "ptq": 94.67, "fine_tuned": 97.17},
    (10, "fashion-mnist"): {"fp32": 86.40, "ptq": 62.20, "fine_tuned": 86.22},
    (5, "mnist"): {"fp32": 97.41, "ptq": 93.84, "fine_tuned": 96.91},
    (5, "fashion-mnist"): {"fp32": 86.40, "ptq": 61.36, "fine_tuned": 86.31},
}


def table2(results, network):
    """Table 2 of the paper: a row for each variant, data set and mapping, our value and in brackets the paper's."""
    rows, columns = {}, {}
    for variant, d, way, label, (average, deviation, known), printed in _runs(results, network):
        if known:
            text = f"{percent(average):.2f}"
            text += f" ± {percent(deviation):.2f}" if math.isfinite(deviation) else ""
            columns.setdefault(label)
            rows.setdefault((variant, d, network.choice(way)), {})[label] = text + (
                f" ({printed:.2f})" if printed else ""
            )
    chosen = any(choice for _, _, choice in rows)
    table = Table(
        "table2",
        "Table 2: test accuracy (%)",
        ["synapse variant", "levels", "data set", *(["mapping"] if chosen else []), *columns],
        "Mean ± standard deviation over seeds and neuron variants; in brackets table 2 of arXiv:2605.22625 for the same number "
        "of notches. Requantised: the fine-tuned network with every weight moved to its nearest level. FP32, as long as a method: the FP32 network trained further with free weights, for as many epochs and with the same learning rates.",
    )
    everywhere = {(variant, d): cells for (variant, d, choice), cells in rows.items() if not choice}
    for (variant, d, choice), cells in rows.items():
        if chosen and not choice:
            continue
        cells = {**everywhere.get((variant, d), {}), **cells}
        table.add(
            names.variant(results, "synapse", variant),
            _level_count(results, variant),
            names.dataset(network.datasets[d]),
            *([choice] if chosen else []),
            *(cells.get(label, "") for label in columns),
        )
    return table


def _level_count(results, variant):
    counts = results.get("variants/levels")
    return int(counts.values[variant]) if counts is not None else ""


class _OfRuns:
    """Accuracies over the neurons and seeds of each variant and data set: mean and standard deviation, NaN where fewer than
    one and two are known, and how many are."""

    def __init__(self, values):
        """values: [variant, neuron, data set, seed]."""
        values = np.moveaxis(values, 2, 1).reshape(values.shape[0], values.shape[2], -1)
        known = np.isfinite(values)
        self.count = known.sum(axis=-1)
        with np.errstate(invalid="ignore", divide="ignore"):
            self.mean = np.where(known, values, 0).sum(axis=-1) / self.count
            squares = np.where(known, (values - self.mean[..., None]) ** 2, 0).sum(axis=-1)
            self.spread = np.where(self.count > 1, np.sqrt(squares / (self.count - 1)), np.nan)

    def at(self, variant, d):
        return float(self.mean[variant, d]), float(self.spread[variant, d]), int(self.count[variant, d])


def _runs(results, network):
    """(variant, data set, way, label of the method, (mean, standard deviation, runs), the paper's value or None)."""
    variants = network.accuracy_array.size("variant") if network.accuracy_array is not None else 0
    columns = []
    for way in network.ways:
        method = network.method(way)
        columns.append((way, method, names.method(method), _OfRuns(network.accuracy(way))))
        if (requantized := network.requantized(way)) is not None:
            columns.append((way, None, "requantised", _OfRuns(requantized)))
        if method == "fp32":
            for controlled, values in network.controls().items():
                of_all = np.broadcast_to(values, (variants, *values.shape))
                columns.append((way, None, f"FP32, as long as {names.method(controlled)}", _OfRuns(of_all)))
    for variant in range(variants):
        cases = results.variant_cases("synapse")[variant]
        notches = int(results.parameter("synapse", "notches.count", cases[0]) or 0) if cases else 0
        for d, dataset in enumerate(network.datasets):
            paper = PAPER.get((notches, dataset), {})
            for way, method, label, accuracy in columns:
                yield variant, d, way, label, accuracy.at(variant, d), paper.get(method)


def accuracies(results, network):
    """Every variant, data set and method, one to a row."""
    table = Table(
        "accuracies",
        "Test accuracy of every method",
        [
            "synapse variant",
            "levels",
            "data set",
            "method",
            "accuracy (%)",
            "standard deviation (%)",
            "runs",
            "paper (%)",
        ],
        "Mean and standard deviation over seeds and neuron variants; paper: table 2 of arXiv:2605.22625.",
        {"accuracy (%)": 2, "standard deviation (%)": 2, "paper (%)": 2},
    )
    for variant, d, way, label, (average, deviation, known), printed in _runs(results, network):
        if known:
            choice = network.choice(way)
            table.add(
                names.variant(results, "synapse", variant),
                _level_count(results, variant),
                names.dataset(network.datasets[d]),
                label + (f", {choice}" if choice else ""),
                percent(average),
                percent(deviation),
                known,
                "" if printed is None else printed,
            )
    return table


def programming(results, network):
    """How well each variant is written, and the accuracy on what was written; the most accurate variant first."""
    ways = [(d, way) for d in range(len(network.datasets)) for way in network.ways_on_devices()] if network.exists() else []
    heads = [f"{names.dataset(network.datasets[d])}, {network.label(way)} (%)" for d, way in ways]
    table = Table(
        "programming",
        "Programming: write error, energy and accuracy of each variant",
        ["synapse variant", "levels", "write error (%)", "conductance error (%)", "pulses", "energy (J)", *heads],
        "Levels that writing reaches, and means over them; error of conductance in mean distances of levels; accuracy on the "
        "device samples, in brackets that without errors of the devices.",
        {"write error (%)": 1, "conductance error (%)": 1, "pulses": 2},
    )
    rows = []
    samples = [network.sample_accuracy(way, d) for d, way in ways]
    for v in programmed(results):
        get = lambda name: float(results.get(f"programming/{name}").values[v])
        accuracies, texts = [], []
        for (d, way), drawn in zip(ways, samples):
            exact = mean(network.accuracy(way)[v, :, d])
            accuracies.append(exact if drawn is None else drawn[v])
            texts.append(f"{percent(accuracies[-1]):.2f} ({percent(exact):.2f})" if np.isfinite(exact) else "")
        row = (
            names.variant(results, "synapse", v),
            int(get("levels_reached")),
            100 * get("mean_write_error"),
            100 * get("mean_conductance_error"),
            get("mean_pulses"),
            get("mean_write_energy"),
            *texts,
        )
        rows.append((-max(accuracies, default=0.0), get("mean_write_error"), row))
    for _, _, row in sorted(rows, key=lambda r: r[:2]):
        table.add(*row)
    return table
