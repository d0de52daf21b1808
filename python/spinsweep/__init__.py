"""Studies of spinsweep in Python: `study = spinsweep.open("paper.h5")`, `study = spinsweep.run("sweeps/demo.toml")`."""

import importlib
import os
from typing import TYPE_CHECKING, Any

from .errors import ForeignFile, NoSuchVariant, NotInStudy, SpinsweepError

if TYPE_CHECKING:
    from .study import Study

__version__ = "0.1.0"
__all__ = ["ForeignFile", "NoSuchVariant", "NotInStudy", "SpinsweepError", "open"]

_SUBMODULES = ("results", "study", "units")


def open(path: str | os.PathLike) -> "Study":
    """The study of a results file, finished or still being written.

    Errors: ForeignFile if `path` is no results file of spinsweep.
    """
    from .study import Study

    return Study(path)


def __getattr__(name: str) -> Any:
    if name in _SUBMODULES:
        return importlib.import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
