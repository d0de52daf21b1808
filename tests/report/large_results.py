"""Grows a small results file into one of many variants: large_results.py TEMPLATE.h5 OUTPUT.h5 VARIANTS CURRENTS

The template is a study over notches.count, material.dmi and pulse.current_density, as make_results.py makes full.h5. Its
variants and cases are repeated with other parameters and with results that differ by up to a tenth, so that a report has
as much to show as one of a study of that size. Checkpoints and stored weights are left out.
"""

import re
import sys

import h5py
import numpy as np

COUNTS = np.arange(2, 7)
LEFT_OUT = ("checkpoint", "weight", "weight_level", "model", "saddle_magnetization", "loss_saddle_magnetization")
_LARGEST_BLOCK = 1 << 22  # numbers that are held at a time


def dimensions(data):
    if h5py.h5ds.is_scale(data.id):
        return [data.name]
    return [scale[0].name for scale in data.dims]


class Growth:
    def __init__(self, template, variants, currents):
        self.template, self.variants = template, variants
        of_variant = template["variants/variant"].size
        per_variant = template["synapse/case"].size // of_variant
        number = np.arange(variants)
        self.counts = COUNTS[number % len(COUNTS)]
        self.dmi = np.round(1e-3 + 1e-6 * (number // len(COUNTS)), 9)
        self.currents = np.linspace(0.3e12, 0.9e12, currents)
        self.variant_from = number % of_variant
        within = np.arange(currents) * per_variant // currents
        self.case_from = (self.variant_from[:, None] * per_variant + within).ravel()
        self.factor = np.random.default_rng(1).uniform(0.9, 1.0, variants)

    def places(self, scale):
        """For each place along a dimension that of the template, and its variant; None for one that does not grow."""
        name = scale.rsplit("/", 1)[-1]
        if name == "variant":
            return self.variant_from, np.arange(self.variants)
        if scale in ("/synapse/case", "/analysis/case"):
            return self.case_from, np.repeat(np.arange(self.variants), len(self.currents))
        return None

    def values(self, data, source, variant):
        """Those of a swept parameter; None for other variables."""
        name = data.name.rsplit("/", 1)[-1]
        if data.attrs.get("role") != "axis":
            return None
        if name == "pulse_current_density":
            return np.tile(self.currents, self.variants)
        return {"notches_count": self.counts, "material_dmi": self.dmi}[name][variant]

    def copy(self, data, output):
        dims = dimensions(data)
        found = self.places(dims[0]) if dims else None
        shape = data.shape if found is None else (len(found[0]), *data.shape[1:])
        copy = output.create_dataset(data.name, shape, data.dtype, chunks=(True if len(shape) > 1 else None) if np.prod(shape) > 1e4 else None)
        for key, value in data.attrs.items():
            if key not in ("CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "_Netcdf4Dimid", "_Netcdf4Coordinates"):
                copy.attrs[key] = value
        if found is None:
            copy[...] = data[...]
            return
        source, variant = found
        if (axis := self.values(data, source, variant)) is not None:
            copy[...] = axis
            return
        varied = data.attrs.get("role") == "result" and data.dtype.kind == "f" and data.ndim < 4 or data.name.endswith("accuracy")
        whole = data[...]
        step = max(1, _LARGEST_BLOCK // max(1, int(np.prod(shape[1:]))))
        for begin in range(0, len(source), step):
            block = whole[source[begin : begin + step]]
            if varied:
                factors = self.factor[variant[begin : begin + step]]
                block = block * factors.reshape(-1, *[1] * (block.ndim - 1))
            copy[begin : begin + step] = block

    def sweep(self, text):
        listed = lambda values: "[" + ", ".join(f"{value:.9g}" for value in values) + "]"
        for key, values in (
            ("notches.count", sorted(set(self.counts))),
            ("material.dmi", sorted(set(self.dmi))),
            ("pulse.current_density", self.currents),
        ):
            head, part = text.split("[synapse.sweep]")
            text = head + "[synapse.sweep]" + re.sub(rf'"{re.escape(key)}" = .*', f'"{key}" = {listed(values)}', part)
        return text


def main():
    path, output_path, variants, currents = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    with h5py.File(path) as template, h5py.File(output_path, "w") as output:
        growth = Growth(template, variants, currents)
        for key, value in template.attrs.items():
            output.attrs[key] = growth.sweep(value) if key == "sweep" else value
        every = []
        template.visititems(lambda _, item: every.append(item) if isinstance(item, h5py.Dataset) else None)
        kept = [data for data in every if data.name.rsplit("/", 1)[-1] not in LEFT_OUT]
        for data in kept:
            growth.copy(data, output)
        for data in kept:
            if h5py.h5ds.is_scale(data.id):
                output[data.name].make_scale(data.attrs["NAME"])
        for data in kept:
            if not h5py.h5ds.is_scale(data.id):
                for k, scale in enumerate(dimensions(data)):
                    output[data.name].dims[k].attach_scale(output[scale])


if __name__ == "__main__":
    main()
