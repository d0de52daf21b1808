"""Starts a study from Python and follows it."""

import os
import pathlib
import re
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping
from typing import Any

from . import program as programs
from .errors import SpinsweepError
from .progress import is_progress, lines
from .study import Study
from .toml_text import sweep_text, value_text

_INTERRUPTED = 75
_ERROR = "spinsweep: "
_FILE_KEYS = ("file", "increasing", "decreasing")  # of the sweep file, beside those of `maps`


class RunError(SpinsweepError):
    """The program has ended with an error. `code`: its exit code, 1 if some cases failed and the others are done, 2 for a
    wrong sweep, 3 for files and machines, 75 if it was interrupted and can be resumed. `output`: all that it printed."""

    def __init__(self, message: str, code: int, output: str):
        super().__init__(message)
        self.code, self.output = code, output


class Run:
    """A study that is being computed: `study` can be read meanwhile, wait() returns it when it is done."""

    def __init__(
        self, command: list[str], output: pathlib.Path, show: Callable[[str], None], finish: Callable[[], None], scratch=None
    ):
        """For start(). Begins at once. show: is called with each line that the program prints; finish: after the last."""
        self.output, self.command = output, command
        self._show, self._finish, self._lines, self._scratch = show, finish, [], scratch
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=programs.environment(),
            start_new_session=True,  # an interrupt of Python ends it in order, see wait()
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        with self._process.stdout as stream:
            for line in stream:
                line = line.rstrip("\n")
                self._lines.append(line)
                self._show(line)
        self._finish()

    @property
    def study(self) -> Study:
        """What is known by now. Errors: ForeignFile if the results file has not been made yet."""
        return Study(self.output)

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    @property
    def text(self) -> str:
        """All that the program has printed."""
        return "\n".join(self._lines)

    def stop(self) -> None:
        """Asks the program to save its state and end; starting the same study again resumes it."""
        if self.is_running:
            self._process.send_signal(signal.SIGTERM)

    def wait(self) -> Study:
        """The finished study. An interrupt (Ctrl-C, or the button of a notebook) stops the program in order first.
        Errors: RunError with the program's message."""
        try:
            code = self._process.wait()
        except KeyboardInterrupt:
            self.stop()
            self._process.wait()
            raise
        self._reader.join()
        message = self._message(code)
        if self._scratch is not None:
            self._scratch.cleanup()
        if code != 0:
            raise RunError(message, code, self.text)
        return self.study

    def _message(self, code: int) -> str:
        if code in (_INTERRUPTED, -signal.SIGTERM):
            return "the run was interrupted; the same call resumes it"
        errors = [line.removeprefix(_ERROR) for line in self._lines if line.startswith(_ERROR)]
        said = errors or [line for line in self._lines if not is_progress(line) and "mpirun" not in line]
        message = "\n".join(said[-20:]) or f"the program ended with exit code {code} and said nothing"
        return message if self._scratch is None else self._with_line(message)

    def _with_line(self, message: str) -> str:
        """The message about a sweep that is a dict: without the folder of its file, with the line that it is about."""
        folder = pathlib.Path(self._scratch.name)
        message = message.replace(f"{folder}{os.sep}", "")
        if place := re.match(r"([^:\n]+\.toml):(\d+):", message):
            lines = (folder / place[1]).read_text(encoding="utf-8").splitlines()
            message += f"\n    {lines[int(place[2]) - 1]}"
        return message


def start(
    sweep: Mapping[str, Any] | str | os.PathLike,
    ranks: int = 2,
    *,
    output: str | os.PathLike | None = None,
    progress: bool | Callable[[str], None] = True,
    program: str | os.PathLike | None = None,
    force: bool = False,
    stage: str | None = None,
    reuse: str | os.PathLike | None = None,
    **overrides: Any,
) -> Run:
    """Starts a study, or resumes it from its results file, and returns at once.

    sweep: a sweep file, or its content: {"study": {"name": "mine"}, "synapse": {"sweep": {"notches.count": [5, 10]}}}. Paths
    in it are relative to its folder, those in a content to the current one.
    ranks: MPI processes. output: the results file; by default named like the study, in the current folder.
    progress: whether lines of progress are shown, or a function that is called with each line. program: the executable,
    see program.find_program(). force: replace an existing results file. stage: "device", "network" or "all". reuse: a
    results file whose finished cases are taken over. overrides: keys of the sweep file with "__" for ".": network__epochs=3.

    Errors: SpinsweepError if there is no program.
    """
    executable = programs.find_program(program)
    scratch = None
    if isinstance(sweep, Mapping):
        name = sweep.get("study", {}).get("name", "study")
        scratch = tempfile.TemporaryDirectory(prefix="spinsweep-")
        path = pathlib.Path(scratch.name) / f"{name}.toml"
        path.write_text(sweep_text(_with_absolute_files(sweep)), encoding="utf-8")
        overrides = {key: _absolute(tuple(key.split("__")), value) for key, value in overrides.items()}
    else:
        path = pathlib.Path(sweep)
        name = path.stem
    output = pathlib.Path(output if output is not None else f"{name}.h5")
    arguments = ["run", str(path), "-o", str(output)]
    for option, value in (("--stage", stage), ("--reuse", reuse)):
        arguments += [option, os.fspath(value)] if value is not None else []
    arguments += ["--force"] if force else []
    for key, value in overrides.items():
        arguments += ["--set", f"{key.replace('__', '.')}={value_text(value)}"]
    command = programs.command(executable, ranks, arguments)
    if progress is True:
        shown = lines()
        return Run(command, output, shown.show, shown.finish, scratch)
    return Run(command, output, progress or _nothing, _nothing, scratch)


def run(sweep: Mapping[str, Any] | str | os.PathLike, ranks: int = 2, **options: Any) -> Study:
    """Runs a study, or resumes it from its results file, and returns it. options: as start() takes them.

    Errors: RunError with the program's message; SpinsweepError if there is no program.
    """
    return start(sweep, ranks, **options).wait()


def _with_absolute_files(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> dict[str, Any]:
    return {key: _absolute((*path, *key.split(".")), value) for key, value in table.items()}


def _absolute(path: tuple[str, ...], value: Any) -> Any:
    """The value of the key of that path, a file that it names without a folder in the current one."""
    if isinstance(value, Mapping):
        return _with_absolute_files(value, path)
    if isinstance(value, list):
        return [_absolute(path, each) if isinstance(each, Mapping) else each for each in value]
    names_file = path[-1] in _FILE_KEYS or (path[-2:-1] == ("maps",) and not path[-1].endswith("_checksum"))
    return os.path.abspath(value) if names_file and isinstance(value, (str, os.PathLike)) else value


def _nothing(*_: str) -> None:
    pass
