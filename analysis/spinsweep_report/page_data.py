"""What the page's views show: a column for each quantity, and behind each variant its cases with traces, maps and levels,
reduced until a page of thousands of variants stays small."""

import base64
import functools
import json
import math
import pathlib
import shlex
import struct
import zlib

import numpy as np

from . import quantities
from spinsweep import names
from spinsweep.results import rows_with_material
from spinsweep.units import prefixed

_BYTES = 36e6  # of all traces and maps before compression, which leaves a quarter to a half
_MOST_PER_CASE = 150_000
_LEAST_PER_FRAME = 500
_MOST_FRAMES = 40
_MAP_LEVELS = 31  # on each side of mz = 0
_NO_MATERIAL = -128
_UNKNOWN = 65535
_BLOCK_BYTES = 16e6  # of a variable that are read at once
_COLUMN_GROUPS = {
    "parameter": "swept parameters",
    "accuracy": "accuracy",
    "written": "accuracy as written",
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
        "command": f"analysis/report {shlex.quote(pathlib.Path(results.path).name)} -o figures --variants",
    }


def _column(quantity):
    known = quantity.values[quantity.known]
    if quantity.group in quantities.ACCURACIES or quantity.key.endswith("mean_write_error"):
        factor, unit = 100.0, "%"
    else:
        factor, unit = prefixed(known, quantity.units)
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
    cases = Cases(results, min(_MOST_PER_CASE, _BYTES / max(sum(map(len, variants)), 1))) if results.has("synapse") else None
    levels = results.get("variants/level_conductance")
    return [_detail(results, v, found, levels, cases) for v, found in enumerate(variants)]


def _detail(results, variant, of_variant, levels, cases):
    payload = bytearray()
    header = {"cases": [cases.packed(case, payload) for case in of_variant]}
    if of_variant:  # measured devices have none
        header["notches"] = _rounded_all(results.notch_positions(of_variant[0]) * 1e9)
        header["length"], header["width"] = (results.parameter("synapse", edge, of_variant[0]) * 1e9 for edge in ("length", "width"))
    if levels is not None:
        known = levels.values[variant]
        header["levels"] = _rounded_all(known[np.isfinite(known)] * 1e6)
    text = json.dumps(header, separators=(",", ":"), allow_nan=False).encode()
    return base64.b64encode(zlib.compress(struct.pack("<I", len(text)) + text + payload, 6)).decode()


def _rounded_all(values):
    return [_rounded(float(value)) for value in values]


class Cases:
    """The synapse's cases, reduced to `room` bytes each before compression. Neighbouring cases are read together."""

    def __init__(self, results, room):
        self.results, self.room = results, room
        self.words = str(results.file["synapse/status"].attrs["flag_meanings"]).split()
        self.status = results.get("synapse/status").values
        self.final = {name: results.get(f"synapse/final_{name}").values for name in ("position", "conductance")}
        self._block = functools.lru_cache(maxsize=8)(self._block)

    def _row(self, name, case):
        """A variable of one case."""
        data = self.results.file[f"synapse/{name}"]
        count = max(1, int(_BLOCK_BYTES // (data.dtype.itemsize * max(1, np.prod(data.shape[1:])))))
        return self._block(name, case // count * count, count)[case % count]

    def _block(self, name, begin, count):
        return self.results.file[f"synapse/{name}"][begin : begin + count]

    def packed(self, case, payload):
        """What JSON holds of a case; its trace and map are added to the payload."""
        status = self.words[int(self.status[case])]
        current = self.results.parameter("synapse", "pulse.current_density", case)
        found = {"case": int(case), "J": _rounded(current / 1e12), "status": status}
        if status == "failed":
            found["message"] = self.results.names("synapse/message")[case]
        if status == "done":
            found["position"] = _rounded(float(self.final["position"][case]) * 1e9)
            found["conductance"] = _rounded(float(self.final["conductance"][case]) * 1e6)
            if self.results.has("synapse/wall_position"):  # lean realisations have neither
                found["trace"] = self._trace(case, payload, self.room / 4)
            if self.results.has("synapse/snapshot"):
                found["map"] = self._map(case, payload, self.room * 3 / 4)
        return found

    def _trace(self, case, payload, room):
        """Wall position (nm) against time (ns), as 16 bit integers between their ends."""
        time, position = self._row("sample_time", case), self._row("wall_position", case)
        inside = np.isfinite(time)
        time, position = time[inside], position[inside]
        step = max(1, math.ceil(len(time) * 4 / max(room, 160)))
        chosen = np.append(np.arange(0, len(time) - 1, step), len(time) - 1)
        offset = len(payload)
        ends = []
        for values in (time[chosen] * 1e9, position[chosen] * 1e9):
            known = np.isfinite(values)
            low, high = (float(end(values[known], initial=0)) for end in (np.min, np.max))
            scaled = (values - low) / ((high - low) or 1) * (_UNKNOWN - 1)
            payload += np.where(known, scaled, _UNKNOWN).round().astype("<u2").tobytes()
            ends.append([_rounded(low), _rounded(high)])
        return {"offset": offset, "points": len(chosen), "time": ends[0], "position": ends[1]}

    def _map(self, case, payload, room):
        """mz of the snapshots in 63 levels, cells averaged in blocks and snapshots left out until they fit."""
        results = self.results
        count = int(results.parameter("synapse", "output.snapshots", case))
        frames = min(count, _MOST_FRAMES)
        while frames > 2 and room / frames < _LEAST_PER_FRAME:
            frames = (frames + 1) // 2
        chosen = sorted({round(k) for k in np.linspace(0, count - 1, frames)})
        field = self._row("snapshot", case)
        nx = round(results.parameter("synapse", "length", case) / results.parameter("synapse", "cell", case))
        ny = rows_with_material(field[0])
        block = 1
        while math.ceil(nx / block) * math.ceil(ny / block) > max(room / frames, 120):
            block += 1
        offset = len(payload)
        m = field[chosen, :ny, :nx]
        payload += _blocks(np.where(np.any(m != 0, axis=-1), m[..., 2], np.nan), block).tobytes()
        return {
            "offset": offset,
            "nx": math.ceil(nx / block),
            "ny": math.ceil(ny / block),
            "fractions": [round(index / max(count - 1, 1), 4) for index in chosen],
        }


def _blocks(mz, block):
    """Means over blocks of the cells of each snapshot as bytes; a block that is mostly without material has none."""
    count = len(mz)
    ny, nx = (block * math.ceil(size / block) for size in mz.shape[1:])
    padded = np.full((count, ny, nx), np.nan)
    padded[:, : mz.shape[1], : mz.shape[2]] = mz
    cells = padded.reshape(count, ny // block, block, nx // block, block)
    inside = np.isfinite(cells)
    number = inside.sum(axis=(2, 4))
    mean = np.where(inside, cells, 0).sum(axis=(2, 4)) / np.maximum(number, 1)
    values = np.clip(np.round(mean * _MAP_LEVELS), -_MAP_LEVELS, _MAP_LEVELS)
    return np.where(2 * number >= block * block / 2, values, _NO_MATERIAL).astype(np.int8)
