"""Devices for CrossSim 3."""

from . import measured
from .device import describe
from .source_text import numbers, rows
from .variant import Variant


def to_crosssim(variant: "Variant | measured.MeasuredDevice") -> str:
    """A device class for CrossSim 3, for simulator/devices/custom/. Writing takes every conductance to the nearest level,
    with the error of a device that was written to it; params.xbar.device.time (s) later the wall may have jumped to
    another notch. With cell_bits = 0, Rmin and Rmax as the file says."""
    device = describe(variant)
    high, jumps = device.conductances[-1], device.jumps
    samples = device.conductances[:, None] if device.samples is None else device.samples
    head = _HEAD.format(
        name=device.name,
        smallest_resistance=f"{1 / high:.9g}",
        largest_resistance=f"{1 / device.conductances[0]:.9g}",
        drift="" if jumps is None else _DRIFT.format(temperature=jumps.temperature),
        expm="" if jumps is None else "from scipy.linalg import expm\n",
    )
    body = _LEVELS.format(levels=numbers(device.conductances / high), written=rows(samples / high, 4))
    if jumps is not None:
        body += _WELLS.format(wells=numbers(jumps.conductances / high), rates=rows(jumps.rates, 4), of_level=jumps.of_level.tolist())
    return head + body + _WRITING + (_KEPT if jumps is None else _LOST)


_HEAD = '''\
"""{name}: a device of spinsweep for CrossSim 3 (simulator/devices/custom/, imported in device.py).

params.xbar.device.Rmin = {smallest_resistance}
params.xbar.device.Rmax = {largest_resistance}
params.xbar.device.infinite_on_off_ratio = False
params.xbar.device.cell_bits = 0
params.xbar.device.programming_error.enable = True
params.xbar.device.programming_error.model = "SpinsweepDevice"
{drift}"""

import numpy as np
{expm}from simulator.backend import ComputeBackend
from simulator.devices.idevice import EmptyDevice

xp = ComputeBackend()


class SpinsweepDevice(EmptyDevice):
    """Conductances are in units of the largest level."""

'''
_DRIFT = """\
params.xbar.device.drift_error.enable = True
params.xbar.device.drift_error.model = "SpinsweepDevice"
params.xbar.device.time: s since writing, at {temperature:g} K
"""
_LEVELS = """\
    LEVELS = {levels}
    # What writing has left of each level: one of them is drawn for each device.
    WRITTEN = {written}
"""
_WELLS = """\
    # The notches in which a wall stays and then the track that it has left, its jumps between them (1/s), and the notch of
    # each level (-1: kept for ever).
    WELLS = {wells}
    RATES = {rates}
    WELL_OF_LEVEL = {of_level}
"""
_WRITING = """
    def _level(self, input_):
        return xp.abs(input_[..., None] - xp.asarray(self.LEVELS)).argmin(axis=-1)

    def programming_error(self, input_):
        level = self._level(input_)
        sizes = [len(row) for row in self.WRITTEN]
        first = xp.asarray(np.cumsum([0, *sizes[:-1]]))
        draw = (xp.random.uniform(size=input_.shape) * xp.asarray(sizes)[level]).astype(int)
        return xp.asarray(np.concatenate(self.WRITTEN))[first[level] + draw]

    def read_noise(self, input_):
        return input_.copy()
"""
_KEPT = """
    def drift_error(self, input_, time):
        return self.programming_error(input_)
"""
_LOST = """
    def drift_error(self, input_, time):
        wells = xp.asarray(self.WELLS)
        chances = xp.asarray(np.cumsum(expm(np.array(self.RATES) * time), axis=1))
        before = xp.asarray(self.WELL_OF_LEVEL)[self._level(input_)]
        draw = xp.random.uniform(size=input_.shape)
        after = xp.minimum((draw[..., None] >= chances[before]).sum(axis=-1), len(wells) - 1)
        return self.programming_error(input_) + xp.where(before < 0, 0, wells[after] - wells[before])
"""
