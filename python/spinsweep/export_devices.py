"""Devices for other programs: JSON with a published schema, CrossSim, aihwkit, NeuroSim."""

import dataclasses
import json
import os
import pathlib
import textwrap
from collections.abc import Sequence

import numpy as np

from . import measured
from .errors import NotInStudy
from .mapping import Levels
from .variant import Variant

FORMAT = "spinsweep-device-1"


@dataclasses.dataclass(frozen=True)
class Device:
    """A synapse as other programs need it. conductances: S, ascending, one for each level; sigma: standard deviation of G
    of each level in units of the range of levels, 0 where it is not known; read: (V, s); write: (V, s) of the pulse that
    moves the wall, V along the track's heavy metal; energy: J of such a pulse; parameters: by key, SI."""

    name: str
    conductances: np.ndarray
    sigma: np.ndarray
    read: tuple[float, float]
    write: tuple[float, float] | None
    energy: float | None
    parameters: dict[str, float]

    @property
    def levels(self) -> Levels:
        return Levels.of(self.conductances)


def describe(variant: "Variant | measured.MeasuredDevice") -> Device:
    """A synapse of a study, or a measured one. Errors: ValueError if it has fewer than two levels."""
    if isinstance(variant, measured.MeasuredDevice):
        levels = Levels.of(variant.conductances)
        return Device(variant.name, variant.conductances, variant.spread / levels.span, (0.1, 10e-9), None, None, {})
    conductances = variant.levels.values
    Levels.of(conductances)
    get = variant.parameter
    cases = variant.cases
    current = float(np.max(np.abs(cases.pulse_current_density))) if "pulse_current_density" in cases.coords else get("pulse.current_density")
    resistivity, length, duration = get("heavy_metal.resistivity"), get("length"), get("pulse.duration")
    known = None not in (resistivity, length, duration, current)
    energy = float(variant.quantities.update_energy)
    return Device(
        name=f"{variant.study.name}, {variant.label}",
        conductances=conductances,
        sigma=np.zeros(len(conductances)),
        read=(get("read.voltage"), get("read.duration")),
        write=(current * resistivity * length, duration) if known else None,
        energy=energy if np.isfinite(energy) else None,
        parameters=variant.parameters,
    )


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


def to_crosssim(variant: "Variant | measured.MeasuredDevice") -> str:
    """A device class for CrossSim 3, for simulator/devices/custom/: writing takes every conductance to the nearest level
    with the level's error. With cell_bits = 0, Rmin and Rmax as the file says."""
    device = describe(variant)
    high = device.conductances[-1]
    sigma = device.sigma * device.levels.span / high
    return _python(
        f'''
        """{device.name}: a device of spinsweep for CrossSim 3 (simulator/devices/custom/, imported in device.py).

        params.xbar.device.Rmin = {1 / high:.9g}
        params.xbar.device.Rmax = {1 / device.conductances[0]:.9g}
        params.xbar.device.infinite_on_off_ratio = False
        params.xbar.device.cell_bits = 0
        params.xbar.device.programming_error.enable = True
        params.xbar.device.programming_error.model = "SpinsweepDevice"
        """

        from simulator.backend import ComputeBackend
        from simulator.devices.idevice import EmptyDevice

        xp = ComputeBackend()


        class SpinsweepDevice(EmptyDevice):
            LEVELS = {_numbers(device.conductances / high)}  # G over the largest
            SIGMAS = {_numbers(sigma)}  # of each level, the same unit

            def programming_error(self, input_):
                levels, sigmas = xp.asarray(self.LEVELS), xp.asarray(self.SIGMAS)
                nearest = xp.abs(input_[..., None] - levels).argmin(axis=-1)
                return levels[nearest] + sigmas[nearest] * xp.random.normal(size=input_.shape)

            def drift_error(self, input_, time):
                return self.programming_error(input_)

            def read_noise(self, input_):
                return input_.copy()
        '''
    )


