"""A synapse as other programs need it: levels, what writing leaves of them, and how they are lost."""

import dataclasses

import numpy as np
import xarray

from . import measured
from .errors import NotInStudy
from .mapping import Levels
from .variant import Variant

_MU0 = 1.25663706212e-6  # T m/A, CODATA 2018


@dataclasses.dataclass(frozen=True)
class Jumps:
    """Thermal jumps of the wall between the wells of a track, and out of it over its ends, at one temperature.
    temperature: K; conductances: (state), S, with a wall in each well, then without a wall after it has left over each end
    that it can leave; rates: (from, to), 1/s, each row sums up to zero; of_level: the well of each level, -1 for a level
    that is kept for ever."""

    temperature: float
    conductances: np.ndarray
    rates: np.ndarray
    of_level: np.ndarray


@dataclasses.dataclass(frozen=True)
class Device:
    """A synapse. conductances: S, ascending, one for each level; source: "relaxed" if they are those of walls at rest,
    "written" or "measured" if they are means of what was written; sigma: standard deviation of G of each level in units
    of the range of levels, 0 where it is not known; samples: (level, sample), S, what writing has left of each level, NaN
    at the end of shorter rows, or None; read: (V, s); write: (V, s) of the pulse that moves the wall, V along the track's
    heavy metal; energy: J of writing a level; write_error: probability that another level is written, of each level;
    parameters: by key, SI."""

    name: str
    conductances: np.ndarray
    source: str
    sigma: np.ndarray
    samples: np.ndarray | None
    read: tuple[float, float]
    write: tuple[float, float] | None
    energy: float | None
    write_error: np.ndarray | None
    jumps: Jumps | None
    parameters: dict[str, float | str]

    @property
    def levels(self) -> Levels:
        return Levels.of(self.conductances)


def describe(variant: "Variant | measured.MeasuredDevice") -> Device:
    """A synapse of a study, or a measured one. Where [programming] has written the levels of the variant, they and their
    errors are those as written; where [retention] has found its barriers, levels are lost at the first of its temperatures.
    Errors: ValueError if it has fewer than two levels."""
    if isinstance(variant, Variant) and variant.is_measured:
        variant = measured.of_variant(variant)
    if isinstance(variant, measured.MeasuredDevice):
        span = Levels.of(variant.conductances).span
        samples = _packed(variant.values)
        return Device(
            variant.name, variant.conductances, "measured", variant.spread / span, samples, variant.read, None, None, None, None, {}
        )
    written = measured.written(variant) if is_written(variant) else None
    conductances = variant.levels.values if written is None else written.conductances
    span = Levels.of(conductances).span
    get = variant.parameter
    cases = variant.cases
    current = float(np.max(np.abs(cases.pulse_current_density))) if "pulse_current_density" in cases.coords else get("pulse.current_density")
    resistivity, length, duration = get("heavy_metal.resistivity"), get("length"), get("pulse.duration")
    known = None not in (resistivity, length, duration, current)
    energy = float(variant.quantities.update_energy if written is None else variant.programming.mean_write_energy)
    return Device(
        name=f"{variant.study.name}, {variant.label}",
        conductances=conductances,
        source="relaxed" if written is None else "written",
        sigma=np.zeros(len(conductances)) if written is None else np.nan_to_num(written.spread / span),
        samples=None if written is None else _packed(written.values),
        read=(get("read.voltage"), get("read.duration")),
        write=(current * resistivity * length, duration) if known else None,
        energy=energy if np.isfinite(energy) else None,
        write_error=None if written is None else measured.write_errors(variant),
        jumps=_jumps(variant, conductances),
        parameters=variant.parameters,
    )


def is_written(variant: Variant) -> bool:
    """Whether [programming] has written the levels of the variant."""
    try:
        found = variant.programming
    except NotInStudy:
        return False
    return int(np.isfinite(found.level_conductance.values).sum()) > 1


def _packed(values: np.ndarray) -> np.ndarray:
    """Rows with their finite numbers first."""
    order = np.argsort(~np.isfinite(values), axis=1, kind="stable")
    packed = np.take_along_axis(values, order, axis=1)
    return packed[:, : int(np.isfinite(packed).sum(axis=1).max())]


def _jumps(variant: Variant, levels: np.ndarray) -> Jumps | None:
    try:
        kept = variant.retention
    except NotInStudy:
        return None
    if str(kept.status.values) != "done":
        return None
    wells = int(kept.wells)
    ends = np.flatnonzero(np.isfinite(kept.loss_barrier.values))
    in_wells = kept.well_conductance.values[:wells]
    conductances = np.concatenate([in_wells, kept.lost_conductance.values[ends]])
    places = np.concatenate([kept.well_position.values[:wells], np.array([0.0, variant.parameter("length")])[ends]])
    known = slice(0, wells if wells > 1 else None)
    slope = np.diff(conductances[known]) / np.diff(places[known])
    of_level = _wells_of(levels, in_wells, _reach_of_notch(variant) * float(np.abs(slope).mean()))
    return Jumps(float(kept.temperature[0]), conductances, _rates(kept.isel(temperature=0), wells, ends), of_level)


def _rates(kept: xarray.Dataset, wells: int, ends: np.ndarray) -> np.ndarray:
    """Arrhenius' law between neighbouring wells and out of the track over these of its two ends, as docs/retention.md
    says. The states are the wells and, behind them, the ends."""
    rates = np.zeros((wells + len(ends),) * 2)
    for way, a, b in (("forth", 0, 1), ("back", 1, 0)):
        frequency = kept[f"attempt_frequency_{way}"].values[: wells - 1]
        paths = np.arange(wells - 1)
        rates[paths + a, paths + b] = frequency * np.exp(-kept[f"barrier_{way}_thermal"].values[: wells - 1])
    for state, end in enumerate(ends, wells):
        frequency, barrier = (float(kept[name][end]) for name in ("loss_attempt_frequency", "loss_barrier_thermal"))
        rates[(0, wells - 1)[end], state] = frequency * np.exp(-barrier)
    np.fill_diagonal(rates, -rates.sum(axis=1))
    return rates


def _reach_of_notch(variant: Variant) -> float:
    """Distance (m) within which a wall belongs to a notch: the notch's radius and the wall's width, as in [retention]."""
    get = variant.parameter
    listed = get("notches.list")
    widths = [notch.get("width", notch.get("diameter")) for notch in listed] if listed else []
    width = max([w for w in widths if w is not None], default=get("notches.width") or get("notches.diameter"))
    saturation, exchange = get("material.saturation_magnetization"), get("material.exchange_stiffness")
    effective = get("material.anisotropy") - 0.5 * _MU0 * saturation**2  # of a thin film
    return 0.5 * width + (np.sqrt(exchange / effective) if effective > 0 else get("initial_wall.width"))


def _wells_of(levels: np.ndarray, wells: np.ndarray, reach: float) -> np.ndarray:
    """The well in whose reach (S) each level is, -1 for none."""
    distance = np.abs(levels[:, None] - wells)
    return np.where(distance.min(axis=1) < reach, distance.argmin(axis=1), -1)
