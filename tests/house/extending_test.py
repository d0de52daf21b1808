"""Applies a recipe of docs/extending.md to a copy of the source tree, builds its test there and runs it.

usage: extending_test.py SOURCE_TREE RECIPE

The recipe's line in docs/extending.md says how many files its patch touches besides tests and documentation, which
program has its test, and which test that is.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NOT_COUNTED = ("tests/", "mpi_tests/", "docs/", "CHANGELOG.md")


def expectation(page, recipe):
    """(files, program, test) as the page states them."""
    link = rf"\[{recipe}\.patch\]\(extending/{recipe}\.patch\)"
    line = re.search(rf"^{link}: (.+?), test `(\S+)` of `(\w+)`\.$", page, re.MULTILINE)
    if line is None:
        sys.exit(f"docs/extending.md has no line for the recipe {recipe}")
    return line.group(1), line.group(3), line.group(2)


def copy_tree(source, copy):
    """Copies what belongs to the project, committed or not."""
    listed = subprocess.run(
        ["git", "-C", source, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True,
        capture_output=True,
        text=True,
    )
    for name in listed.stdout.split("\0"):
        if name and (source / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, copy / name)


def touched(patch, copy):
    """What the patch touches, as the page puts it. A folder that it creates is one thing, whatever is in it."""
    stat = subprocess.run(["git", "apply", "--numstat", patch], cwd=copy, check=True, capture_output=True, text=True)
    files = [line.split("\t")[2] for line in stat.stdout.splitlines()]
    counted = [file for file in files if not file.startswith(NOT_COUNTED)]
    print("\n".join(counted))
    folders = {str(Path(file).parent) for file in counted if not (copy / file).parent.exists()}
    rest = sum(str(Path(file).parent) not in folders for file in counted)
    parts = [f"{len(folders)} folder{'s' * (len(folders) > 1)}"] * bool(folders)
    parts += [f"{rest} file{'s' * (rest > 1)}"] * bool(rest)
    return " and ".join(parts)


def configure(copy, build):
    ccache = shutil.which("ccache")
    subprocess.run(
        ["cmake", "-G", "Ninja", "-S", copy, "-B", build, "-DCMAKE_BUILD_TYPE=Release"]
        + ["-DCMAKE_CXX_FLAGS_RELEASE=-O1 -DNDEBUG", "-DSPINSWEEP_UNITY=ON"]
        + ([f"-DCMAKE_CXX_COMPILER_LAUNCHER={ccache}"] if ccache else []),
        check=True,
        stdout=subprocess.DEVNULL,
    )


def main():
    sys.stdout.reconfigure(line_buffering=True)
    source, recipe = Path(sys.argv[1]).resolve(), sys.argv[2]
    files, program, test = expectation((source / "docs/extending.md").read_text(), recipe)
    patch = source / f"docs/extending/{recipe}.patch"
    with tempfile.TemporaryDirectory(prefix=f"spinsweep_{recipe}_") as folder:
        copy, build = Path(folder) / "spinsweep", Path(folder) / "build"
        # Objects of another copy of the tree are the same for ccache; git must not take the copy for a part of a
        # repository around it.
        os.environ.update(CCACHE_BASEDIR=folder, CCACHE_NOHASHDIR="1", GIT_CEILING_DIRECTORIES=folder)
        copy_tree(source, copy)
        found = touched(patch, copy)
        print(f"{recipe}: {found} touched, tests and documentation not counted")
        if found != files:
            sys.exit(f"docs/extending.md says {files}")
        subprocess.run(["git", "apply", patch], cwd=copy, check=True)
        configure(copy, build)
        subprocess.run(["cmake", "--build", build, "--target", program], check=True)
        run = subprocess.run([build / program, f"--gtest_filter={test}"], capture_output=True, text=True)
        print(run.stdout, run.stderr, sep="")
        if run.returncode != 0 or "[  PASSED  ] 1 test." not in run.stdout:
            sys.exit(f"{test} of {program} has failed, or there is no such test")


if __name__ == "__main__":
    main()
