"""Whether a random sample has enough points for what figures of effects claim, judged by the widths of the intervals."""

import math

import numpy as np

_WANTED = 0.2  # width of an interval of a fraction of the variance
_LEAST = 32  # points; of fewer a bootstrap interval is itself uncertain


def of_sample(results):
    """Number of points of the synapses' sample, without those that Sobol indices add; None for a grid."""
    sample = results.sweep.get("synapse", {}).get("sweep", {}).get("sample")
    return sample.get("count") if sample else None


def note(results, quantities):
    """A sentence for a caption, "" for a grid. quantities: names in /analysis with intervals of 95 %."""
    count = of_sample(results)
    if not count:
        return ""
    widths = [_widths(results, name) for name in quantities]
    widest = max((float(w.max()) for w in widths if w.size), default=math.nan)
    if not math.isfinite(widest):
        return f" The sample has {count} points; no interval is known."
    if widest <= _WANTED and count >= _LEAST:
        return f" With {count} points of the sample no interval is wider than {widest:.2f}."
    too_small = f" Warning: a sample of {count} points is too small for this figure. The widest interval spans {widest:.2f}; "
    return too_small + f"intervals narrow as 1/√n, so about {_needed(count, widest)} points would bring it to {_WANTED:g}."


def _widths(results, name):
    low, high = (results.get(f"analysis/{name}{end}") for end in ("_low", "_high"))
    if low is None:
        return np.zeros(0)
    width = high.values - low.values
    return width[np.isfinite(width)]


def _needed(count, widest):
    """A power of two, as Sobol sequences are made for."""
    return max(_LEAST, 2 ** math.ceil(math.log2(count * (widest / _WANTED) ** 2))) if widest > 0 else _LEAST
