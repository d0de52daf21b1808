"""Figure of a neuron's activation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from ..errors import NotInStudy
from ..results import Results
from . import style
from .place import Source, reading, single
from .selection import variant_number

if TYPE_CHECKING:
    from ..variant import Variant


def activation(study: Source, neuron: Variant | int | None = None, ax: Axes | None = None) -> Axes:
    """Conductance of a neuron against current density, both normalised to the range from 0 to 1, and the polynomial that
    is the activation.

    neuron: study.neuron(...), or its number in the order of the sweep. Errors: NotInStudy if the neuron is ideal, fewer
    than two of its cases are done, or all end alike; NoSuchVariant."""
    with reading(study, ax) as results:
        variant = variant_number(results, "neuron", neuron)
        _, current, conductance = responses(results, variant)
        axes = single(ax)
        normalised = lambda values: (values - values.min()) / np.ptp(values)
        axes.plot(
            normalised(current), normalised(conductance), style.MARKERS[0], color=style.COLOURS[0], label="simulated", zorder=3
        )
        fine = np.linspace(0, 1, 200)
        curve = fitted(results, variant, fine)
        if curve is not None:
            order = results.get("variants/activation_coefficient").values.shape[-1]
            axes.plot(fine, curve, color=style.COLOURS[2], label=f"polynomial of order {order}")
        axes.set(
            xlabel="normalised current density J′",
            ylabel="normalised conductance G′",
            xlim=(-0.03, 1.03),
            ylim=(-0.05, 1.1),
        )
        return axes


def responses(results: Results, neuron: int) -> tuple[list[int], np.ndarray, np.ndarray]:
    """(finished cases, current densities in A/m^2, final conductances in S) of a neuron. Errors: NotInStudy unless they
    are two at least that differ."""
    if not results.has("neuron"):
        raise NotInStudy(f"{results.path}: the neuron is ideal; its activation is the rectified linear unit")
    cases = results.finished_cases("neuron", neuron)
    if len(cases) < 2:
        raise NotInStudy(f"{results.path}: the neuron has {len(cases)} finished cases; an activation needs two")
    current = np.array([results.parameter("neuron", "pulse.current_density", case) for case in cases])
    conductance = results.get("neuron/final_conductance").values[cases]
    if np.ptp(conductance) == 0 or np.ptp(current) == 0:
        raise NotInStudy(f"{results.path}: all cases of the neuron end with the same conductance, or have the same current")
    return cases, current, conductance


def fitted(results: Results, neuron: int, x: np.ndarray) -> np.ndarray | None:
    """The activation at x (from 0 to 1), or None if none has been fitted."""
    coefficients = results.get("variants/activation_coefficient")
    if coefficients is None or not np.all(np.isfinite(coefficients.values[neuron])):
        return None
    return sum(c * x ** (k + 1) for k, c in enumerate(coefficients.values[neuron]))
