"""Figures of a study on given or new axes: spinsweep.plot.levels(study, ax=ax). analysis/report draws with them too.

Each function takes a Study and returns the matplotlib axes. Lengths are in nm, conductances with an SI prefix.
"""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import matplotlib
import matplotlib.axes
import matplotlib.colors
import numpy as np

from .errors import NotInStudy
from .results import Results
from .units import number, prefixed

if TYPE_CHECKING:
    from .study import Study

# M. Okabe, K. Ito, "Color Universal Design" (2008), without the yellow that vanishes on white.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]
MARKERS = ["o", "s", "^", "D", "v", "P", "X"]
SEQUENTIAL = "cividis"
GREY = "#7f7f7f"
LIGHT = "#e6e6e6"
MOST_NAMED = 12  # variants that a legend names
_MOST_NAMED_LEVELS = 30  # variants that an axis names


@contextlib.contextmanager
def _opened(study: "Study | Results") -> Iterator[Results]:
    if isinstance(study, Results):
        yield study
    else:
        with Results(study.path) as results:
            yield results


def _axes(ax: matplotlib.axes.Axes | None) -> matplotlib.axes.Axes:
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    return plt.figure().add_subplot()


def axis_label(name: str, unit: str) -> str:
    """ "length (nm)", or the name alone."""
    return f"{name} ({unit})" if unit else name


def variant_styles(results: Results, count: int) -> list[dict[str, Any]]:
    """Colour, marker and line of each variant: the last parameter in which they differ gives the colour, the first the
    marker, so that related variants look alike."""
    axes = results.variant_axes("synapse")
    looks = []
    for variant in range(count):
        value = [results.variant_value("synapse", variant, name) for name in axes]
        looks.append((value[-1] if value else 0, value[0] if len(value) > 1 else 0))
    colours, markers = (sorted({look[k] for look in looks}) for k in (0, 1))
    if len(colours) > len(COLOURS) - 1:
        scale = matplotlib.colormaps[SEQUENTIAL]
        shade = {value: scale(k / (len(colours) - 1)) for k, value in enumerate(colours)}
    else:
        shade = {value: COLOURS[k] for k, value in enumerate(colours)}
    return [
        {
            "color": shade[colour],
            "marker": MARKERS[markers.index(marker) % 7],
            "ls": ["-", "--", ":", "-."][markers.index(marker) % 4],
        }
        for colour, marker in looks
    ]


def levels(study: "Study | Results", ax: matplotlib.axes.Axes | None = None) -> matplotlib.axes.Axes:
    """The conductance levels of every synapse variant, a row for each, with their number in brackets; dots: the devices
    that were measured. Errors: NotInStudy if none is known."""
    with _opened(study) as results:
        conductance, counts = results.get("variants/level_conductance"), results.get("variants/levels")
        measured = results.get("variants/measured_conductance")
        if conductance is None or not np.any(counts.values):
            raise NotInStudy(f"{results.path}: no levels are known")
        axes = _axes(ax)
        variants = [k for k, count in enumerate(counts.values) if count > 0]
        looks = variant_styles(results, len(counts.values))
        factor, unit = prefixed(conductance.values[np.isfinite(conductance.values)], "S")
        if len(variants) > _MOST_NAMED_LEVELS:
            row, level = np.nonzero(np.isfinite(conductance.values[variants]))
            colours = np.array([matplotlib.colors.to_rgba(looks[k]["color"]) for k in variants])
            axes.scatter(conductance.values[variants][row, level] * factor, row, c=colours[row], s=2, lw=0, rasterized=len(variants) > 200)
            axes.set_ylabel("variant")
        else:
            for row, k in enumerate(variants):
                values = conductance.values[k, : counts.values[k]] * factor
                axes.plot(values, np.full(len(values), row), "|", color=looks[k]["color"], ms=8, mew=1.3)
                axes.plot([values[0], values[-1]], [row, row], color=LIGHT, lw=0.8, zorder=0)
                if measured is not None:
                    devices = measured.values[k].ravel() * factor
                    axes.plot(devices, np.full(len(devices), row), ".", color=looks[k]["color"], ms=3, alpha=0.3, mew=0)
            labels = [f"{results.variant_label('synapse', k)} ({counts.values[k]})" for k in variants]
            axes.set_yticks(range(len(variants)), labels)
        axes.set(xlabel=axis_label("conductance level", unit), ylim=(len(variants) - 0.4, -0.6))
        axes.spines["left"].set_visible(False)
        axes.tick_params(left=False)
        return axes


