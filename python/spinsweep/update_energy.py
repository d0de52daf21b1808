"""Energy that a synapse takes for an update by one level."""

import numpy as np

from .results import Results


def heavy_metal(results: Results) -> tuple[float, float]:
    """(resistivity in ohm m, thickness in m) as the sweep file has them, or a common tantalum or tungsten film."""
    film = results.sweep.get("synapse", {}).get("heavy_metal", {})
    return film.get("resistivity", 2e-6), film.get("thickness", 5e-9)


def energy_per_update(results: Results, variant: int) -> tuple[float, float, float] | None:
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
