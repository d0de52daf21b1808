"""What the page's views show: a column for each quantity, and behind each variant its cases with traces, maps and levels,
reduced until a page of thousands of variants stays small."""

import base64
import json
import math
import struct
import zlib

import numpy as np

from . import names, style

_BYTES = 36e6  # of all traces and maps before compression, which leaves a quarter to a half
_MOST_PER_CASE = 150_000
_LEAST_PER_FRAME = 500
_MOST_FRAMES = 40
_MAP_LEVELS = 31  # on each side of mz = 0
_NO_MATERIAL = -128
_UNKNOWN = 65535
_COLUMN_GROUPS = {
    "parameter": "swept parameters",
    "accuracy": "accuracy",
    "retained": "accuracy after the longest time",
    "energy": "energy",
    "retention": "retention",
    "programming": "writing",
    "variants": "levels",
    "analysis": "levels",
}


def views(results, answers):
    """The columns and where the views begin, for JSON."""
    columns = [_column(quantity) for quantity in answers.quantities]
    count = len(results.variant_cases("synapse"))
    return {
        "columns": columns,
        "variants": [names.variant(results, "synapse", v) for v in range(count)],
        "axes": _first_axes(answers, columns),
        "devices": "synapse",
    }


def _column(quantity):
    known = quantity.values[quantity.known]
    if quantity.group in ("accuracy", "retained") or quantity.key.endswith("mean_write_error"):
        factor, unit = 100.0, "%"
    else:
        factor, unit = style.prefixed(known, quantity.units)
    return {
        "key": quantity.key,
        "label": quantity.label,
        "unit": unit,
        "group": _COLUMN_GROUPS.get(quantity.group, quantity.group),
        "goal": quantity.goal[1] if quantity.goal else None,
        "parameter": quantity.group == "parameter",
        "logarithmic": bool(known.min() > 0 and known.max() > 1e4 * known.min()),
        "values": [_rounded(value * factor) for value in quantity.values],
    }


def _rounded(value):
    return float(f"{value:.6g}") if math.isfinite(value) else None


def _first_axes(answers, columns):
    """x, y and colour at the beginning: the first goal against energy or what varies, coloured by a swept parameter."""
    varied = [c["key"] for c in columns if c["parameter"] and len(set(c["values"])) > 1]
    goals = [extreme.quantity.key for extreme in answers.extremes]
    keys = [c["key"] for c in columns]
    energy = [key for key in ("energy_per_update", "programming_mean_write_energy") if key in keys]
    y = (goals or keys or [None])[0]
    x = next((key for key in [*energy, *varied, *keys] if key != y), y)
    colour = next((key for key in [*varied, *keys] if key not in (x, y)), x)
    return {"x": x, "y": y, "colour": colour}


def details(results):
    """For each variant a text: base64 of the deflated header length, header (JSON) and binary arrays."""
    variants = results.variant_cases("synapse")
    cases = sum(map(len, variants))
    room = min(_MOST_PER_CASE, _BYTES / max(cases, 1))
    levels = results.get("variants/level_conductance")
    return [_detail(results, v, found, levels, room) for v, found in enumerate(variants)]


def _detail(results, variant, cases, levels, room):
    payload, listed = bytearray(), []
    for case in cases:
        listed.append(_case(results, case, payload, room))
    header = {"cases": listed, "notches": _rounded_all(results.notch_positions(cases[0]) * 1e9)}
    header["length"], header["width"] = (results.parameter("synapse", edge, cases[0]) * 1e9 for edge in ("length", "width"))
    if levels is not None:
        known = levels.values[variant]
        header["levels"] = _rounded_all(known[np.isfinite(known)] * 1e6)
    text = json.dumps(header, separators=(",", ":"), allow_nan=False).encode()
    whole = struct.pack("<I", len(text)) + text + bytes(payload)
    return base64.b64encode(zlib.compress(whole, 9)).decode()


def _rounded_all(values):
    return [_rounded(float(value)) for value in values]


def _case(results, case, payload, room):
    words = str(results.file["synapse/status"].attrs["flag_meanings"]).split()
    status = words[int(results.get("synapse/status").values[case])]
    current = results.parameter("synapse", "pulse.current_density", case)
    found = {"case": int(case), "J": _rounded(current / 1e12), "status": status}
    if status == "failed":
        found["message"] = results.names("synapse/message")[case]
    if results.done("synapse")[case]:
        found["position"] = _rounded(float(results.get("synapse/final_position").values[case]) * 1e9)
        found["conductance"] = _rounded(float(results.get("synapse/final_conductance").values[case]) * 1e6)
        if results.has("synapse/wall_position"):  # lean realisations have neither
            found["trace"] = _trace(results, case, payload, room / 4)
        if results.has("synapse/snapshot"):
            found["map"] = _map(results, case, payload, room * 3 / 4)
    return found


def _trace(results, case, payload, room):
    """Wall position (nm) against time (ns), as 16 bit integers between their ends."""
    time, position = results.trace("synapse", case, "wall_position")
    step = max(1, math.ceil(len(time) * 4 / max(room, 160)))
    chosen = np.unique(np.append(np.arange(0, len(time), step), len(time) - 1))
    offset = len(payload)
    ends = []
    for values in (time[chosen] * 1e9, position[chosen] * 1e9):
        low, high = (float(end(values[np.isfinite(values)], initial=0)) for end in (np.min, np.max))
        scaled = (values - low) / ((high - low) or 1) * (_UNKNOWN - 1)
        payload += np.where(np.isfinite(values), scaled, _UNKNOWN).round().astype("<u2").tobytes()
        ends.append([_rounded(low), _rounded(high)])
    return {"offset": offset, "points": len(chosen), "time": ends[0], "position": ends[1]}


def _map(results, case, payload, room):
    """mz of the snapshots in 63 levels, cells averaged in blocks and snapshots left out until they fit."""
    count = int(results.parameter("synapse", "output.snapshots", case))
    nx, ny = results.mesh("synapse", case)
    frames = min(count, _MOST_FRAMES)
    while frames > 2 and room / frames < _LEAST_PER_FRAME:
        frames = (frames + 1) // 2
    block = 1
    while math.ceil(nx / block) * math.ceil(ny / block) > max(room / frames, 120):
        block += 1
    chosen = sorted({round(k) for k in np.linspace(0, count - 1, frames)})
    field = results.file["synapse/snapshot"][case, : count, :ny, :nx, :]
    offset = len(payload)
    for index in chosen:
        m = field[index]
        mz = np.where(np.any(m != 0, axis=-1), m[..., 2], np.nan)
        payload += _blocks(mz, block).tobytes()
    return {
        "offset": offset,
        "nx": math.ceil(nx / block),
        "ny": math.ceil(ny / block),
        "fractions": [round(index / max(count - 1, 1), 4) for index in chosen],
    }


def _blocks(mz, block):
    """Means over blocks of cells as bytes; a block that is mostly without material has none."""
    ny, nx = (block * math.ceil(size / block) for size in mz.shape)
    padded = np.full((ny, nx), np.nan)
    padded[: mz.shape[0], : mz.shape[1]] = mz
    cells = padded.reshape(ny // block, block, nx // block, block)
    inside = np.isfinite(cells)
    number = inside.sum(axis=(1, 3))
    mean = np.where(inside, cells, 0).sum(axis=(1, 3)) / np.maximum(number, 1)
    values = np.clip(np.round(mean * _MAP_LEVELS), -_MAP_LEVELS, _MAP_LEVELS)
    return np.where(2 * number >= block * block / 2, values, _NO_MATERIAL).astype(np.int8)
