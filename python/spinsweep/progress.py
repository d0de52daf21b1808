"""Shows what the program prints: in a terminal, and in a notebook."""

import re
import shutil
import sys
import time

_PROGRESS = re.compile(r"^\S+ \d+/\d+[,:]")  # "synapse 3/8, 30 s left: case 2"


def is_progress(line: str) -> bool:
    """Whether a line of the program says how far a stage is."""
    return bool(_PROGRESS.match(line))


class Lines:
    """Progress stays on one line of a terminal, everything else scrolls."""

    def __init__(self) -> None:
        self._length = 0  # of the line of progress that the cursor is on

    def show(self, line: str) -> None:
        if is_progress(line) and sys.stdout.isatty():
            line = line[: shutil.get_terminal_size().columns - 1]  # a line that wraps cannot be replaced
            print("\r" + line.ljust(self._length), end="", flush=True)
            self._length = len(line)
        else:
            print(("\n" if self._length else "") + line, flush=True)
            self._length = 0

    def finish(self) -> None:
        """After the last line."""
        if self._length:
            print(flush=True)


class NotebookLines:
    """One output of the cell that started the program, replaced as it proceeds: a carriage return would leave every line of
    progress in the notebook's file. Of many other lines it has the first and the last ones."""

    FIRST, LAST = 10, 29  # lines; the program's table of accuracies has some for every variant
    INTERVAL = 0.2  # s between two updates

    def __init__(self) -> None:
        from IPython.display import display

        self._kept: list[str] = []
        self._progress: list[str] = []  # at most one line
        self._shown = 0.0  # monotonic time of the last update, s
        self._display = display({"text/plain": "the program starts"}, raw=True, display_id=True)

    def show(self, line: str) -> None:
        if is_progress(line):
            self._progress = [line]
        else:
            self._kept += [*self._progress, line]
            self._progress = []
        if time.monotonic() - self._shown >= self.INTERVAL:
            self._update()

    def finish(self) -> None:
        """After the last line."""
        self._update()

    def text(self) -> str:
        lines = [*self._kept, *self._progress]
        left_out = len(lines) - self.FIRST - self.LAST
        if left_out > 1:
            lines[self.FIRST : -self.LAST] = [f"... {left_out} lines ..."]
        return "\n".join(lines)

    def _update(self) -> None:
        self._shown = time.monotonic()
        self._display.update({"text/plain": self.text()}, raw=True)


def lines() -> Lines | NotebookLines:
    """What shows the program's output where this runs."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return NotebookLines() if hasattr(shell, "kernel") else Lines()
