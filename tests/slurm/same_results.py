#!/usr/bin/python3 -I
"""Ends with code 1 unless two results files hold the same data, bit for bit, but for what depends on the machine's
speed: computing times and checkpoints."""

import sys

import h5py

MACHINE_DEPENDENT = {"wall_time", "control_wall_time", "checkpoint"}


def variables(file):
    found = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset) and name.rsplit("/", 1)[-1] not in MACHINE_DEPENDENT:
            found[name] = item

    file.visititems(visit)
    return found


def bits(variable):
    """Its bytes; of strings the characters, not their addresses."""
    values = variable[...]
    return (values.astype("S") if values.dtype == object else values).tobytes()


def main(first_path, second_path):
    with h5py.File(first_path) as first, h5py.File(second_path) as second:
        ours, theirs = variables(first), variables(second)
        different = sorted(set(ours) ^ set(theirs))
        for name in sorted(set(ours) & set(theirs)):
            if ours[name].dtype != theirs[name].dtype or bits(ours[name]) != bits(theirs[name]):
                different.append(name)
        if first.attrs["sweep"] != second.attrs["sweep"]:
            different.append("attribute sweep")
        if different or not ours:
            sys.exit(f"{first_path} and {second_path} differ in: {', '.join(different) or 'nothing, but are empty'}")
        print(f"{len(ours)} variables are the same in {first_path} and {second_path}")


main(*sys.argv[1:])