def to_aihwkit(variant: "Variant | measured.MeasuredDevice", nodes: int = 21) -> str:
    """A preset for aihwkit: a PiecewiseStepDevice that moves by one level with each pulse, and a conductance converter of
    a pair of devices. nodes: of the piecewise step sizes, at least 2."""
    device = describe(variant)
    levels = device.levels
    weights = 2 * levels.relative - 1
    steps, places = np.diff(weights), np.linspace(-1, 1, nodes)
    mean = float(steps.mean())
    up = np.interp(places, weights[:-1], steps / mean)
    down = np.interp(places, weights[1:], steps / mean)
    low, high = device.conductances[0] * 1e6, device.conductances[-1] * 1e6
    spread = float(np.mean(device.sigma)) * 2
    return _python(
        f'''
        """{device.name}: a device of spinsweep for aihwkit.

        A pulse moves the wall by one level; weights from -1 to 1 are the conductances from {low:.6g} to {high:.6g} uS.
        """

        from dataclasses import dataclass, field
        from typing import List

        from aihwkit.inference.converter.conductance import CustomPairConductanceConverter
        from aihwkit.simulator.configs.devices import PiecewiseStepDevice

        LEVELS_US = {_numbers(device.conductances * 1e6)}  # conductance of each level, uS


        @dataclass
        class SpinsweepDevice(PiecewiseStepDevice):
            w_min: float = -1.0
            w_max: float = 1.0
            w_min_dtod: float = 0.0
            w_max_dtod: float = 0.0
            dw_min: float = {mean:.9g}
            dw_min_dtod: float = 0.0
            dw_min_std: float = {spread / mean:.9g}
            up_down: float = 0.0
            up_down_dtod: float = 0.0
            piecewise_up: List[float] = field(default_factory=lambda: {_numbers(up)})
            piecewise_down: List[float] = field(default_factory=lambda: {_numbers(down)})


        def conductance_converter():
            """A weight is G+ - G-; one device of the pair stays at its lowest level."""
            low, high = LEVELS_US[0], LEVELS_US[-1]
            return CustomPairConductanceConverter(
                f_lst=[1.0], g_lst=[[low, low, high], [high, low, low]], g_min=low, g_max=high
            )
        '''
    )


def to_neurosim(variant: "Variant | measured.MeasuredDevice") -> str:
    """The constructor of a MeasuredDevice for the Cell.cpp of MLP+NeuroSim 3, and the parameters that a RealDevice needs."""
    device = describe(variant)
    levels = device.levels
    fitted = fitted_curvature(levels.relative)
    up = _numbers(device.conductances).strip("[]")
    down = _numbers(device.conductances[::-1]).strip("[]")
    write = device.write or (0.0, 0.0)
    return textwrap.dedent(
        f"""\
        // {device.name}: a device of spinsweep for MLP+NeuroSim 3.
        // Lines for the constructor of MeasuredDevice in Cell.cpp; each write pulse moves the wall by one level.
        readVoltage = {device.read[0]:.9g};  // V
        readPulseWidth = {device.read[1]:.9g};  // s
        writeVoltageLTP = {write[0]:.9g};  // V along the heavy metal of the track
        writeVoltageLTD = {write[0]:.9g};
        writePulseWidthLTP = {write[1]:.9g};  // s
        writePulseWidthLTD = {write[1]:.9g};
        nonlinearIV = false;
        nonlinearWrite = true;
        nonIdenticalPulse = false;
        symLTPandLTD = false;
        double rawDataConductanceLTP[] = {{{up}}};  // S
        double rawDataConductanceLTD[] = {{{down}}};

        // The same for the constructor of RealDevice, whose levels lie on an exponential.
        maxConductance = {device.conductances[-1]:.9g};  // S
        minConductance = {device.conductances[0]:.9g};
        maxNumLevelLTP = {len(device.conductances) - 1};
        maxNumLevelLTD = {len(device.conductances) - 1};
        paramALTP = {fitted:.9g} * maxNumLevelLTP;  // instead of getParamA(NL_LTP)
        paramALTD = {fitted:.9g} * maxNumLevelLTD;  // the same levels on the way down
        sigmaCtoC = {float(np.mean(device.sigma)):.9g} * (maxConductance - minConductance);
        """
    )


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


def _numbers(values: Sequence[float]) -> str:
    return "[" + ", ".join(f"{v:.9g}" for v in values) + "]"


def _python(text: str) -> str:
    return textwrap.dedent(text).lstrip("\n")


FORMATS = {"json": to_json, "crosssim": to_crosssim, "aihwkit": to_aihwkit, "neurosim": to_neurosim}
"""Texts by the name of the format."""


def save(variant: "Variant | measured.MeasuredDevice", path: str | os.PathLike, format: str) -> None:
    """One of FORMATS as a file."""
    pathlib.Path(path).write_text(FORMATS[format](variant) + ("\n" if format == "json" else ""), encoding="utf-8")
