"""Tables of devices: cases, variants, levels, depinning, trains of pulses, energy."""

import numpy as np

from .table import Table
from spinsweep import names
from spinsweep.update_energy import energy_per_update

_MORE_OF_CASES = {  # variable: title
    "final_crossing": "final_crossing (m)",
    "final_wall_count": "walls at the end (1)",
    "temperature_rise": "temperature_rise (K)",
    "notch_resistance": "notch_resistance (ohm)",
}


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
    more = [(name, title) for name, title in _MORE_OF_CASES.items() if results.has(f"{group}/{name}")]
    table = Table(
        f"{group}_cases",
        f"Cases of the {group}",
        [
            "case",
            *(f"{name} ({results.file[f'{group}/{name}'].attrs.get('units', '1')})" for name in axes),
            "final_position (m)",
            "final_conductance (S)",
            "wall_time (s)",
            *(title for _, title in more),
        ],
    )
    if not results.has(f"{group}/status"):
        return table
    columns = [results.get(f"{group}/{name}").values for name in axes]
    choices = [results.choices(group, name) for name in axes]
    position, conductance, time = (
        results.get(f"{group}/{name}").values for name in ("final_position", "final_conductance", "wall_time")
    )
    further = [results.get(f"{group}/{name}").values for name, _ in more]
    for case in np.flatnonzero(results.done(group)):
        table.add(
            int(case),
            *(named[int(c[case])] if named else float(c[case]) for c, named in zip(columns, choices)),
            float(position[case]),
            float(conductance[case]),
            round(float(time[case]), 2),
            *(float(column[case]) for column in further),
        )
    return table


def ends_without_a_wall(results):
    """Cases from which nothing is derived because they end with several walls or without domains, and those that end as one
    domain."""
    table = Table(
        "unusual_ends",
        "Cases that do not end with one wall",
        ["device", "case", "parameters", "what is there at the end"],
        "Nothing is derived from a case that ends with several walls or without domains.",
    )
    for group in ("neuron", "synapse"):
        if not results.has(f"{group}/final_wall_count"):
            continue
        walls = results.get(f"{group}/final_wall_count").values
        swept = {name: results.get(f"{group}/{name}").values for name in results.swept(group)}
        for case in np.flatnonzero(results.done(group) & (walls != 1)):
            end = "one domain, no wall" if walls[case] == 0 else f"{walls[case]:g} walls"
            end = "no domains: magnetised in the plane" if np.isnan(walls[case]) else end
            values = (names.value_text(results, group, name, float(column[case])) for name, column in swept.items())
            table.add(group, int(case), ", ".join(values), end)
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
    present = {title: results.get(f"variants/{name}").values for name, title in columns.items() if results.has(f"variants/{name}")}
    jumps = {
        "jump_pulses": "pulses for the range",
        "jump_cycle_to_cycle": "deviation over the mean change",
        "jump_wrong_sign": "wrong sign",
    }
    for name, title in jumps.items():
        if results.has(f"variants/{name}"):
            for direction, values in zip(("increasing", "decreasing"), results.get(f"variants/{name}").values.T):
                present[f"{title}, {direction}"] = values
    table = Table(
        "pulse_trains",
        "Trains of pulses",
        ["synapse variant", *present],
        "At the largest current density of the variant. Nonlinearity: label of NeuroSim, 0 for a line; asymmetry: largest "
        "distance between forward and return train, over the range; cycle-to-cycle variation: standard deviation of the "
        "change by one pulse over the realisations, over the range. Of the jump table of each direction: range over the mean "
        "change by one pulse, deviation of a change at one conductance over the mean change, share of changes of the wrong sign.",
    )
    if present:
        for k in range(len(results.variant_cases("synapse"))):
            table.add(names.variant(results, "synapse", k), *(float(column[k]) for column in present.values()))
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


def energy(results):
    table = Table(
        "energy_per_update", "Energy per update", ["synapse variant", "mean (J)", "smallest (J)", "largest (J)"]
    )
    for variant in range(len(results.variant_cases("synapse"))):
        found = energy_per_update(results, variant)
        if found:
            table.add(names.variant(results, "synapse", variant), *found)
    return table
