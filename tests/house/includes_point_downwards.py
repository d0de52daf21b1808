#!/usr/bin/env python3
"""Checks that every include in src/ leads to the own folder or to one that its CMake target depends on.

CMake gives all folders the same include path, so only this keeps a folder from using a header above it. The allowed
folders are read from the DEPENDS of each spinsweep_library(), so that there is one table.

usage: includes_point_downwards.py SRC
"""

import pathlib
import re
import sys


def direct_dependencies(src):
    """Folder -> folders its CMakeLists.txt names behind DEPENDS."""
    table = {}
    stages = set()
    for lists in src.glob("*/CMakeLists.txt"):
        for kind, folder, body in re.findall(
            r"spinsweep_(library|stage)\(\s*(\w+)(.*?)\)", lists.read_text(), re.DOTALL
        ):
            depends = body.partition("DEPENDS")[2]
            table[folder] = set(re.findall(r"\bspinsweep_(\w+)", depends)) - {"options"}
            stages |= {folder} if kind == "stage" else set()
    table["layout"] |= stages
    return table


def all_dependencies(folder, table, above=()):
    if folder in above:
        sys.exit(f"the folders depend on each other in a circle: {' -> '.join((*above, folder))}")
    found = set()
    for below in table.get(folder, ()):
        found |= {below} | all_dependencies(below, table, (*above, folder))
    return found


def main():
    src = pathlib.Path(sys.argv[1])
    table = direct_dependencies(src)
    wrong = []
    checked = 0
    for path in sorted(src.rglob("*.[ch]pp")):
        folder = path.relative_to(src).parts[0]
        allowed = all_dependencies(folder, table) | {folder}
        for number, line in enumerate(path.read_text().splitlines(), 1):
            include = re.match(r'#include "(\w+)/', line)
            if include:
                checked += 1
                if include[1] not in allowed:
                    wrong.append(f"{path}:{number}: {folder} may not include {include[1]}")
    if checked == 0:
        sys.exit(f"no include found below {src}")
    print("\n".join(wrong) or f"{checked} includes, none points upwards")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