def positions(
    study: "Study | Results", ax: matplotlib.axes.Axes | None = None, looks: list[dict[str, Any]] | None = None, named: bool = True
) -> matplotlib.axes.Axes:
    """Where each variant's wall ends (nm) against the current density (10^12 A/m^2). looks: line properties of each
    variant; named: whether lines have labels for a legend."""
    with _opened(study) as results:
        variants = results.variant_cases("synapse")
        final = results.get("synapse/final_position")
        looks = variant_styles(results, len(variants)) if looks is None else looks
        axes = _axes(ax)
        for k in range(len(variants)):
            cases = results.finished_cases("synapse", k)
            current = [results.parameter("synapse", "pulse.current_density", case) / 1e12 for case in cases]
            if cases:
                axes.plot(
                    current,
                    final.values[cases] * 1e9,
                    mfc="white" if looks[k]["ls"] != "-" else None,
                    label=results.variant_label("synapse", k) if named else None,
                    **looks[k],
                )
        axes.set(xlabel="current density J (10¹² A m⁻²)", ylabel="final wall position (nm)")
        return axes


def activation(study: "Study | Results", ax: matplotlib.axes.Axes | None = None, neuron: int = 0) -> matplotlib.axes.Axes:
    """Conductance of a neuron against current density, both normalised to the range from 0 to 1, and the polynomial that
    is the activation. neuron: its number, in the order of the sweep. Errors: NotInStudy with fewer than two cases."""
    with _opened(study) as results:
        if results.has("variants/activation_coefficient") and not results.has("neuron"):
            raise NotInStudy(f"{results.path}: the neuron is ideal; its activation is the rectified linear unit")
        cases = results.finished_cases("neuron", neuron) if results.has("neuron/status") else []
        if len(cases) < 2:
            raise NotInStudy(f"{results.path}: the neuron has {len(cases)} finished cases; an activation needs two")
        current = np.array([results.parameter("neuron", "pulse.current_density", case) for case in cases])
        conductance = results.get("neuron/final_conductance").values[cases]
        axes = _axes(ax)
        normalised = lambda values: (values - values.min()) / np.ptp(values)
        axes.plot(normalised(current), normalised(conductance), MARKERS[0], color=COLOURS[0], label="simulated", zorder=3)
        coefficients = results.get("variants/activation_coefficient")
        if coefficients is not None and np.all(np.isfinite(coefficients.values[neuron])):
            fine = np.linspace(0, 1, 200)
            curve = sum(c * fine ** (k + 1) for k, c in enumerate(coefficients.values[neuron]))
            axes.plot(fine, curve, color=COLOURS[2], label=f"polynomial of order {len(coefficients.values[neuron])}")
        axes.set(
            xlabel="normalised current density J′",
            ylabel="normalised conductance G′",
            xlim=(-0.03, 1.03),
            ylim=(-0.05, 1.1),
        )
        return axes


def trace(study: "Study", name: str = "wall_position", ax: matplotlib.axes.Axes | None = None, **parameters: float) -> matplotlib.axes.Axes:
    """A trace of every current density of one synapse variant against time (ns). name: wall_position, conductance.
    parameters: of the variant, as Study.variant() takes them."""
    traces = study.variant(**parameters).traces
    axes = _axes(ax)
    values = traces[name]
    factor, unit = prefixed(np.ravel(values.values)[np.isfinite(np.ravel(values.values))], values.attrs.get("units", "1"))
    for k in range(values.sizes["case"]):
        label = f"J = {number(float(traces.pulse_current_density[k]) / 1e12)} × 10¹² A m⁻²" if "pulse_current_density" in traces.coords else None
        axes.plot(traces.sample_time[k] * 1e9, values[k] * factor, color=COLOURS[k % len(COLOURS)], label=label)
    axes.set(xlabel="t (ns)", ylabel=axis_label(name.replace("_", " "), unit))
    if values.sizes["case"] > 1:
        axes.legend()
    return axes


def accuracy(study: "Study", dataset: str, ax: matplotlib.axes.Axes | None = None) -> matplotlib.axes.Axes:
    """Mean test accuracy (%) of every deployment on each synapse variant; bars: standard deviation over seeds and
    neurons."""
    values = 100 * study.accuracy.sel(dataset=dataset)
    axes = _axes(ax)
    labels = [variant.label.replace(", ", "\n") for variant in study.each_variant()]
    flat = values.stack(run=("neuron", "seed"), create_index=False)
    for k, deployment in enumerate(values.deployment.values):
        own = flat.sel(deployment=deployment)
        spread = own.std("run", ddof=1) if own.sizes["run"] > 1 else None
        axes.errorbar(
            np.arange(len(labels)) + 0.12 * (k - 0.5 * (len(values.deployment) - 1)),
            own.mean("run"),
            None if spread is None else spread,
            ls="none",
            marker=MARKERS[k % len(MARKERS)],
            color=COLOURS[k % len(COLOURS)],
            label=str(deployment),
        )
    axes.set_xticks(range(len(labels)), labels)
    axes.set_ylabel("test accuracy (%)")
    axes.legend()
    return axes

