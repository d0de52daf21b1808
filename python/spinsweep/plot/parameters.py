"""The swept parameters as the sensitivity analysis has them."""

import dataclasses

from ..errors import NotInStudy
from ..results import Results, variable_name


@dataclasses.dataclass(frozen=True)
class Swept:
    """A swept parameter, or those that run together as one. number: its place in /analysis; label: names them all;
    axis: group and variable of its values."""

    name: str
    number: int
    label: str
    units: str
    axis: tuple[str, str]


def swept_parameters_of_analysis(results: Results, chosen: str | None = None) -> list[Swept]:
    """All that were swept, or the chosen one ("synapse.material.dmi"). Errors: NotInStudy if there is none."""
    every = results.names("analysis/parameter_name")
    units = results.names("analysis/parameter_units")
    labels = dict(zip(every, results.names("analysis/parameter_short_name")))
    listed = []
    for p, name in enumerate(every):
        together = [other for other in every if other in results.swept_with(name)] or [name]
        if together[0] == name:
            group, path = name.split(".", 1)
            label = _joined([labels[other] for other in together])
            listed.append(Swept(name, p, label, units[p], (group, variable_name(path))))
    if not listed:
        raise NotInStudy(f"{results.path}: no parameter was swept")
    if chosen is None:
        return listed
    found = [swept for swept in listed if swept.name == chosen]
    if not found:
        raise NotInStudy(f"{results.path}: {chosen} was not swept; swept: {', '.join(swept.name for swept in listed)}")
    return found


def _joined(labels: list[str]) -> str:
    """ "notches (with initial wall)"."""
    first, *others = labels
    return first + (f" (with {', '.join(others)})" if others else "")
