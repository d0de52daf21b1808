"""Tables: rows of plain values under named columns, written as CSV and shown on the page."""

import csv
import math

import numpy as np

from . import names
from .network_data import mean

# Table 2 of arXiv:2605.22625, test accuracy in %: (notches, data set) -> method -> value.
PAPER = {
    (10, "mnist"): {"fp32": 97.41, "ptq": 94.67, "fine_tuned": 97.17},
    (10, "fashion-mnist"): {"fp32": 86.40, "ptq": 62.20, "fine_tuned": 86.22},
    (5, "mnist"): {"fp32": 97.41, "ptq": 93.84, "fine_tuned": 96.91},
    (5, "fashion-mnist"): {"fp32": 86.40, "ptq": 61.36, "fine_tuned": 86.31},
}


class Table:
    """decimals: for columns whose numbers are shown with a fixed number of decimals."""

    def __init__(self, name, title, columns, note="", decimals=None):
        self.name, self.title, self.columns, self.note, self.rows = name, title, columns, note, []
        self.decimals = decimals or {}

    def add(self, *row):
        self.rows.append(row)

    def write(self, folder):
        with open(folder / f"{self.name}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(self.columns)
            writer.writerows([["" if is_unknown(v) else v for v in row] for row in self.rows])


def is_unknown(value):
    return isinstance(value, float) and math.isnan(value)


def _percent(value):
    return round(100 * value, 2) if math.isfinite(value) else float("nan")


def table2(results, network):
    """Table 2 of the paper: a row for each variant, data set and mapping, our value and in brackets the paper's."""
    rows, columns = {}, {}
    for variant, d, way, label, (average, deviation, known), printed in _runs(results, network):
        if known:
            text = f"{_percent(average):.2f}"
            text += f" ± {_percent(deviation):.2f}" if math.isfinite(deviation) else ""
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
        notches = int(results.parameter("synapse", "notches.count", results.variant_cases("synapse")[variant][0]) or 0)
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
                _percent(average),
                _percent(deviation),
                known,
                "" if printed is None else printed,
            )
    return table


def variants(answers):
    """Everything that is known of each synapse variant."""
    quantities = answers.quantities
    table = Table(
        "variants",
        "Every quantity of each synapse variant",
        ["synapse variant", *(f"{q.label} ({q.units})" for q in quantities)],
        "In SI units; accuracies as fractions.",
    )
    for variant in range(len(answers.results.variant_cases("synapse"))):
        table.add(answers.variant(variant), *(float(q.values[variant]) for q in quantities))
    return table


def cases(results, group):
    """Every case of a device that is done."""
    axes = results.swept(group)
    table = Table(
        f"{group}_cases",
        f"Cases of the {group}",
        [
            "case",
            *(f"{name} ({results.file[f'{group}/{name}'].attrs.get('units', '1')})" for name in axes),
            "final_position (m)",
            "final_conductance (S)",
            "wall_time (s)",
        ],
    )
    if not results.has(f"{group}/status"):
        return table
    columns = [results.get(f"{group}/{name}").values for name in axes]
    choices = [results.choices(group, name) for name in axes]
    position, conductance, time = (
        results.get(f"{group}/{name}").values for name in ("final_position", "final_conductance", "wall_time")
    )
    for case in np.flatnonzero(results.done(group)):
        table.add(
            int(case),
            *(named[int(c[case])] if named else float(c[case]) for c, named in zip(columns, choices)),
            float(position[case]),
            float(conductance[case]),
            round(float(time[case]), 2),
        )
    return table


def failed_cases(results):
    table = Table("failed_cases", "Cases that failed", ["device", "case", "parameters", "why"])
    for group in ("neuron", "synapse"):
        if not results.has(f"{group}/status"):
            continue
        why = results.names(f"{group}/message")
        failed = results.file[f"{group}/status"].attrs["flag_meanings"].split().index("failed")
        for case in np.flatnonzero(results.get(f"{group}/status").values == failed):
            values = [(name, float(results.get(f"{group}/{name}").values[case])) for name in results.swept(group)]
            table.add(
                group,
                int(case),
                ", ".join(names.value_text(results, group, name, value) for name, value in values),
                why[case],
            )
    return table


def trains(results):
    """How the conductance of each synapse variant follows its train of pulses."""
    columns = {
        "on_off_ratio": "on/off ratio",
        "potentiation_nonlinearity": "potentiation nonlinearity",
        "depression_nonlinearity": "depression nonlinearity",
        "asymmetry": "asymmetry",
        "cycle_to_cycle": "cycle-to-cycle variation",
    }
    present = {name: title for name, title in columns.items() if results.has(f"variants/{name}")}
    table = Table(
        "pulse_trains",
        "Trains of pulses",
        ["synapse variant", *present.values()],
        "At the largest current density of the variant. Nonlinearity: label of NeuroSim, 0 for a line; asymmetry: largest "
        "distance of the way back from the way there, over the range; cycle-to-cycle variation: standard deviation of the "
        "change by one pulse over the realisations, over the range.",
    )
    if present:
        values = [results.get(f"variants/{name}").values for name in present]
        for k in range(len(values[0])):
            table.add(names.variant(results, "synapse", k), *(float(column[k]) for column in values))
    return table


