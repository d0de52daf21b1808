"""Which variant, case and data set a figure shows."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np

from .. import names
from ..errors import NoSuchVariant, NotInStudy
from ..network_results import Network
from ..results import Results, variable_name

if TYPE_CHECKING:
    from ..variant import Variant

_RELATIVE = 1e-9  # two values of a parameter nearer than this are equal


def variant_number(results: Results, device: str, chosen: Variant | int | None) -> int:
    """The place of a variant among those of its device. chosen: the variant, its place, or None for the only one.

    Errors: NoSuchVariant if there is no such one, or more than one; NotInStudy if the study has no such device;
    ValueError for a variant of another study or device."""
    count = len(results.variant_cases(device))
    if count == 0:
        raise NotInStudy(f"{results.path}: the study has no {device}")
    if not isinstance(chosen, int | np.integer | None):
        if chosen.device != device or os.path.realpath(chosen.study.path) != os.path.realpath(results.path):
            raise ValueError(f"{chosen!r} of {chosen.study.path} is no {device} of {results.path}")
        return chosen.number
    if chosen is None:
        if count > 1:
            given = f"study.{'neuron' if device == 'neuron' else 'variant'}(...)"
            raise NoSuchVariant(f"{results.path}: the study has {count} variants of the {device}; {given} chooses the one to draw")
        return 0
    if not 0 <= chosen < count:
        raise NoSuchVariant(f"{results.path}: there is no variant {chosen} of the {device}; the study has {count}, counted from 0")
    return int(chosen)


def case_at(results: Results, device: str, variant: int, current_density: float | None) -> int:
    """The finished case of a variant at a current density (A/m^2), or at the largest one for None. Errors: NotInStudy."""
    cases = results.finished_cases(device, variant)
    if not cases:
        raise NotInStudy(f"{results.path}: no case of {names.titled(results, device, variant)} is done")
    if current_density is None:
        return cases[-1]
    currents = {results.parameter(device, "pulse.current_density", case): case for case in cases}
    for current, case in currents.items():
        if abs(current - current_density) <= _RELATIVE * abs(current):
            return case
    known = ", ".join(f"{current:g}" for current in currents)
    raise NotInStudy(f"{results.path}: no finished case has a current density of {current_density:g} A/m^2; there are {known}")


def of_devices(results: Results, device: str = "synapse") -> None:
    """Errors: NotInStudy unless one case of the device at least is done."""
    if not results.done(device).any():
        raise NotInStudy(f"{results.path}: no case of the {device} is done")


def swept_parameters(results: Results, chosen: str | None = None) -> list[str]:
    """The parameters in which the variants of the synapse differ, or of them the chosen one, by the names of variables.

    Errors: NotInStudy if nothing is swept, or not the chosen one."""
    swept = results.variant_axes("synapse")
    if not swept:
        raise NotInStudy(f"{results.path}: the study has one variant of the synapse, and no parameter to compare")
    if chosen is None:
        return swept
    if variable_name(chosen) not in swept:
        raise NotInStudy(f"{results.path}: {chosen} is not swept; swept: {', '.join(swept)}")
    return [variable_name(chosen)]


def network_of(results: Results) -> Network:
    """Errors: NotInStudy if no accuracy of a network is known."""
    network = Network(results)
    if network.accuracy_array is None:
        raise NotInStudy(f"{results.path}: the study has no network")
    if not network.exists():
        raise NotInStudy(f"{results.path}: no accuracy of a network is known yet")
    return network


def stored(results: Results, name: str, what: str):
    """A variable with a finite value at least. what: its name in the error. Errors: NotInStudy."""
    found = results.get(name)
    if found is None or not np.any(np.isfinite(found.values)):
        raise NotInStudy(f"{results.path}: no {what} is known")
    return found
