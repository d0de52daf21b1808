"""Names of parameters, data sets and methods in figures and tables."""

import re

from spinsweep.units import quantity

METHODS = {
    "fp32": "FP32",
    "ptq": "quantised",
    "fine_tuned": "fine-tuned",
    "qat": "quantisation-aware",
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
    attributes = results.file[f"{group}/{name}"].attrs
    return attributes.get("short_name", name.replace("_", " ")), attributes.get("units", "1")


def value_text(results, group, name, value):
    """ "DMI 1.5 mJ m⁻²"."""
    short, unit = parameter(results, group, name)
    return quantity(short, value, unit)


def titled(results, group, index):
    """ "Synapse, notches 5, DMI 1 mJ m⁻²"; just "Neuron" if there is one variant only."""
    return ", ".join([group.capitalize(), *([variant(results, group, index)] if results.variant_axes(group) else [])])


def variant(results, group, index):
    """The parameters in which a variant differs from the others."""
    axes = results.variant_axes(group)
    if not axes:
        return f"the {group}"
    return ", ".join(value_text(results, group, name, results.variant_value(group, index, name)) for name in axes)
