"""Units as text: SI prefixes and superscripts."""

import math
from collections.abc import Iterable

_PREFIXES = {-18: "a", -15: "f", -12: "p", -9: "n", -6: "µ", -3: "m", 0: "", 3: "k", 6: "M", 9: "G", 12: "T"}
_POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def prefixed(values: Iterable[float], unit: str) -> tuple[float, str]:
    """(factor, label) that bring the largest of the values between 1 and 1000: for 1e-7 m it is (1e9, "nm")."""
    sizes = [abs(v) for v in values if math.isfinite(v) and v != 0]
    if not sizes or unit in ("1", ""):
        return 1.0, ""
    if unit == "A m-2":  # the same in the paper and in all figures
        return 1e-12, "10¹² A m⁻²"
    exponent = 3 * math.floor(math.log10(max(sizes)) / 3)
    if unit in ("m", "s", "S", "J", "ohm", "K", "A m-1", "J m-2") and exponent in _PREFIXES:
        return 10.0**-exponent, _PREFIXES[exponent] + pretty_unit(unit)
    if exponent == 0:
        return 1.0, pretty_unit(unit)
    return 10.0**-exponent, f"10{superscript(exponent)} {pretty_unit(unit)}"


def superscript(exponent: int) -> str:
    return str(exponent).translate(_POWERS)


def pretty_unit(unit: str) -> str:
    """ "A m-2" with superscripts."""
    unit = unit.replace("ohm", "Ω")
    words = []
    for word in unit.split():
        base = word.rstrip("-0123456789")
        words.append(base + word[len(base) :].translate(_POWERS))
    return " ".join(words)


def number(value: float) -> str:
    """Short, without needless zeros."""
    return f"{value:.4g}"


def quantity(short_name: str, value: float, unit: str) -> str:
    """ "DMI 1.5 mJ m⁻²"."""
    factor, label = prefixed([value], unit)
    times = "× " if label.startswith("10") else ""
    return f"{short_name} {number(value * factor)} {times}{label}".rstrip()
