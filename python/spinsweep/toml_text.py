"""Sweeps as TOML."""

import json
import re
from collections.abc import Mapping, Sequence
from numbers import Integral, Real
from typing import Any

import numpy as np

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def sweep_text(sweep: Mapping[str, Any]) -> str:
    """The text of a sweep file. Tables are mappings, axes are lists, numpy arrays or mappings below "sweep":
    {"synapse": {"notches.diameter": 20e-9, "sweep": {"notches.count": [5, 10]}}}. None is left out.

    Errors: TypeError for a value that TOML has no type for.
    """
    return "\n".join(_table((), sweep)) + "\n"


def value_text(value: Any) -> str:
    """A value of a sweep file: 1e-9, "mse", [1, 2], { from = 1e-3, to = 2e-3 }. Errors: TypeError."""
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, Integral):
        return str(int(value))
    if isinstance(value, Real):
        return repr(float(value))
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, np.ndarray):
        return value_text(value.tolist())
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_dotted(k)} = {value_text(v)}" for k, v in value.items() if v is not None) + " }"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(value_text, value)) + "]"
    raise TypeError(f"a sweep cannot hold {value!r}: expected numbers, texts, lists and mappings")


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> list[str]:
    in_sweep = bool(path) and path[-1] == "sweep"
    lines, below = [], []
    for key, value in table.items():
        if value is None:
            continue
        if isinstance(value, Mapping) and not in_sweep:
            below += ["", f"[{'.'.join((*map(_key, path), _dotted(key)))}]", *_table((*path, key), value)]
        elif _is_list_of_tables(value) and not in_sweep:
            for each in value:
                below += ["", f"[[{'.'.join((*map(_key, path), _dotted(key)))}]]", *_table((*path, key), each)]
        else:
            lines.append(f"{_key(key) if in_sweep else _dotted(key)} = {value_text(value)}")
    return lines + below


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and bool(value) and all(isinstance(v, Mapping) for v in value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _dotted(key: str) -> str:
    """ "notches.count" outside a sweep is a key of a table."""
    return ".".join(map(_key, key.split(".")))
