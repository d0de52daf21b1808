"""Devices for other programs: JSON with a published schema, CrossSim, aihwkit, NeuroSim."""

import json
import os
import pathlib
from collections.abc import Callable

import numpy as np

from . import measured
from .device import describe
from .errors import NotInStudy
from .export_aihwkit import to_aihwkit
from .export_crosssim import to_crosssim
from .source_text import numbers
from .variant import Variant

FORMAT = "spinsweep-device-1"


def to_json(variant: "Variant | measured.MeasuredDevice") -> str:
    """The device by the schema docs/device.schema.json: parameters, levels, and what the study knows of linearity, energy
    and retention. All quantities in SI units, named by their keys' suffix."""
    device = describe(variant)
    levels = device.levels
    found = {
        "format": FORMAT,
        "name": device.name,
        "parameters": device.parameters,
        "levels": {
            "source": device.source,
            "conductance_S": device.conductances.tolist(),
            "relative": levels.relative.tolist(),
            "standard_deviation_S": (device.sigma * levels.span).tolist(),
        },
        "read": {"voltage_V": device.read[0], "duration_s": device.read[1]},
    }
    if device.write is not None:
        found["write"] = {"voltage_V": device.write[0], "duration_s": device.write[1]}
        if device.energy is not None:
            found["write"]["energy_J"] = device.energy
        if device.write_error is not None:
            found["write"]["error_probability"] = device.write_error.tolist()
    if device.jumps is not None:
        found["jumps"] = {
            "temperature_K": device.jumps.temperature,
            "well_conductance_S": device.jumps.conductances.tolist(),
            "rate_per_s": device.jumps.rates.tolist(),
            "well_of_level": device.jumps.of_level.tolist(),
        }
    if isinstance(variant, Variant):
        quantities = variant.quantities
        names = ("level_spacing_cv", "differential_nonlinearity", "integral_nonlinearity", "level_r_squared")
        found["linearity"] = {n: float(quantities[n]) for n in names if n in quantities and np.isfinite(quantities[n])}
        try:
            kept = variant.retention
        except NotInStudy:
            kept = None
        if kept is not None and str(kept.status.values) == "done":
            found["retention"] = [
                {"temperature_K": float(t), "time_s": float(s)}
                for t, s in zip(kept.temperature.values, kept.retention_time.values)
                if np.isfinite(s)
            ]
    return json.dumps(found, indent=2, ensure_ascii=False)


def to_neurosim(variant: "Variant | measured.MeasuredDevice") -> str:
    """The constructor of a MeasuredDevice for the Cell.cpp of MLP+NeuroSim 3, and the parameters that a RealDevice needs."""
    device = describe(variant)
    levels = device.levels
    fitted = fitted_curvature(levels.relative)
    up = numbers(device.conductances).strip("[]")
    down = numbers(device.conductances[::-1]).strip("[]")
    pulse = ""
    if device.write is not None:
        voltage, duration = device.write
        pulse = (
            f"writeVoltageLTP = {voltage:.9g};  // V along the heavy metal of the track\n"
            f"writeVoltageLTD = {voltage:.9g};\n"
            f"writePulseWidthLTP = {duration:.9g};  // s\n"
            f"writePulseWidthLTD = {duration:.9g};\n"
        )
    count = len(device.conductances) - 1
    return f"""\
// {device.name}: a device of spinsweep for MLP+NeuroSim 3. Each line takes the place of the one with the same name.
// In the constructor of MeasuredDevice in Cell.cpp; each write pulse moves the wall by one level:
readVoltage = {device.read[0]:.9g};  // V
readPulseWidth = {device.read[1]:.9g};  // s
{pulse}nonlinearIV = false;
nonlinearWrite = true;
nonIdenticalPulse = false;
symLTPandLTD = false;
double rawDataConductanceLTP[] = {{{up}}};  // S
double rawDataConductanceLTD[] = {{{down}}};

// In the constructor of RealDevice, whose levels lie on an exponential:
maxConductance = {device.conductances[-1]:.9g};  // S
minConductance = {device.conductances[0]:.9g};
readVoltage = {device.read[0]:.9g};
readPulseWidth = {device.read[1]:.9g};
{pulse}maxNumLevelLTP = {count};
maxNumLevelLTD = {count};
nonlinearWrite = true;
paramALTP = {fitted:.9g} * maxNumLevelLTP;  // instead of getParamA(NL_LTP)
paramALTD = {fitted:.9g} * maxNumLevelLTD;  // the same levels on the way down
sigmaCtoC = {float(np.mean(device.sigma)):.9g} * (maxConductance - minConductance);
"""


def fitted_curvature(relative: np.ndarray) -> float:
    """a of NeuroSim's curve g(x) = (1 - exp(-x/a))/(1 - exp(-1/a)), x from 0 to 1, that fits the levels with the least
    squared distance. Negative where steps grow with the conductance; large for a straight line."""
    x = np.linspace(0, 1, len(relative))

    def misfit(k):  # of 1/a
        curve = x if abs(k) < 1e-9 else np.expm1(-k * x) / np.expm1(-k)
        return float(np.sum((curve - relative) ** 2))

    # A grid that is refined about its best point: the misfit has one minimum.
    centre, half = 0.0, 20.0
    for _ in range(12):
        grid = np.linspace(centre - half, centre + half, 41)
        centre = float(grid[np.argmin([misfit(k) for k in grid])])
        half /= 8
    return 1 / centre if abs(centre) > 1e-9 else 1e9


FORMATS: dict[str, Callable[["Variant | measured.MeasuredDevice"], str]] = {
    "json": to_json,
    "crosssim": to_crosssim,
    "aihwkit": to_aihwkit,
    "neurosim": to_neurosim,
}
"""Texts by the name of the format."""


def save(variant: "Variant | measured.MeasuredDevice", path: str | os.PathLike, format: str) -> None:
    """One of FORMATS as a file."""
    pathlib.Path(path).write_text(FORMATS[format](variant) + ("\n" if format == "json" else ""), encoding="utf-8")
