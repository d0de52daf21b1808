"""A results file as it is stored: variables with named dimensions, statuses, and the sweep.

spinsweep.open() gives the same with physical coordinates; this is the layer below, for programs that work with indices."""

import functools
import os
import tomllib

# A run may be writing the file; its lock is no reason not to read what is done.
os.environ["HDF5_USE_FILE_LOCKING"] = "FALSE"

import h5py
import numpy as np

from .errors import ForeignFile
from .units import quantity

DONE = 2
# Statuses in words; a killed run leaves "running" behind too.
_UNFINISHED = {
    "waiting": "have not been started",
    "running": "are running, or were when their run was killed",
    "failed": "have failed",
    "interrupted": "have been interrupted",
}


class Array:
    """Values of a variable and the name of each axis."""

    def __init__(self, values, dims, units="", long_name=""):
        self.values, self.dims, self.units, self.long_name = values, tuple(dims), units, long_name

    def size(self, dim):
        return self.values.shape[self.dims.index(dim)]

    def at(self, **indices):
        """The slice at these indices; dimensions that the variable does not have are ignored."""
        index = tuple(indices.get(dim, slice(None)) for dim in self.dims)
        return Array(self.values[index], [d for d in self.dims if d not in indices], self.units, self.long_name)

    def front(self, *dims):
        """The same array with these dimensions first; a missing one is added with length 1."""
        values, own = self.values, list(self.dims)
        for dim in dims:
            if dim not in own:
                values, own = values[np.newaxis], [dim] + own
        order = [own.index(d) for d in dims] + [k for k, d in enumerate(own) if d not in dims]
        return Array(values.transpose(order), [own[k] for k in order], self.units, self.long_name)


def _text_of(rows):
    """The rows of a character matrix."""
    return [b"".join(row).rstrip(b"\0").decode("utf-8", "replace") for row in rows]


