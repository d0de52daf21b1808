"""Studies of spinsweep in Python: `study = spinsweep.open("paper.h5")`, `study = spinsweep.run("sweeps/demo.toml")`."""

import importlib
import os
from typing import TYPE_CHECKING, Any

from .errors import ForeignFile, NoSuchVariant, NotInStudy, SpinsweepError

if TYPE_CHECKING:
    from .study import Study

__version__ = "0.2.0"
__all__ = ["ForeignFile", "NoSuchVariant", "NotInStudy", "RunError", "SpinsweepError", "open", "run", "start"]

_SUBMODULES = ("export_devices", "export_mumax", "export_networks", "fields", "import_networks", "mapping", "measured", "networks", "plot", "results", "running", "study", "tables", "toml_text", "torch", "units")
_FROM_RUNNING = ("Run", "RunError", "run", "start")


def open(path: str | os.PathLike) -> "Study":
    """The study of a results file, finished or still being written.

    Errors: ForeignFile if `path` is no results file of spinsweep.
    """
    from .study import Study

    return Study(path)


def __getattr__(name: str) -> Any:
    if name in _SUBMODULES:
        return importlib.import_module(f".{name}", __name__)
    if name in _FROM_RUNNING:
        return getattr(importlib.import_module(".running", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
