"""A case of a study as a mumax3 script, so that it can be simulated again by another program."""

import os
import pathlib
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from .errors import SpinsweepError
from .fields import Field, ovf_bytes
from .results import Results

_MU0 = 1.25663706212e-6  # T m/A, CODATA 2018
# What the script has no counterpart of, and the value with which it has no effect.
_NEUTRAL = {
    "edge": "staircase",
    "pulse.rise": 0,
    "pulse.fall": 0,
    "pulse.count": 1,
    "pulse.depression": 0,
    "pulse.reset.duration": 0,
    "gate.anisotropy_change": 0,
    "disorder.roughness.deviation": 0,
    "disorder.grains.size": 0,
    "disorder.defects.density": 0,
}
_PULSE = ("pulse.current_density", "pulse.duration", "pulse.relaxation", "pulse.reset.")


def save_mx3(results_path: str | os.PathLike, device: str, case: int, folder: str | os.PathLike) -> pathlib.Path:
    """Writes case.mx3, its mask (PNG) and its initial state (OVF 2.0, binary 4) into the folder; returns the script's path.

    case: its number in the results file, as `spinsweep export --case` counts. The initial state is the first snapshot,
    at the start of the pulse. Errors: SpinsweepError if the case is not done or has a pulse that the script cannot have.
    """
    with Results(results_path) as results:
        if not results.has(f"{device}/status") or case >= len(results.done(device)) or not results.done(device)[case]:
            raise SpinsweepError(f"{results.path}: the {device} has no finished case {case}")
        if unknown := _not_in_a_script(results, device, case):
            raise SpinsweepError(f"{results.path}: no mumax3 script of a case with {', '.join(unknown)}")
        get = lambda path: _number(results, device, path, case)
        initial = results.snapshot(device, case, 0)
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        height, width, _ = initial.shape
        cell = (get("cell"), get("cell"), get("thickness"))
        (folder / "mask.png").write_bytes(_png(np.any(initial != 0, axis=-1)))
        (folder / "initial.ovf").write_bytes(ovf_bytes(Field(initial, cell), "4"))
        script = folder / "case.mx3"
        script.write_text(_script(results, device, case, get, width, height, cell), encoding="utf-8")
        return script


def _not_in_a_script(results: Results, device: str, case: int) -> list[str]:
    """Keys of the case with an effect that the script has no counterpart of."""
    given = dict(_flat(results.sweep[device]))
    found = [path for path, value in _NEUTRAL.items() if results.parameter(device, path, case) not in (None, value)]
    found += [p for p in given if p.startswith("pulse.") and p not in _NEUTRAL and not p.startswith(_PULSE)]
    found += [p for p in given if p.startswith("maps.") and not p.endswith("_checksum")]
    return found + [p for p in given if p.startswith("profile.") and p != "profile.from"]


def _flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _number(results: Results, device: str, path: str, case: int) -> float:
    value = results.parameter(device, path, case)
    if value is None:
        raise SpinsweepError(f"{results.path}: the {device} has no parameter {path}")
    return float(value)


def _script(results: Results, device: str, case: int, get: Any, nx: int, ny: int, cell: tuple[float, float, float]) -> str:
    thickness, theta, ratio = cell[2], get("material.spin_hall_angle"), get("material.field_like_ratio")
    swept = ", ".join(f"{name} = {results.get(f'{device}/{name}').values[case]:g}" for name in results.swept(device))
    field = ", ".join(f"{_MU0 * get(f'applied_field.{axis}'):.9g}" for axis in "xyz")
    lines = [
        f"// {results.sweep.get('study', {}).get('name', 'study')}, case {case} of the {device}: {swept}",
        f"// written by spinsweep {results.attribute('spinsweep_version')} ({results.attribute('git_revision')})",
        f"SetGridSize({nx}, {ny}, 1)",
        f"SetCellSize({cell[0]:.9g}, {cell[1]:.9g}, {thickness:.9g})",
        'SetGeom(ImageShape("mask.png"))  // black: magnetic',
        f"Msat = {get('material.saturation_magnetization'):.9g}",
        f"Aex = {get('material.exchange_stiffness'):.9g}",
        f"Ku1 = {get('material.anisotropy'):.9g}",
        "AnisU = vector(0, 0, 1)",
        f"Dind = {get('material.dmi'):.9g}",
        "OpenBC = true  // a missing neighbour contributes nothing",
        f"alpha = {get('material.damping'):.9g}",
        f"GammaLL = {get('material.gyromagnetic_ratio') / _MU0:.9g}",
        f"Temp = {get('material.temperature'):.9g}",
        f"B_ext = vector({field})",
        "// The spin-orbit torque of a current along +x: polarisation along -y, spin Hall angle as Pol.",
        "DisableZhangLiTorque = true",
        "Lambda = 1",
        f"Pol = {theta:.9g}",
        f"EpsilonPrime = {0.5 * theta * ratio:.9g}",
        "FixedLayer = vector(0, -1, 0)",
        'm.LoadFile("initial.ovf")',
        f"TableAutoSave({get('output.interval'):.9g})",
        f"J = vector(0, 0, {get('pulse.current_density'):.9g})",
        f"Run({get('pulse.duration'):.9g})",
        "J = vector(0, 0, 0)",
        f"Run({get('pulse.relaxation'):.9g})",
        'SaveAs(m, "final")',
    ]
    return "\n".join(lines) + "\n"


def _png(magnetic: np.ndarray) -> bytes:
    """Grey image, black where the film is, the first row at the bottom."""
    grey = np.where(magnetic[::-1], 0, 255).astype(np.uint8)
    rows = b"".join(b"\0" + row.tobytes() for row in grey)
    block = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", grey.shape[1], grey.shape[0], 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + block(b"IHDR", header) + block(b"IDAT", zlib.compress(rows)) + block(b"IEND", b"")
