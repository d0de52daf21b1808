#!/usr/bin/env python3
"""Runs clang-tidy over source files, those of a folder together, and remembers what was clean.

clang-tidy spends nearly all its time in the libraries' headers, so that ten files of a folder, included by one unit,
take hardly longer than one. Files whose names collide in such a unit are checked one by one. A unit that was clean is
left out until its files, a header of ours that they include, its flags or .clang-tidy change; so a run that was
interrupted resumes where it was.

usage: clang_tidy.py BUILD [FILE...]
BUILD holds compile_commands.json. Without files, all that it names and git knows. JOBS in the environment says how
many run at a time.
"""

import concurrent.futures
import hashlib
import itertools
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOST_FILES_IN_A_UNIT = 10


def compiler_flags(build):
    """Source file -> the flags it is compiled with, each one string."""
    flags = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        words = entry["command"].replace("-isystem ", "-isystem")
        words = shlex.split(words.partition("++ ")[2].partition(" -o ")[0])
        flags.setdefault(pathlib.Path(entry["file"]), words)
    return flags


def tracked_files():
    listed = subprocess.run(["git", "ls-files", "*.cpp"], cwd=ROOT, check=True, capture_output=True, text=True)
    return {ROOT / name for name in listed.stdout.split()}


def units(files):
    for _, group in itertools.groupby(sorted(files), key=lambda file: file.parent):
        group = list(group)
        count = -(-len(group) // MOST_FILES_IN_A_UNIT)
        for k in range(count):
            yield group[k * len(group) // count : (k + 1) * len(group) // count]


def with_own_headers(files, flags):
    """The files and every file of the tree that they include, directly or not."""
    folders = [pathlib.Path(flag[2:]) for flag in flags if flag.startswith("-I")]
    found = []
    waiting = list(files)
    while waiting:
        file = waiting.pop()
        found.append(file)
        for name in re.findall(r'^#include "(.+)"', file.read_text(), re.MULTILINE):
            header = next((folder / name for folder in folders if (folder / name).is_file()), None)
            if header and header not in found and header not in waiting:
                waiting.append(header)
    return sorted(found)


class Lint:
    def __init__(self, build):
        self.flags = compiler_flags(build)
        self.folder = build / "clang-tidy"
        self.folder.mkdir(exist_ok=True)

    def check(self, files):
        """What clang-tidy finds in the files; empty if they are clean."""
        flags = list(dict.fromkeys(flag for file in files for flag in self.flags[file]))
        stamp = self.folder / self.digest(files, flags)
        if stamp.exists():
            return ""
        findings = self.run(files, flags, stamp.name)
        if "[clang-diagnostic-error" in findings and len(files) > 1:
            findings = "".join(self.check([file]) for file in files)
        if not findings:
            stamp.touch()
        return findings

    def digest(self, files, flags):
        state = hashlib.sha256(" ".join(flags).encode())
        for file in [*files, ROOT / ".clang-tidy", *with_own_headers(files, flags)]:
            state.update(str(file).encode() + file.read_bytes())
        return state.hexdigest()[:20]

    def run(self, files, flags, name):
        flags = [flag.replace("-isystem", "-isystem ", 1) for flag in flags]
        command = ["clang-tidy", "--quiet"]
        if len(files) == 1:
            unit = files[0]
        else:
            unit = self.folder / f"{name}.cpp"
            unit.write_text("".join(f'#include "{file}"\n' for file in files))
            command += [f"--config-file={ROOT / '.clang-tidy'}", "--checks=-bugprone-suspicious-include"]
            flags.append("-Wno-shadow")  # A local variable does not shadow what is global in another file.
        command += [str(unit), "--", *itertools.chain.from_iterable(flag.split(" ", 1) for flag in flags)]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if result.returncode != 0 and not result.stdout:
            return result.stderr
        return result.stdout


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    lint = Lint(build)
    files = {pathlib.Path(name).resolve() for name in sys.argv[2:]} or tracked_files() & lint.flags.keys()
    unknown = sorted(str(file) for file in files - lint.flags.keys())
    if unknown:
        sys.exit(f"not in {build}/compile_commands.json: {', '.join(unknown)}")
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS", os.cpu_count()))) as pool:
        findings = 0
        for unit, found in zip(units(files), pool.map(lint.check, units(files))):
            findings += len(re.findall(r"^\S+:\d+:\d+: (?:warning|error):", found, re.MULTILINE)) or bool(found)
            print(found, end="", flush=True)
    print(f"{len(files)} files, {findings} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
