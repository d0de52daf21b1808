"""Energy per update, and its figure."""

import numpy as np

from . import names, style
from .network_data import mean


_MOST_RANGES = 50  # variants that have lines from the smallest to the largest value


def heavy_metal(results):
    """(resistivity in ohm m, thickness in m) as the sweep file has them, or a common tantalum or tungsten film."""
    film = results.sweep.get("synapse", {}).get("heavy_metal", {})
    return film.get("resistivity", 2e-6), film.get("thickness", 5e-9)


def describe_heavy_metal(results):
    resistivity, thickness = heavy_metal(results)
    return f"Heavy metal of {resistivity * 1e8:.4g} µΩ cm, {thickness * 1e9:.4g} nm thick."


def energy_per_update(results, variant):
    """(mean, smallest, largest) Joule heat in the heavy metal per level that the wall moved, over the variant's cases
    that moved it by a level at least; J. None if there is none.

    Heat of a case: resistivity J^2 times the heavy metal's volume under the track times the pulse's duration."""
    spacing = results.get("analysis/mean_level_spacing")
    if spacing is None or not np.isfinite(spacing.values[variant]) or not results.has("synapse"):
        return None
    done = results.done("synapse")
    first, last = (results.get(f"synapse/{name}_conductance").values for name in ("initial", "final"))
    resistivity, metal_thickness = heavy_metal(results)
    energies = []
    for case in results.variant_cases("synapse")[variant]:
        if not done[case]:
            continue
        levels = abs(last[case] - first[case]) / spacing.values[variant]
        if levels >= 1:
            get = lambda path: results.parameter("synapse", path, case)
            volume = get("length") * get("width") * metal_thickness
            energies.append(resistivity * get("pulse.current_density") ** 2 * volume * get("pulse.duration") / levels)
    return (float(np.mean(energies)), min(energies), max(energies)) if energies else None


def energy(results, network):
    """Energy per update against accuracy. None if neither is known."""
    variants = range(network.accuracy_array.size("variant")) if network.exists() else []
    found = {v: e for v in variants if (e := energy_per_update(results, v))}
    if not found:
        return None
    ways = network.shown_on_devices()
    figure = style.new_figure(style.PAGE, 2.3)
    body, legend = style.split_off_legend(figure, len(ways), 5)
    grid = body.subplots(1, len(network.datasets), squeeze=False)[0]
    factor, unit = style.prefixed([e[0] for e in found.values()], "J")
    for d, axes in enumerate(grid):
        drawn = []
        for way in ways:
            accuracy = 100 * network.accuracy(way)[:, :, d]
            known = [v for v in found if np.isfinite(mean(accuracy[v]))]
            x = np.array([found[v] for v in known]).reshape(-1, 3) * factor
            y = np.array([mean(accuracy[v]) for v in known])
            low, high = (np.array([pick(accuracy[v]) for v in known]) for pick in (np.nanmin, np.nanmax))
            look = network.look(way)
            many = len(known) > _MOST_RANGES
            if many:
                low, high = y, y
                look = {**look, "ms": 2, "alpha": 0.5, "mew": 0}
            else:
                axes.hlines(y, x[:, 1], x[:, 2], color=look["color"], lw=0.6, alpha=0.5)
                axes.vlines(x[:, 0], low, high, color=look["color"], lw=0.6, alpha=0.5)
            axes.plot(x[:, 0], y, ls="none", **look, rasterized=len(known) > style.MOST_DRAWN)
            axes.plot([], [], ls="none", **network.look(way), label=names.method(network.method(way)))
            drawn += [*low, *high]
        style.accuracy_scale(axes, drawn)
        axes.set(xlabel=style.axis_label("energy per update by one level", unit), ylabel="accuracy (%)")
        axes.set_title(names.dataset_label(network.datasets[d]))
        axes.set_xlim(left=0)
    style.fill_legend(legend, grid[0], 5)
    return figure
