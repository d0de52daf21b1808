"""Names of parameters, data sets, methods and durations in figures and tables."""

import math
import re

from .units import number, quantity, superscript

METHODS = {
    "fp32": "FP32",
    "ptq": "quantised",
    "fine_tuned": "fine-tuned",
    "qat": "quantisation-aware",
    "in_situ": "trained in situ",
}
DATASETS = {"mnist": "MNIST", "fashion-mnist": "Fashion-MNIST"}
CLASSES = {
    "fashion-mnist": ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"],
}


def method(name):
    return METHODS.get(name, name.replace("_", " "))


def dataset(name):
    return DATASETS.get(name, name)


def dataset_label(name):
    """The same for a figure, where a dollar sign would begin a formula."""
    return dataset(name).replace("$", r"\$")


def file_name(text):
    """The text as a part of a file name: whatever is not a letter, a digit, "-", "_" or "." becomes "-"."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", text)


def class_name(dataset_name, label):
    names = CLASSES.get(dataset_name, [])
    return names[label] if label < len(names) else str(label)


def parameter(results, group, name):
    """(short name, unit) of a swept parameter, from the file."""
    attributes = results.axis(group, name)[0].attrs
    return attributes.get("short_name", name.replace("_", " ")), attributes.get("units", "1")


def duration(seconds):
    """ "10 years", "3.2 ms": in the largest unit that is not longer; beyond a thousand years a power of ten."""
    if not math.isfinite(seconds):
        return "for ever" if seconds > 0 else "unknown"
    if seconds < 60:
        return quantity("", seconds, "s").strip()
    for length, unit in ((31557600, "year"), (86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= length * (1 - 1e-9):
            break
    count = seconds / length
    if count >= 1e4:
        exponent = math.floor(math.log10(count))
        return f"{count / 10.0**exponent:.1f} × 10{superscript(exponent)} years"
    written = f"{count:.0f}" if count >= 1000 else number(float(f"{count:.3g}"))
    return f"{written} {unit}" + ("" if written == "1" else "s")


def value_text(results, group, name, value):
    """ "DMI 1.5 mJ m⁻²"."""
    short, unit = parameter(results, group, name)
    choices = results.choices(group, name)
    return f"{short} {choices[int(value)]}" if choices else quantity(short, value, unit)


def titled(results, group, index):
    """ "Synapse, notches 5, DMI 1 mJ m⁻²"; just "Neuron" if there is one variant only."""
    return ", ".join([group.capitalize(), *([variant(results, group, index)] if results.variant_axes(group) else [])])


def variant(results, group, index):
    """ "notches 5, DMI 1 mJ m⁻²": the parameters in which a variant differs from the others."""
    return results.variant_label(group, index)