class Results:
    """Errors: ForeignFile if `path` is no results file of spinsweep."""

    def __init__(self, path):
        self.path = path
        try:
            self.file = h5py.File(path, "r")
        except OSError as error:
            reason = "no such file" if not os.path.exists(path) else "not an HDF5 file, or a damaged one"
            raise ForeignFile(f"{path}: {reason}") from error
        if "spinsweep_schema" not in self.file.attrs or "sweep" not in self.file.attrs:
            raise ForeignFile(f"{path}: not a spinsweep results file: it has no attribute spinsweep_schema")
        if self.has("network") and not self.has("network/deployment_name"):
            made_by = f"{self.attribute('spinsweep_version')} ({self.attribute('git_revision')})"
            raise ForeignFile(f"{path}: made by spinsweep {made_by} with a layout that this report does not read")
        try:
            self.sweep = tomllib.loads(self.attribute("sweep"))
        except tomllib.TOMLDecodeError as error:
            raise ForeignFile(f"{path}: its attribute sweep is not valid TOML: {error}") from error
        for method in (
            self.get,
            self.has,
            self.names,
            self.done,
            self.swept,
            self.choices,
            self.variant_axes,
            self.variant_cases,
            self.variant_label,
            self._parameter,
        ):  # read once as long as the file is open
            setattr(self, method.__name__, functools.cache(method))

    def close(self):
        self.file.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def attribute(self, name):
        value = self.file.attrs.get(name, "")
        return value.decode() if isinstance(value, bytes) else str(value)

    def has(self, name):
        return name in self.file

    def get(self, name):
        """A whole variable, or None if the file has no such variable."""
        if not self.has(name):
            return None
        data = self.file[name]
        dims = [scale[0].name.rsplit("/", 1)[-1] if len(scale) else "?" for scale in data.dims]
        units, long_name = (data.attrs.get(key, "") for key in ("units", "long_name"))
        return Array(data[...], dims, units, long_name)

    def names(self, name):
        """The texts of a variable, strings or the rows of a character matrix; an empty list if there is none."""
        if not self.has(name):
            return []
        data = self.file[name]
        return list(data.asstr(errors="replace")[:]) if data.dtype.kind == "O" else _text_of(data[:])

    def done(self, group):
        """Which cases of "neuron" or "synapse" are done."""
        return self.get(f"{group}/status").values == DONE if self.has(f"{group}/status") else np.zeros(0, bool)

    def swept(self, group):
        """Names of the swept parameters of a device, in the order of the sweep: the variables of role "axis"."""
        if not self.has(group):
            return []
        axes = [name for name, data in self.file[group].items() if data.attrs.get("role") == "axis"]
        return sorted(axes, key=lambda name: self._axis_order(group, name))

    def _axis_order(self, group, name):
        paths = [variable_name(path) for path in self.sweep.get(group, {}).get("sweep", {})]
        return (paths.index(name) if name in paths else len(paths), name)

    def swept_with(self, name):
        """The parameters ("synapse.notches.count") that a `zip` of the sweep ties to that one, itself with them."""
        group, path = name.split(".", 1)
        for tied in self.sweep.get(group, {}).get("sweep", {}).get("zip", []):
            if path in tied:
                return [f"{group}.{other}" for other in tied]
        return []

    def parameter(self, group, path, case=0):
        """A parameter of a case in SI units: swept, given, or None."""
        swept, given = self._parameter(group, path)
        return given if swept is None else float(swept[case])

    def _parameter(self, group, path):
        """(values of all cases if it is swept, or None; else the value of all)."""
        name = f"{group}/{variable_name(path)}"
        if self.has(name) and path != "time":
            return self.get(name).values, None
        for table in (self.sweep.get(group, {}), self.sweep):  # a device may have a material of its own
            for key in path.split("."):
                table = table.get(key) if isinstance(table, dict) else None
            if table is not None:
                return None, table
        return None, None

    def _apart(self, group):
        """The swept parameters that tell variants apart: not those that drive a device or draw its noise."""
        same = {"pulse_current_density"}
        if self.sweep.get(group, {}).get("thermal", {}).get("realizations", 1) > 1:
            same.add("thermal_realization")
        return [name for name in self.swept(group) if name not in same]

    def variant_cases(self, group):
        """Case indices of each variant, current density ascending: cases that differ in it and in the realisation of
        the noise only are one device. Variants that are not simulated, measured synapses and ideal neurons, have none."""
        axes = self._apart(group)
        if not self.has(f"{group}/status"):
            return [[] for _ in range(self._unsimulated(group))]
        columns = np.stack([self.get(f"{group}/{name}").values for name in axes]) if axes else None
        variants = {}
        for case in range(len(self.get(f"{group}/status").values)):
            key = tuple(columns[:, case]) if axes else ()
            variants.setdefault(key, []).append(case)
        return [
            sorted(cases, key=lambda c: self.parameter(group, "pulse.current_density", c))
            for cases in variants.values()
        ]

    def finished_cases(self, group, variant):
        """The cases of a variant that are done, ascending by current density; of equal ones, as a sample may have, the
        first."""
        done = self.done(group)
        by_current = {}
        for case in self.variant_cases(group)[variant]:
            if done[case]:
                by_current.setdefault(self.parameter(group, "pulse.current_density", case), case)
        return [by_current[current] for current in sorted(by_current)]

    def _unsimulated(self, group):
        """How many variants of a device are not simulated."""
        scale = f"variants/{'neuron' if group == 'neuron' else 'variant'}"
        return self.file[scale].size if self.has(scale) and not self.has(group) else 0

    def is_measured(self):
        """Whether measured devices take the place of a simulated synapse."""
        return self.has("variants/measured_conductance")

    def axis(self, group, name):
        """(the variable of a swept parameter, index of a variant in it)."""
        if self.has(group):
            return self.file[f"{group}/{name}"], lambda variant: self.variant_cases(group)[variant][0]
        return self.file[f"variants/{name}"], lambda variant: variant

    def variant_axes(self, group):
        """The swept parameters in which variants differ, without those that only follow another one; "measured_devices"
        of devices that were measured."""
        if group == "synapse" and self.is_measured():
            return ["measured_devices"]
        axes = self._apart(group)
        return [name for name in axes if name != "initial_wall_position"] or axes

    def variant_value(self, group, variant, name):
        data, index = self.axis(group, name)
        return float(self.get(data.name).values[index(variant)])

    def variant_choice(self, group, variant, name):
        """The value of a swept parameter, or the name of the choice that it counts."""
        value, choices = self.variant_value(group, variant, name), self.choices(group, name)
        return choices[int(value)] if choices else value

    def variant_label(self, group, variant):
        """ "notches 5, DMI 1 mJ m⁻²": the parameters in which a variant differs from the others."""
        texts = []
        for name in self.variant_axes(group):
            attributes = self.axis(group, name)[0].attrs
            value = self.variant_choice(group, variant, name)
            short_name = attributes.get("short_name", name.replace("_", " "))
            named = isinstance(value, str)
            texts.append(f"{short_name} {value}" if named else quantity(short_name, value, attributes.get("units", "1")))
        return ", ".join(texts) or (f"the {group}" if self.has(group) else f"the ideal {group}")

    def choices(self, group, name):
        """The names that the values of a swept parameter count, or an empty list if it is a number."""
        return str(self.axis(group, name)[0].attrs.get("flag_meanings", "")).split()

    def notch_positions(self, case):
        """x of each place of a synapse with notches, m."""
        listed = self.parameter("synapse", "notches.list", case)
        if listed:
            return np.unique([notch["x"] for notch in listed])
        count = int(self.parameter("synapse", "notches.count", case) or 0)
        length = self.parameter("synapse", "length", case)
        if count == 0:
            return np.zeros(0)
        first = self.parameter("synapse", "notches.first", case)
        pitch = self.parameter("synapse", "notches.pitch", case)
        first = length / count if first is None else first
        pitch = length / count if pitch is None else pitch
        return first + pitch * np.arange(count)

    def pulses(self, group, case):
        """(start, end) of every square pulse with its ramps, s; none if pulses consist of segments."""
        get = lambda name: self.parameter(group, f"pulse.{name}", case) or 0
        if get("segments"):
            return []
        reset = sum(get(f"reset.{part}") for part in ("rise", "duration", "fall"))
        length = sum(get(part) for part in ("rise", "duration", "fall"))
        start = reset + get("reset.relaxation") if get("reset.duration") else 0
        period = get("period") or length + get("relaxation")
        count = int(get("count") or 1) * (2 if get("depression") else 1)
        of_reset = [(0, reset)] if get("reset.duration") else []
        return of_reset + [(start + k * period, start + k * period + length) for k in range(count)]

    def mesh(self, group, case):
        """Cells along x and y of a case that is done."""
        nx = round(self.parameter(group, "length", case) / self.parameter(group, "cell", case))
        return nx, rows_with_material(self.file[f"{group}/snapshot"][case, 0])

    def snapshot(self, group, case, index=-1):
        """Magnetisation [y, x, component] of a case; index -1: the last of the case."""
        count = int(self.parameter(group, "output.snapshots", case))
        nx, ny = self.mesh(group, case)
        return self.file[f"{group}/snapshot"][case, index % count, :ny, :nx, :]

    def trace(self, group, case, name):
        """(time, values) of a case up to its end."""
        time = self.file[f"{group}/sample_time"][case]
        inside = np.isfinite(time)
        return time[inside], self.file[f"{group}/{name}"][case][inside]

    def stages(self):
        """The groups of the file that have a status -> what one entry of it is, in the order of the program."""
        known = {
            "neuron": "neuron cases",
            "synapse": "synapse cases",
            "programming": "recipes of programming",
            "retention": "retention variants",
            "network": "network runs",
        }
        others = {name: f"{name} tasks" for name in self.file if name not in known and name != "analysis"}
        return {group: unit for group, unit in {**known, **others}.items() if self.has(f"{group}/status")}

    def missing(self):
        """Sentences about what the study asks for and has not been computed yet."""
        sentences = []
        for group, unit in self.stages().items():
            status = self.file[f"{group}/status"]
            meanings = str(status.attrs.get("flag_meanings", "")).split()
            values = status[...].ravel()
            for code, meaning in enumerate(meanings):
                count = int(np.sum(values == code))
                if code != DONE and count:
                    said = _UNFINISHED.get(meaning, f"are {meaning}")
                    sentences.append(f"{count} of {values.size} {unit} {said}.")
        if self.has("analysis/status") and self.file["analysis/status"][()] != DONE:
            sentences.append("The sensitivity analysis has not been run.")
        return sentences


def rows_with_material(field):
    """Cells along y of a snapshot [y, x, component]: a mesh is wider than the track where a bulge or a wider end needs it."""
    return int(np.flatnonzero(np.any(field != 0, axis=(1, 2))).max(initial=0)) + 1


def variable_name(path):
    """The name of a swept key's variable in the results file."""
    return path.replace(".", "_")
