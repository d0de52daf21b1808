"""Tables of what quantities depend on: main effects and Sobol indices with their intervals."""

import numpy as np

from .table import Table
from spinsweep import names


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
