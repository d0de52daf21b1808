"""Variants of the synapse of which a stage is finished, by their numbers in the file."""

import numpy as np

from .results import DONE, Results


def programmed(results: Results) -> list[int]:
    """Those all of whose recipes of writing are done."""
    status = results.get("programming/status")
    if status is None:
        return []
    error = results.get("programming/mean_write_error").values
    return [int(v) for v in np.flatnonzero(np.all(status.values == DONE, axis=1)) if np.isfinite(error[v])]


def with_barriers(results: Results) -> list[int]:
    """Those whose wells and barriers are known."""
    status = results.get("retention/status")
    return [] if status is None else [int(v) for v in np.flatnonzero(status.values == DONE)]
