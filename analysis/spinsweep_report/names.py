"""How parameters, data sets and schemes are called in figures and tables."""

from .results import variable_name
from .style import number, prefixed

SCHEMES = {
    "fp32": "FP32",
    "ptq": "quantised",
    "fine_tuned": "fine-tuned",
    "qat": "trained on level",
}
DATASETS = {"mnist": "MNIST", "fashion-mnist": "Fashion-MNIST"}
PARAMETERS = {
    "notches_count": ("notches", "1"),
    "notches_diameter": ("notch diameter", "m"),
    "notches_first": ("first notch", "m"),
    "notches_pitch": ("notch pitch", "m"),
    "material_dmi": ("DMI", "J m-2"),
    "material_damping": ("damping", "1"),
    "material_anisotropy": ("anisotropy", "J m-3"),
    "material_exchange_stiffness": ("exchange", "J m-1"),
    "material_saturation_magnetization": ("saturation magnetisation", "A m-1"),
    "material_spin_hall_angle": ("spin Hall angle", "1"),
    "initial_wall_position": ("initial wall", "m"),
    "pulse_current_density": ("J", "A m-2"),
    "pulse_duration": ("pulse", "s"),
    "pulse_relaxation": ("relaxation", "s"),
    "length": ("length", "m"),
    "width": ("width", "m"),
    "thickness": ("thickness", "m"),
    "mtj_resistance_parallel": ("parallel resistance", "ohm"),
    "mtj_resistance_antiparallel": ("antiparallel resistance", "ohm"),
    "cell": ("cell", "m"),
}
CLASSES = {
    "fashion-mnist": ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"],
}


DEVICE_QUANTITIES = {
    "depinning_current": "depinning current density",
    "conductance_range": "conductance range",
    "level_spacing_variation": "spacing variation of levels",
}


def device_quantity(name):
    return DEVICE_QUANTITIES.get(name, name.replace("_", " "))


def swept_parameter(name):
    """ "synapse.material.dmi" or "neuron.cell" as people call it; the synapse needs no mention."""
    group, path = name.split(".", 1)
    variable = variable_name(path)
    short = PARAMETERS.get(variable, (variable.replace("_", " "), ""))[0]
    return short if group == "synapse" else f"{group}: {short}"


def scheme(name):
    return SCHEMES.get(name, name.replace("_", " "))


def dataset(name):
    return DATASETS.get(name, name)


def class_name(dataset_name, label):
    names = CLASSES.get(dataset_name, [])
    return names[label] if label < len(names) else str(label)


def parameter(results, group, name):
    """(short name, unit) of a swept parameter."""
    unit = str(results.file[f"{group}/{name}"].attrs.get("units", "1"))
    return PARAMETERS.get(name, (name.replace("_", " "), unit))[0], unit


def value_text(results, group, name, value):
    """ "DMI 1.5 mJ m⁻²"."""
    short, unit = parameter(results, group, name)
    factor, label = prefixed([value], unit)
    times = "× " if label.startswith("10") else ""
    return f"{short} {number(value * factor)} {times}{label}".rstrip()


def titled(results, group, index):
    """ "Synapse, notches 5, DMI 1 mJ m⁻²"; just "Neuron" where nothing tells its variants apart."""
    return ", ".join([group.capitalize(), *([variant(results, group, index)] if results.variant_axes(group) else [])])


def variant(results, group, index):
    """What tells a variant from the others."""
    axes = results.variant_axes(group)
    if not axes:
        return f"the {group}"
    return ", ".join(value_text(results, group, name, results.variant_value(group, index, name)) for name in axes)