def programming(results, network, written):
    """How well each variant is written, and the accuracy on what was written; the most accurate variant first.

    written: the module figures_programming."""
    ways = [(d, way) for d in range(len(network.datasets)) for way in network.ways_on_devices()] if network.exists() else []
    heads = [f"{names.dataset(network.datasets[d])}, {network.label(way)} (%)" for d, way in ways]
    table = Table(
        "programming",
        "Programming: write error, energy and accuracy of each variant",
        ["synapse variant", "levels", "write error (%)", "conductance error (%)", "pulses", "energy (J)", *heads],
        "Means over the levels; error of conductance in mean distances of levels; accuracy on the device samples, in brackets "
        "that without errors of the devices.",
        {"write error (%)": 1, "conductance error (%)": 1, "pulses": 2},
    )
    rows = []
    samples = [written.sample_accuracy(results, network, way, d) for d, way in ways]
    for v in written.summarized(results):
        get = lambda name: float(results.get(f"programming/{name}").values[v])
        accuracies, texts = [], []
        for (d, way), drawn in zip(ways, samples):
            exact = mean(network.accuracy(way)[v, :, d])
            accuracies.append(exact if drawn is None else drawn[v])
            texts.append(f"{_percent(accuracies[-1]):.2f} ({_percent(exact):.2f})" if np.isfinite(exact) else "")
        row = (
            names.variant(results, "synapse", v),
            int(get("levels")),
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


def levels(results):
    table = Table(
        "levels",
        "Conductance levels of each synapse variant",
        [
            "synapse variant",
            "levels",
            "smallest (S)",
            "largest (S)",
            "mean spacing (S)",
            "CV of spacing",
            "differential nonlinearity",
            "integral nonlinearity",
            "R^2 of the line",
        ],
        "Nonlinearities in mean spacings, from the line through both ends.",
    )
    counts = results.get("variants/levels")
    if counts is None:
        return table
    conductance = results.get("variants/level_conductance").values
    measures = [
        results.get(f"analysis/{name}")
        for name in (
            "mean_level_spacing",
            "level_spacing_cv",
            "differential_nonlinearity",
            "integral_nonlinearity",
            "level_r_squared",
        )
    ]
    for variant, count in enumerate(counts.values):
        if count > 0:
            table.add(
                names.variant(results, "synapse", variant),
                int(count),
                float(conductance[variant, 0]),
                float(conductance[variant, count - 1]),
                *(float(m.values[variant]) if m is not None else float("nan") for m in measures),
            )
    return table


def depinning(results):
    table = Table(
        "depinning",
        "Depinning at each notch",
        [
            "synapse variant",
            "notch",
            "position (m)",
            "largest J that did not pass (A m-2)",
            "smallest J that passed (A m-2)",
        ],
        "A wall has passed a notch when, during the pulse, it is farther beyond it than a wall pinned there can bow: half the sum of track width and notch diameter, at most half a pitch.",
    )
    passed = results.get("analysis/notch_depinning_current")
    if passed is None:
        return table
    held, position = (results.get(f"analysis/{name}").values for name in ("notch_pinning_current", "notch_position"))
    for variant, notch in np.argwhere(np.isfinite(position)):
        if np.isfinite(held[variant, notch]) or np.isfinite(passed.values[variant, notch]):
            table.add(
                names.variant(results, "synapse", variant),
                int(notch) + 1,
                float(position[variant, notch]),
                float(held[variant, notch]),
                float(passed.values[variant, notch]),
            )
    return table


def sensitivity(results, network):
    """Main effects and Sobol indices with their intervals."""
    table = Table(
        "sensitivity",
        "Effects of the swept parameters on accuracy",
        ["parameter", "data set", "method", "quantity", "value", "95 % low", "95 % high"],
        "Main effect: fraction of the variance of accuracy between the values of the parameter. Retained accuracy: after the "
        "longest time at the highest temperature of [retention].",
    )
    for p, parameter in enumerate(results.names("analysis/parameter_name")):
        for d, dataset in enumerate(network.datasets):
            for way in network.ways:
                for name, label in (
                    ("main_effect_variance_fraction", "main effect"),
                    ("sobol_first", "Sobol, first order"),
                    ("sobol_total", "Sobol, total"),
                    ("retained_effect_variance_fraction", "main effect on retained accuracy"),
                    ("retained_sobol_first", "Sobol, first order, of retained accuracy"),
                    ("retained_sobol_total", "Sobol, total, of retained accuracy"),
                ):
                    row = _with_interval(results, name, parameter=p, dataset=d, **way)
                    if np.isfinite(row[0]):
                        table.add(parameter, names.dataset(dataset), network.label(way), label, *row)
    return table


def device_sensitivity(results):
    """The same for the synapses' own properties."""
    table = Table(
        "device_sensitivity",
        "Effects of the swept parameters on the synapses",
        ["parameter", "property", "quantity", "value", "95 % low", "95 % high"],
    )
    for p, parameter in enumerate(results.names("analysis/parameter_name")):
        for q, quantity in enumerate(results.names("analysis/device_quantity_short_name")):
            for name, label in (
                ("device_effect_variance_fraction", "main effect"),
                ("device_sobol_first", "Sobol, first order"),
                ("device_sobol_total", "Sobol, total"),
            ):
                row = _with_interval(results, name, parameter=p, device_quantity=q)
                if np.isfinite(row[0]):
                    table.add(parameter, quantity, label, *row)
    return table


def _with_interval(results, name, **where):
    """Value, low and high; NaN where the file has none."""
    arrays = [results.get(f"analysis/{name}{end}") for end in ("", "_low", "_high")]
    return [float(array.at(**where).values) if array is not None else float("nan") for array in arrays]


def energy(results, network, per_update):
    """per_update: variant -> (mean, smallest, largest) or None."""
    table = Table(
        "energy_per_update", "Energy per update", ["synapse variant", "mean (J)", "smallest (J)", "largest (J)"]
    )
    for variant in range(len(results.variant_cases("synapse"))):
        found = per_update(variant)
        if found:
            table.add(names.variant(results, "synapse", variant), *found)
    return table
