"""What writing leaves of the levels of a synapse, measured or simulated."""

import csv
import dataclasses
import os

import numpy as np
import xarray

from .errors import NotInStudy, SpinsweepError
from .variant import Variant


@dataclasses.dataclass(frozen=True)
class MeasuredDevice:
    """Conductances of synapses as they were written. conductances: (level), mean over the devices, S, ascending; spread:
    (level), standard deviation between devices, S; values: (level, device), S, NaN where a device was not measured; read:
    (V, s), how a device is read."""

    name: str
    conductances: np.ndarray
    spread: np.ndarray
    values: np.ndarray
    read: tuple[float, float] = (0.1, 10e-9)

    @property
    def device_to_device_sigma(self) -> float:
        """Root mean square of the spread in units of the range of levels, as `network.device_to_device_sigma` takes it."""
        return float(np.sqrt(np.mean(self.spread**2)) / (self.conductances[-1] - self.conductances[0]))

    def draw(self, g: np.ndarray, random: np.random.Generator) -> np.ndarray:
        """Normalised conductances (0 at the lowest level, 1 at the highest) of devices that are written to g: each with the
        error of a device that was measured at the nearest level."""
        span = self.conductances[-1] - self.conductances[0]
        relative = (self.conductances - self.conductances[0]) / span
        level = np.abs(np.asarray(g)[..., None] - relative).argmin(axis=-1)
        errors = [row[np.isfinite(row)] - mean for row, mean in zip(self.values, self.conductances)]
        drawn = np.empty(level.shape)
        for k, known in enumerate(errors):
            here = level == k
            drawn[here] = random.choice(known, size=int(here.sum())) / span
        return np.asarray(g) + drawn


def read_measured(path: str | os.PathLike, unit: float = 1.0) -> MeasuredDevice:
    """A CSV with the columns level, device, conductance (S), in any order and with others beside them: one row for each
    measurement; several of one device and level are averaged.

    Errors: SpinsweepError with the line of what is wrong, or if there are fewer than two levels.

    unit: S, what the number 1 in the column conductance stands for.
    """
    path = os.fspath(path)
    found: dict[float, dict[str, list[float]]] = {}
    with open(path, newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        missing = {"level", "device", "conductance"} - set(reader.fieldnames or [])
        if missing:
            raise SpinsweepError(f"{path}: has no column {', '.join(sorted(missing))}; expected level, device, conductance (S)")
        for row in reader:
            try:
                level, value = float(row["level"]), float(row["conductance"]) * unit
            except (TypeError, ValueError):
                raise SpinsweepError(f"{path}:{reader.line_num}: level and conductance must be numbers") from None
            if not value > 0 or not np.isfinite(value) or not np.isfinite(level):
                raise SpinsweepError(f"{path}:{reader.line_num}: a conductance of {value:g} S; expected a positive number")
            found.setdefault(level, {}).setdefault(row["device"], []).append(value)
    if len(found) < 2:
        raise SpinsweepError(f"{path}: has {len(found)} level; expected at least two")
    devices = sorted({device for level in found.values() for device in level})
    values = np.array([[np.mean(level.get(device, [np.nan])) for device in devices] for _, level in sorted(found.items())])
    values = values[np.argsort(np.nanmean(values, axis=1), kind="stable")]
    means = np.nanmean(values, axis=1)
    if np.any(np.diff(means) <= 0):
        raise SpinsweepError(f"{path}: two levels have the same mean conductance")
    counts = np.isfinite(values).sum(axis=1)
    spread = np.array([np.nanstd(row, ddof=1) if count > 1 else 0.0 for row, count in zip(values, counts)])
    return MeasuredDevice(os.path.splitext(os.path.basename(path))[0], means, spread, values)


def of_variant(variant: Variant) -> MeasuredDevice:
    """The devices that were measured, of a variant of a study that has `[[network.measured_devices]]`. Errors: NotInStudy
    if its synapses are simulated."""
    if not variant.is_measured:
        raise NotInStudy(f"{variant.study.path}: {variant.label} is simulated, not measured")
    found = variant.stage("variants")
    count = int(found.levels)
    if count < 2:
        raise NotInStudy(f"{variant.study.path}: the levels of {variant.label} are not there yet")
    values = found.measured_conductance.values[:count]
    file = variant.study.sweep["network"]["measured_devices"][variant.number]
    return MeasuredDevice(
        f"{variant.study.name}, {file['name']}",
        found.level_conductance.values[:count],
        found.measured_deviation.values[:count],
        values[:, np.isfinite(values).any(axis=0)],
        (file["read_voltage"], file["read_duration"]),
    )


def written(variant: Variant) -> MeasuredDevice:
    """Measured devices as of_variant() has them; of a simulated synapse the conductances that [programming] of the study has
    left at each level that writing reaches: a device for each realisation of the level's best recipe. A level's conductance is
    the mean of the realisations that have reached it, its spread the root mean square difference of all realisations from
    that, also of those at another level, NaN where one realisation is all there is.

    Errors: NotInStudy without a section [programming], or if fewer than two levels of the variant are written.
    """
    if variant.is_measured:
        return of_variant(variant)
    found = variant.programming
    order = _reached(found)
    if len(order) < 2:
        raise NotInStudy(f"{variant.study.path}: the levels of {variant.label} have not been written")
    means, spread, values = (found[name].values for name in ("level_conductance", "conductance_deviation", "conductance"))
    return MeasuredDevice(f"{variant.study.name}, {variant.label}", means[order], spread[order], values[order])


def write_errors(variant: Variant) -> np.ndarray:
    """Probability that the best recipe of each level, in the order of written(), writes another one. Errors: as written()."""
    found = variant.programming
    return found.write_error.values[_reached(found)]


def _reached(found: xarray.Dataset) -> np.ndarray:
    """Numbers of the levels that writing reaches, by their conductance."""
    means = found.level_conductance.values
    order = np.argsort(means, kind="stable")
    return order[np.isfinite(means[order])]
