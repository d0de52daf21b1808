"""Numbers of exported source files."""

from collections.abc import Sequence

import numpy as np


def numbers(values: Sequence[float], digits: int = 9) -> str:
    """ "[0.5, 0.6, 1]"."""
    return "[" + ", ".join(f"{v:.{digits}g}" for v in values) + "]"


def rows(values: np.ndarray, indent: int = 0, digits: int = 9) -> str:
    """A list of lists, one in a line, without the NaN at the end of rows. indent: of the line with the first bracket."""
    lines = [f"{' ' * (indent + 4)}{numbers(row[np.isfinite(row)], digits)}," for row in values]
    return "\n".join(["[", *lines, f"{' ' * indent}]"])
