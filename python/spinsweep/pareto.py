"""The best compromises between several goals."""

import numpy as np


def pareto_front(*costs: np.ndarray) -> np.ndarray:
    """Whether no other one is at most as large in all costs and smaller in one, for each."""
    table = np.column_stack(costs)
    return np.array([not np.any(np.all(table <= one, axis=1) & np.any(table < one, axis=1)) for one in table], bool)
