"""Draws figures, each once for all its formats, in as many processes as there are cores."""

import concurrent.futures
import dataclasses
import io
import multiprocessing
import os

from .plan import Plan
from .style import plt
from spinsweep.results import Results

_MOST_PROCESSES = 8  # each has the results file open
_METADATA = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}
_PNG_DOTS_PER_INCH = 160


@dataclasses.dataclass
class Drawn:
    """A figure on the page and on disk. millimetres: its width; aspect: height over width; files: format -> content."""

    name: str
    caption: str
    millimetres: float
    aspect: float
    files: dict[str, bytes]

    def write(self, folder):
        for suffix, content in self.files.items():
            (folder / f"{self.name}.{suffix}").write_bytes(content)


def drawn(name, figure, caption, formats):
    width, height = figure.get_size_inches()
    files = {}
    for suffix in formats:
        buffer = io.BytesIO()
        dots = {"dpi": _PNG_DOTS_PER_INCH} if suffix == "png" else {}
        figure.savefig(buffer, format=suffix, metadata=_METADATA.get(suffix), **dots)
        files[suffix] = buffer.getvalue()
        figure.set_layout_engine("none")  # computing the layout again for every format would take most of the time
    plt.close(figure)
    return Drawn(name, caption, width * 25.4, height / width, files)


def draw(planned, formats):
    """None if there is nothing to show."""
    figure = planned.figure()
    return None if figure is None else drawn(planned.name, figure, planned.text(), formats)


_plans = {}  # of a process: results file -> its plan


def _draw_of_file(path, name, formats):
    if path not in _plans:
        _plans[path] = Plan(Results(path))
    return draw(_plans[path][name], formats)


class Pool:
    """Processes that draw figures of a results file. Made before the file is opened: a process that HDF5 is copied into
    would share its open files."""

    def __init__(self, path):
        self._path = path
        count = min(len(os.sched_getaffinity(0)), _MOST_PROCESSES)
        self._executor = concurrent.futures.ProcessPoolExecutor(count, multiprocessing.get_context("fork"))
        self._executor.submit(os.getpid)  # starts them all

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._executor.shutdown(cancel_futures=True)

    def start(self, names, formats):
        """For each name what result() gives the figure of, or None."""
        return [self._executor.submit(_draw_of_file, self._path, name, formats) for name in names]
