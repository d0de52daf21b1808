"""Everything that is known of each synapse variant as one number: swept parameters, levels, energies, retention,
writing, accuracies. The opening of the page, its views and its table all work on this list."""

import dataclasses

import numpy as np

from spinsweep import names
from spinsweep.network_results import mean, spread
from spinsweep.update_energy import energy_per_update

# Quantities that a designer wants as large or as small as possible: variable -> (goal, "high" or "low").
GOALS = {
    "variants/levels": ("number of levels", "high"),
    "retention/smallest_barrier": ("energy barrier between levels", "high"),
    "retention/retention_time": ("retention time", "high"),
    "retention/retention_temperature": ("temperature at which ten years are kept", "high"),
    "programming/levels_reached": ("number of levels that writing reaches", "high"),
    "programming/mean_write_error": ("write error", "low"),
    "programming/mean_write_energy": ("write energy", "low"),
    "programming/mean_conductance_error": ("error of the written conductance", "low"),
    "analysis/level_spacing_cv": ("evenness of the levels (level spacing CV)", "low"),
}
ACCURACIES = ("accuracy", "written", "retained")  # groups of quantities
_GROUPS = ("variants", "analysis", "retention", "programming")
_FREE = ("fp32", "fine_tuned")  # methods whose weights are on no device
_SHORT = {
    "levels": "levels",
    "update_energy": "energy of a pulse",
    "mean_level_spacing": "mean level spacing",
    "level_r_squared": "R² of the levels",
    "differential_nonlinearity": "differential nonlinearity",
    "integral_nonlinearity": "integral nonlinearity",
    "smallest_barrier": "smallest barrier",
    "retention_time": "retention time",
    "retention_temperature": "retention temperature",
    "mean_write_error": "write error",
    "mean_write_energy": "write energy",
    "mean_pulses": "pulses of writing",
    "mean_conductance_error": "error of the written conductance",
}


@dataclasses.dataclass
class Quantity:
    """values: [variant], NaN where it is not known. runs: [variant, run] of an average over runs, or None; runs of the
    same place differ in the variant alone. goal: (what it is for, "high" or "low"), or None."""

    key: str
    label: str
    units: str
    values: np.ndarray
    group: str
    goal: tuple = None
    runs: np.ndarray = None
    where: dict = None  # data set and way of an accuracy

    @property
    def known(self):
        return np.flatnonzero(np.isfinite(self.values))


def all_quantities(results, network):
    """Those of which one variant at least has a value."""
    if not results.variant_cases("synapse"):
        return []
    found = [*_parameters(results), *_stored(results), *_energy_per_update(results), *_accuracies(results, network)]
    return [quantity for quantity in found if quantity.known.size]


def _parameters(results):
    variants = range(len(results.variant_cases("synapse")))
    for name in results.variant_axes("synapse"):
        label, units = names.parameter(results, "synapse", name)
        values = np.array([results.variant_value("synapse", v, name) for v in variants])
        yield Quantity(name, label, units, values, "parameter")


def _stored(results):
    """Every result of a stage that is one number for a variant, or one for each temperature."""
    count = len(results.variant_cases("synapse"))
    for group in _GROUPS:
        for name, data in results.file.get(group, {}).items():
            if data.attrs.get("role") != "result" or data.dtype.kind not in "fiu":
                continue
            dims = tuple(scale[0].name.rsplit("/", 1)[-1] if len(scale) else "?" for scale in data.dims)
            if dims[:1] != ("variant",) or dims[1:] not in ((), ("temperature",)) or data.shape[0] != count:
                continue
            yield from _columns(results, group, name, dims)


def _columns(results, group, name, dims):
    array = results.get(f"{group}/{name}")
    label = results.file[f"{group}/{name}"].attrs.get("short_name") or _SHORT.get(name, name.replace("_", " "))
    if group == "programming" and name == "levels":
        label = "levels ahead of the reset state, with it"
    goal = GOALS.get(f"{group}/{name}")
    values = _without_what_is_not_done(results, group, name, array.values.astype(float))
    if len(dims) == 1:
        yield Quantity(name if group != "programming" else f"{group}_{name}", label, array.units, values, group, goal)
        return
    for t, temperature in enumerate(results.get(f"{group}/temperature").values):
        at = f" at {temperature:g} K"
        of_it = (goal[0] + at, goal[1]) if goal else None
        yield Quantity(f"{name}_{temperature:g}K", label + at, array.units, values[:, t], group, of_it)


