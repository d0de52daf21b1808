"""Devices for aihwkit."""

import numpy as np

from . import measured
from .device import describe
from .source_text import numbers, rows
from .variant import Variant


def to_aihwkit(variant: "Variant | measured.MeasuredDevice", nodes: int = 41) -> str:
    """A preset for aihwkit: a PiecewiseStepDevice that moves by one level with each pulse, a conductance converter of a
    pair of devices, and a noise model for inference: every conductance becomes that of a device that was written to the
    nearest level, and after t_inference (s) the wall may have jumped to another notch. nodes: of the piecewise step sizes,
    at least 2."""
    device = describe(variant)
    weights = 2 * device.levels.relative - 1
    steps, places = np.diff(weights), np.linspace(-1, 1, nodes)
    mean = float(steps.mean())
    samples = device.conductances[:, None] if device.samples is None else device.samples
    jumps = device.jumps
    head = _HEAD.format(
        name=device.name,
        low=device.conductances[0] * 1e6,
        high=device.conductances[-1] * 1e6,
        levels=numbers(device.conductances * 1e6),
        written=rows(samples * 1e6),
    )
    if jumps is not None:
        head += _WELLS.format(
            temperature=jumps.temperature,
            wells=numbers(jumps.conductances * 1e6),
            rates=rows(jumps.rates),
            of_level=jumps.of_level.tolist(),
        )
    pulsed = _PULSED.format(
        step=mean,
        spread=2 * float(np.mean(device.sigma)) / mean,
        up=numbers(np.interp(places, weights[:-1], steps / mean)),
        down=numbers(np.interp(places, weights[1:], steps / mean)),
    )
    return head + pulsed + _INFERENCE + (_KEPT if jumps is None else _LOST)


_HEAD = '''\
"""{name}: a device of spinsweep for aihwkit.

A pulse moves the wall by one level; weights from -1 to 1 are the conductances from {low:.6g} to {high:.6g} uS. For inference:
rpu_config.noise_model = SpinsweepNoiseModel().
"""

from dataclasses import dataclass, field
from typing import List

import torch
from aihwkit.inference.converter.conductance import CustomPairConductanceConverter
from aihwkit.inference.noise.base import BaseNoiseModel
from aihwkit.simulator.configs.devices import PiecewiseStepDevice

LEVELS_US = {levels}  # conductance of each level, uS
# What writing has left of each level, uS: one of them is drawn for each device.
WRITTEN_US = {written}
'''
_WELLS = """\
# The notches in which a wall stays and then the track that it has left, uS, its jumps between them at {temperature:g} K, 1/s,
# and the notch of each level (-1: kept for ever).
WELLS_US = {wells}
RATES = {rates}
WELL_OF_LEVEL = {of_level}
"""
_PULSED = """

@dataclass
class SpinsweepDevice(PiecewiseStepDevice):
    w_min: float = -1.0
    w_max: float = 1.0
    w_min_dtod: float = 0.0
    w_max_dtod: float = 0.0
    dw_min: float = {step:.9g}
    dw_min_dtod: float = 0.0
    dw_min_std: float = {spread:.9g}
    up_down: float = 0.0
    up_down_dtod: float = 0.0
    piecewise_up: List[float] = field(default_factory=lambda: {up})
    piecewise_down: List[float] = field(default_factory=lambda: {down})
"""
_INFERENCE = '''

def conductance_converter():
    """A weight is G+ - G-; one device of the pair stays at its lowest level."""
    low, high = LEVELS_US[0], LEVELS_US[-1]
    return CustomPairConductanceConverter(
        f_lst=[1.0], g_lst=[[low, low, high], [high, low, low]], g_min=low, g_max=high
    )


def nearest_level(conductance):
    levels = torch.tensor(LEVELS_US, device=conductance.device)
    return (conductance.unsqueeze(-1) - levels).abs().argmin(dim=-1)


class SpinsweepNoiseModel(BaseNoiseModel):
    def __init__(self):
        super().__init__(conductance_converter())

    def apply_programming_noise_to_conductance(self, g_target):
        level = nearest_level(g_target)
        written = torch.empty_like(g_target)
        for number, row in enumerate(WRITTEN_US):
            here = level == number
            draw = torch.randint(len(row), (int(here.sum()),), device=g_target.device)
            written[here] = torch.tensor(row, dtype=g_target.dtype, device=g_target.device)[draw]
        return written

    def generate_drift_coefficients(self, g_target):
        """The level that was written; jumps start from it."""
        return nearest_level(g_target)
'''
_KEPT = """
    def apply_drift_noise_to_conductance(self, g_prog, nu_drift, t_inference):
        return g_prog
"""
_LOST = """
    def apply_drift_noise_to_conductance(self, g_prog, nu_drift, t_inference):
        wells = torch.tensor(WELLS_US, dtype=g_prog.dtype, device=g_prog.device)
        rates = torch.tensor(RATES, dtype=torch.float64, device=g_prog.device)
        chances = torch.matrix_exp(rates * t_inference).cumsum(dim=1)
        before = torch.tensor(WELL_OF_LEVEL, device=g_prog.device)[nu_drift]
        draw = torch.rand(g_prog.shape, dtype=torch.float64, device=g_prog.device)
        after = (draw.unsqueeze(-1) >= chances[before]).sum(dim=-1).clamp(max=len(wells) - 1)
        return g_prog + torch.where(before < 0, torch.zeros_like(g_prog), wells[after] - wells[before])
"""
