"""Figure of where walls end."""

import numpy as np
from matplotlib.axes import Axes

from ..results import Results
from . import many, style
from .place import Source, legend_below, reading, single
from .selection import of_devices

_MOST_STEPS = 20  # current densities of a band; of more, groups


def positions(study: Source, ax: Axes | None = None) -> Axes:
    """Where each synapse variant's wall ends (nm) against the current density (10^12 A/m^2); dotted: the notches of the
    first variant. Of more than twelve variants: medians and bands from 10 to 90 % of those with similar values of the
    first swept parameter.

    Errors: NotInStudy if no case is done."""
    with reading(study, ax) as results:
        of_devices(results)
        variants = results.variant_cases("synapse")
        axes = single(ax, 2.6)
        if many.is_crowded(results):
            _draw_bands(axes, results)
        else:
            _draw_lines(axes, results)
        axes.set(xlabel="current density J (10¹² A m⁻²)", ylabel="final wall position (nm)")
        length = max(results.parameter("synapse", "length", cases[0]) for cases in variants)
        for notch in results.notch_positions(variants[0][0]):
            axes.axhline(notch * 1e9, color=style.GREY, lw=0.5, ls=":", zorder=0)
        axes.set_ylim(0, length * 1.03e9)
        legend_below(axes, ax is None)
        return axes


def _draw_lines(axes: Axes, results: Results) -> None:
    final = results.get("synapse/final_position")
    variants = results.variant_cases("synapse")
    looks = style.variant_styles(results, len(variants))
    for k in range(len(variants)):
        cases = results.finished_cases("synapse", k)
        current = [results.parameter("synapse", "pulse.current_density", case) / 1e12 for case in cases]
        if cases:
            axes.plot(
                current,
                final.values[cases] * 1e9,
                mfc="white" if looks[k]["ls"] != "-" else None,
                label=results.variant_label("synapse", k),
                **looks[k],
            )


def _draw_bands(axes: Axes, results: Results) -> None:
    cases = np.flatnonzero(results.done("synapse"))
    of_case = np.empty(len(results.done("synapse")), int)
    for variant, members in enumerate(results.variant_cases("synapse")):
        of_case[members] = variant
    current = np.array([results.parameter("synapse", "pulse.current_density", case) for case in cases]) / 1e12
    final = results.get("synapse/final_position").values[cases] * 1e9
    step, centres = many.binned(current, _MOST_STEPS // 2)
    table = np.full((len(results.variant_cases("synapse")), len(centres)), np.nan)
    table[of_case[cases], step] = final
    for label, colour, members in many.groups(results):
        reached = np.any(np.isfinite(table[members]), axis=0)
        many.draw_band(axes, centres[reached], table[members][:, reached], colour, label)
