"""Every numeric key of a sweep file at both its limits, and a thousand times too large and too small: the study fails with its
reason or runs, within seconds, and a study that runs for longer obeys SIGTERM. The keys, their defaults and limits are those
of the tables in docs/."""

import argparse
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter

from program import TIMEOUT, network_text, run, slowdown, start, sweep_text, temporary_folder

DOCS = pathlib.Path(__file__).parents[3] / "docs"
PATIENCE = 2.0  # s until SIGTERM
LIMIT = 5.0  # s from SIGTERM to the end
FINISHED, SOME_FAILED, REFUSED, STOPPED = 0, 1, 2, 75
PROGRAMMING = "\n[programming]\namplitudes = 2\namplitude_tolerance = 0.2e12\n"
RETENTION = "\n[retention]\n"
# Where the docs give no number for a default, such as "length/count".
LENGTH = 5e-8


class Key:
    def __init__(self, path, default, accepts):
        self.path = path
        listed = default.startswith("[")
        numbers = re.findall(r"-?\d[\d.]*(?:e[+-]?\d+)?", default)
        self.form = "[{}]" if listed else "{}"
        self.default = float(numbers[0]) if numbers and (listed or default == numbers[0]) else LENGTH
        between = re.fullmatch(r"(\S+) to (\S+)", accepts)
        self.limits = [float(limit) for limit in between.groups()] if between else [0.0] if "≥ 0" in accepts else []
        self.whole = "e" not in default and "." not in default and bool(between) and all(
            limit == int(limit) for limit in self.limits) and self.default == int(self.default)

    def values(self):
        base = self.default or 1.0
        for value in dict.fromkeys([1e3 * base, 1e-3 * base, -base, *self.limits]):
            yield self.form.format(round(value) if self.whole and value >= 1 else value)


def rows(document, section):
    """The cells of each row of a table of keys, without the quotes around names."""
    text = (DOCS / document).read_text(encoding="utf-8")
    table = text.split(f"<!-- keys of {section}: ")[1].split(f"<!-- end of keys of {section} -->")[0]
    for line in table.splitlines():
        if line.startswith("| `"):
            yield [cell.strip().strip("`") for cell in line.strip("|").split("|")]


def numeric_keys():
    """Those with a unit: what has none is a choice, a name or a file."""
    for document, section in (("sweep-file.md", "solver"), ("sweep-file.md", "programming"), ("sweep-file.md", "retention"),
                              ("network.md", "network")):
        for name, unit, default, accepts, *_ in rows(document, section):
            if unit:
                yield Key(f"{section}.{name}", default, accepts)
    for name, unit, _, default, accepts, *_ in rows("sweep-file.md", "devices"):
        if unit and default:
            yield Key(name if name.startswith("material.") else f"synapse.{name}", default, accepts)


def attempts():
    return [f"{key.path}={value}" for key in numeric_keys() for value in key.values()]


class Study:
    """A study of all stages that is over within a second."""

    def __init__(self, folder):
        self.folder = folder
        self.sweep, self.results = os.path.join(folder, "study.toml"), os.path.join(folder, "study.h5")
        text = sweep_text('"pulse.current_density" = [0.5e12, 1e12]', pulse="0.1e-9", rest="0.1e-9")
        networks = network_text(folder).replace("seeds = 2", "seeds = 1").replace('"bright", "dark"', '"bright"')
        with open(self.sweep, "w", encoding="utf-8") as file:
            file.write(text + networks + PROGRAMMING + RETENTION)

    def try_value(self, change):
        """What is wrong with how the program met it, if anything, and its exit code."""
        process = start("run", self.sweep, "-o", self.results, "--force", "--set", change)
        slower, stopped = slowdown(), False
        try:
            _, messages = process.communicate(timeout=PATIENCE * slower)
        except subprocess.TimeoutExpired:
            stopped = True
            process.send_signal(signal.SIGTERM)
            began = time.monotonic()
            try:
                _, messages = process.communicate(timeout=TIMEOUT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                return f"{change}: SIGTERM did not end it", None
            seconds = (time.monotonic() - began) / slowdown()
            if seconds > LIMIT:
                return f"{change}: ended {seconds:.1f} s after SIGTERM", process.returncode
        return self.judge(change, process.returncode, messages, stopped), process.returncode

    def judge(self, change, code, messages, stopped):
        allowed = (FINISHED, SOME_FAILED, REFUSED) + ((STOPPED,) if stopped else ())
        if code not in allowed:
            return f"{change}: exit code {code}: {messages[-500:]}"
        if code in (SOME_FAILED, REFUSED) and not messages.strip():
            return f"{change}: exit code {code} without a word"
        if os.path.exists(self.results) and run("status", self.results).returncode != 0:
            return f"{change}: status refuses the file"
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, help="number of values that are tried, drawn at random")
    parser.add_argument("--only", help="keys that contain this")
    options = parser.parse_args()
    changes = [change for change in attempts() if not options.only or options.only in change]
    if options.sample:
        changes = random.Random(1).sample(changes, options.sample)
    codes, wrong = Counter(), []
    with temporary_folder() as folder:
        study = Study(folder)
        usual, code = study.try_value("study.seed=1")
        if usual or code != FINISHED:
            sys.exit(f"the study itself does not run: {usual}, exit code {code}")
        for change in changes:
            fault, code = study.try_value(change)
            codes[code] += 1
            if fault:
                wrong.append(fault)
                print(fault, flush=True)
    print(f"{len(changes)} values, exit codes {dict(codes)}")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