def _without_what_is_not_done(results, group, name, values):
    """Integers have no NaN: a count of a variant that is not done is 0."""
    if results.file[f"{group}/{name}"].dtype.kind != "f":
        return np.where(values > 0, values, np.nan)
    return values


def _energy_per_update(results):
    variants = range(len(results.variant_cases("synapse")))
    energies = [energy_per_update(results, v) for v in variants]
    values = np.array([energy[0] if energy else np.nan for energy in energies])
    yield Quantity(
        "energy_per_update", "energy per update", "J", values, "energy", ("energy per update by one level", "low")
    )


def is_on_device(method):
    """Whether the weights of a network of that method are levels of the device."""
    return method not in _FREE


def _accuracies(results, network):
    if not network.exists():
        return
    for d, dataset in enumerate(network.datasets):
        for way in network.ways:
            on_device = is_on_device(network.method(way))
            label = f"{names.dataset(dataset)}, {network.label(way)}"
            place = {"dataset": d, "way": way}
            goal = (f"accuracy on {names.dataset(dataset)}", "high") if on_device else None
            key = names.file_name(f"accuracy_{dataset}_{network.way_name(way)}")
            yield _of_runs(key, f"accuracy, {label}", network.accuracy(way)[:, :, d], "accuracy", goal, place)
            yield from _written(results, network, d, way, key, label)
            yield from _retained(results, network, d, way, key, label)
            energy = results.get("network/inference_energy")
            if energy is not None and on_device:
                runs = energy.at(**way).front("variant", "neuron", "dataset", "seed").values[:, :, d]
                key = names.file_name(f"inference_energy_{dataset}_{network.way_name(way)}")
                yield _of_runs(key, f"energy of an inference, {label}", runs, "energy", None, place, "J")


def _written(results, network, d, way, key, label):
    """Accuracy on devices that are written as [programming] has found."""
    drawn = results.get("network/device_sample_accuracy")
    if drawn is None or not network.writes_devices() or not is_on_device(network.method(way)):
        return
    runs = drawn.at(dataset=d, **way).front("variant", "neuron", "seed").values.mean(axis=-1)  # over device samples
    goal = f"accuracy on {names.dataset(network.datasets[d])} as written", "high"
    yield _of_runs(f"{key}_written", f"accuracy as written, {label}", runs, "written", goal, {"dataset": d, "way": way})


def _retained(results, network, d, way, key, label):
    retained = results.get("network/retained_accuracy")
    if retained is None:
        return
    temperatures, times = (results.get(f"retention/{name}").values for name in ("temperature", "time"))
    longest = int(np.argmax(times))
    for t, temperature in enumerate(temperatures):
        array = retained.at(dataset=d, temperature=t, time=longest, **way)
        runs = array.front("variant", "neuron", "seed").values
        runs = runs.reshape(*runs.shape[:3], -1).mean(axis=-1)  # over device samples
        when = f"after {names.duration(times[longest])} at {temperature:g} K"
        on_device = is_on_device(network.method(way))
        goal = (f"accuracy on {names.dataset(network.datasets[d])} {when}", "high") if on_device else None
        place = {"dataset": d, "way": way, "temperature": t}
        yield _of_runs(f"{key}_retained_{temperature:g}K", f"accuracy {when}, {label}", runs, "retained", goal, place)


def _of_runs(key, label, runs, group, goal, where, units="1"):
    """runs: [variant, ...]; the value is their mean."""
    runs = runs.reshape(len(runs), -1)
    return Quantity(key, label, units, np.array([mean(row) for row in runs]), group, goal, runs, where)


def text(quantity, value):
    """The value with its unit, as a sentence has it: "97.85 %", "3.2 fJ", "6"."""
    if quantity.group in ACCURACIES:
        return f"{100 * value:.2f} %"
    if quantity.key.endswith("mean_write_error"):
        return f"{100 * value:.3g} %"
    if quantity.units == "s":
        return names.duration(value)
    return names.quantity("", value, quantity.units).strip()


def scatter(quantity, variant):
    """" ± 0.12 %", the standard deviation over the runs; "" for one run."""
    if quantity.runs is None or not np.isfinite(spread(quantity.runs[variant])):
        return ""
    deviation = spread(quantity.runs[variant])
    if quantity.group in ACCURACIES:
        return f" ± {100 * deviation:.2f} %"
    return f" ± {names.quantity('', deviation, quantity.units).strip()}"
