"""The program: where it is, and how it is started."""

import os
import pathlib
import shutil
from collections.abc import Mapping

from .errors import SpinsweepError

_BUILDS = ("build", "build-dev", "build-debug")


def find_program(program: str | os.PathLike | None = None) -> str:
    """`program` if it is given, else that of the environment variable SPINSWEEP, of this checkout's build folder, or of
    PATH. Errors: SpinsweepError if there is none."""
    if named := os.fspath(program) if program is not None else os.environ.get("SPINSWEEP"):
        if not os.access(named, os.X_OK):
            raise SpinsweepError(f"{named}: no such program")
        return named
    above = pathlib.Path(__file__).resolve().parents
    candidates = [above[2] / build / "spinsweep" for build in _BUILDS]
    if above[2].name == "spinsweep" and len(above) > 4:  # an installed tree has share/spinsweep/python beside bin/
        candidates.append(above[4] / "bin" / "spinsweep")
    for candidate in candidates:
        if os.access(candidate, os.X_OK) and candidate.is_file():
            return str(candidate)
    if found := shutil.which("spinsweep"):
        return found
    raise SpinsweepError(
        "the program spinsweep was not found: build it, set the environment variable SPINSWEEP, or give program=..."
    )


def command(program: str, ranks: int, arguments: list[str]) -> list[str]:
    """With mpirun for more than one rank. Errors: SpinsweepError if there is no mpirun."""
    if ranks == 1:
        return [program, *arguments]
    if shutil.which("mpirun") is None:
        raise SpinsweepError("mpirun was not found, which starts more than one rank; ranks=1 does without it")
    return ["mpirun", "-n", str(ranks), program, *arguments]


def environment() -> Mapping[str, str]:
    """The environment of Python with what Open MPI needs on a desktop: idle ranks that yield, more ranks than cores."""
    added = {"OMPI_MCA_mpi_yield_when_idle": "1", "OMPI_MCA_rmaps_base_oversubscribe": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        added |= {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
    return {**added, **os.environ}
