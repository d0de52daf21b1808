"""What a study says, in sentences derived from its results: best and worst variant by each goal, what accuracy depends on,
what failed, what is missing. Where the results do not decide, the sentence says so."""

import collections
import dataclasses
import math
import pathlib

import numpy as np

from . import quantities
from spinsweep import names
from spinsweep.finished import programmed
from spinsweep.pareto import pareto_front
from spinsweep.results import DONE, variable_name

# 97.5 % quantiles of Student's t distribution for 1, 2, ... degrees of freedom; beyond, the normal distribution's.
_STUDENT = [12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
            2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042]  # fmt: skip
_WIDEST = 0.5  # an interval of a fraction of the variance that is wider says little
_LEAST, _MOST = 0.05, 1.2  # estimates of the largest total Sobol index beyond these are those of too small a sample
_MOST_REASONS = 5
_MOST_COMPROMISES = 4
_MOST_RANKED = 5  # parameters


@dataclasses.dataclass
class Extreme:
    """The best and the worst variant by one goal. difference: a sentence, or ""."""

    goal: str
    quantity: quantities.Quantity
    best: int
    worst: int
    ties: int
    note: str


@dataclasses.dataclass
class Missing:
    """What is missing, and the command or the lines of the sweep file that add it."""

    sentence: str
    command: str = ""


class Answers:
    def __init__(self, results, network, found=None):
        self.results, self.network = results, network
        self.quantities = quantities.all_quantities(results, network) if found is None else found
        self.extremes = [_extreme(*chosen) for chosen in self._goals() if len(chosen[1].known) > 1]

    def _goals(self):
        """(goal, quantity): of accuracies the deployment whose best variant is best."""
        by_goal = {}
        for quantity in self.quantities:
            if quantity.goal:
                by_goal.setdefault(quantity.goal[0], []).append(quantity)
        order = lambda goal: by_goal[goal][0].group not in quantities.ACCURACIES
        for goal in sorted(by_goal, key=order):
            yield goal, max(by_goal[goal], key=lambda quantity: np.nanmax(_merit(quantity)))

    def variant(self, index):
        return names.variant(self.results, "synapse", index)

    def lead(self):
        """One to three sentences: which variant is the most accurate, and what decides."""
        total = len(self.results.variant_cases("synapse"))
        if total == 0:
            return ["The study has no synapse, so there are no variants to compare."]
        if total == 1:
            return ["The study has one synapse variant, so there is nothing to compare it with.", *self._single()]
        done = total if self.results.is_measured() else sum(bool(self.results.finished_cases("synapse", v)) for v in range(total))
        sentences = [f"{done} of {total} synapse variants have finished cases."] if done < total else []
        accuracies = [e for e in self.extremes if e.quantity.group == self._leading_group()]
        leading = accuracies or self.extremes[:1]
        for extreme, following in zip(leading, [*leading[1:], None]):
            same = following is not None and following.note == extreme.note  # it is said once
            sentences.append(self._best(extreme, "" if same else extreme.note))
            if extreme.quantity.group == "written":
                sentences += self._compromises(extreme)
        if not self.extremes:
            sentences.append("No variant can be compared with another yet: no goal is known of two of them.")
        elif not accuracies:
            sentences.append("Accuracy is not known: no network has been put on these devices.")
        return sentences

    def _leading_group(self):
        """Where levels are written by pulses, the accuracy that counts is that on what was written."""
        return "written" if any(e.quantity.group == "written" for e in self.extremes) else "accuracy"

    def _compromises(self, extreme):
        """How the most accurate variant is written, and which ones cost less energy or are missed less often."""
        accuracy = extreme.quantity.values
        energy, missed = (self.results.get(f"programming/mean_{name}").values for name in ("write_energy", "write_error"))
        known = [v for v in programmed(self.results) if np.isfinite([accuracy[v], energy[v]]).all()]
        if extreme.best not in known:
            return
        attempts = np.sum(self.results.get("programming/pulses").values > 0, axis=(1, 2))
        hits = lambda v: f"a write error of {100 * missed[v]:.2g} %" if missed[v] > 0 else f"no miss in {attempts[v]} attempts"
        cost = lambda v: f"{names.quantity('', energy[v], 'J').strip()} per level, {hits(v)}"
        yield f"It is written by {self._pulses(extreme.best)}: {cost(extreme.best)}."
        on_front = pareto_front(-accuracy[known], energy[known], missed[known])
        others = [v for v, best in zip(known, on_front) if best and v != extreme.best]
        if not others:
            yield "No other variant needs less energy or is missed less often."
            return
        ranked = sorted(others, key=lambda v: -accuracy[v])
        listed = [
            f"{self.variant(v)} ({quantities.text(extreme.quantity, accuracy[v])}, {self._pulses(v)}: {cost(v)})"
            for v in ranked[:_MOST_COMPROMISES]
        ]
        more = f"; and {len(ranked) - _MOST_COMPROMISES} more" if len(ranked) > _MOST_COMPROMISES else ""
        yield f"Less accurate, but better in energy or write error than any more accurate variant: {'; '.join(listed)}{more}."

    def _pulses(self, variant):
        """ "single pulses of 0.79 and 1.45 × 10¹² A m⁻²": what writes the levels other than the reset state best."""
        get = lambda name: self.results.get(f"programming/{name}").values[variant]
        method = self.results.sweep.get("programming", {}).get("method", "single_pulse")
        if method == "write_verify":
            return f"{get('mean_pulses'):.2g} verified pulses on average"
        best = [int(recipe) for recipe in get("best_recipe")[: int(get("levels"))] if recipe >= 0]
        pulses = [float(np.nanmean(get("recipe_pulses")[recipe])) for recipe in best]
        if method == "pulse_train":
            return f"trains of {_and(f'{count:.3g}' for count in pulses if count > 0)} pulses"
        amplitudes = [get("recipe_current_density")[recipe] / 1e12 for recipe, count in zip(best, pulses) if count > 0]
        return f"single pulses of {_and(f'{amplitude:.2f}' for amplitude in amplitudes)} × 10¹² A m⁻²"

    def _single(self):
        return [
            f"Its {q.goal[0]} is {quantities.text(q, q.values[0])}{quantities.scatter(q, 0)}."
            for q in self.quantities
            if q.goal and q.known.size
        ]

    def _best(self, extreme, note):
        q = extreme.quantity
        value = quantities.text(q, q.values[extreme.best]) + quantities.scatter(q, extreme.best)
        how = f" ({self.network.label(q.where['way'])})" if q.where else ""
        if np.ptp(q.values[q.known]) == 0:
            return f"In {extreme.goal} all {len(q.known)} variants are equal: {value}{how}."
        most = "highest" if q.goal[1] == "high" else "lowest"
        first = f"Of {len(q.known)} variants, {self.variant(extreme.best)} has the {most} {extreme.goal}: {value}{how}."
        return f"{first} {note}".strip()

    def what_matters(self):
        """What accuracy, or without networks each property of the devices, depends on most."""
        results = self.results
        if not results.has("analysis/status") or results.get("analysis/status").values != DONE:
            return ["Nothing can be said about what the results depend on: the sensitivity analysis has not been made."]
        if not results.names("analysis/parameter_name"):
            return ["Nothing can be said about what the results depend on: no parameter was swept."]
        written = self._of_accuracy("sample_effect", "sample_sobol_total", "Accuracy as written", "written")
        sentences = [*written] if self._leading_group() == "written" else []
        on_levels = "Accuracy on levels without errors" if sentences else "Accuracy"
        sentences += self._of_accuracy("main_effect", "sobol_total", on_levels)
        sentences += self._of_accuracy("retained_effect", "retained_sobol_total", "Accuracy after the longest time")
        sentences += self._of_devices()
        return sentences or [
            "Nothing can be said about what the results depend on: too few variants are done, or they do not differ."
        ]

    def _of_accuracy(self, main, total, subject, group="accuracy"):
        chosen = {e.quantity.where["dataset"]: e.quantity.where["way"] for e in self.extremes if e.quantity.group == group}
        for d, dataset in enumerate(self.network.datasets):
            for way in [chosen[d]] if d in chosen else self.network.shown_on_devices()[:1]:
                where = dict(dataset=d, **way)
                name = f"{subject} on {names.dataset(dataset)} ({self.network.label(way)})"
                scale = lambda value: f"{100 * value:.2f} %"
                sentence = self._effect(name, (total, f"{main}_variance_fraction"), main, where, scale)
                if sentence:
                    yield sentence

    def _of_devices(self):
        labels = self.results.names("analysis/device_quantity_short_name")
        units = self.results.names("analysis/device_quantity_units")
        known_as = self.results.names("analysis/device_quantity_name")
        for q, label in enumerate(labels):
            scale = lambda value, unit=units[q]: names.quantity("", value, unit).strip()
            if known_as[q] == "mean_write_error":
                scale = lambda value: f"{100 * value:.3g} %"
            sentence = self._effect(
                label[:1].upper() + label[1:],
                ("device_sobol_total", "device_effect_variance_fraction"),
                "device_effect",
                dict(device_quantity=q),
                scale,
                scatters=False,
            )
            if sentence:
                yield sentence

    def _effect(self, subject, fractions, means, where, scale, scatters=True):
        """ "subject depends most on ..."; None if nothing is known. fractions: names in /analysis, the first one that can
        be trusted counts. scatters: whether repeated runs of a variant differ, so that an interval is expected."""
        warning = ""
        for name in fractions:
            found = [self.results.get(f"analysis/{name}{end}") for end in ("", "_low", "_high")]
            if found[0] is None:
                continue
            value, low, high = (array.at(**where).values if array is not None else None for array in found)
            known = np.flatnonzero(np.isfinite(value))
            if not known.size:
                continue
            order = sorted(known, key=lambda p: -value[p])
            if "sobol" in name and not _is_index(value[order[0]], high[order[0]]):
                warning = " The sample is too small for Sobol indices of it: their estimates or intervals lie outside 0 to 100 %."
                continue
            ranked = self._ranked(subject, name, order, value, low, high, scatters)
            return ranked + self._span(means, where, order[0], scale) + warning
        return f"What {subject[:1].lower() + subject[1:]} depends on cannot be said.{warning}" if warning else None

    def _ranked(self, subject, name, order, value, low, high, scatters):
        share = "of its variance, interactions included" if "sobol" in name else "of its variance"
        interval = lambda p: _interval(low, high, p)
        first = order[0]
        if len(order) == 1:
            return f"{subject} was studied against one parameter, {self._parameter(first)}: it explains {_share(value[first])} {share}{interval(first)}."
        text = f"{subject} depends most on {self._parameter(first)}: it explains {_share(value[first])} {share}{interval(first)}."
        second = order[1]
        following = [f"{self._parameter(p)}, {_share(value[p])}{interval(p)}" for p in order[1:_MOST_RANKED]]
        text += f" Next: {'; '.join(following)}."
        if "variance_fraction" in name and not self._is_sampled() and (left := 1 - float(np.sum(value[order]))) >= 0.01:
            text += f" The remaining {_share(left)} is due to how they act together, or to chance."
        if low is None or not math.isfinite(low[first]):
            return text + (" With one run of each variant there is no interval." if scatters else "")
        if high[first] - low[first] > _WIDEST:
            text += " The sample is too small for a firm statement: the interval is wide."
        if math.isfinite(high[second]) and high[second] >= low[first]:
            text += " The intervals overlap, so which of the two matters more is open."
        return text

    def _is_sampled(self):
        """Whether a swept parameter takes many values, which the bins of a main effect divide only in part."""
        return bool(self.results.sweep.get("synapse", {}).get("sweep", {}).get("sample"))

    def _span(self, means, where, p, scale):
        """Of the parameter that matters most: the mean from one end to the other."""
        value, average = (self.results.get(f"analysis/{means}_{end}") for end in ("value", "mean"))
        if value is None:
            return ""
        x, y = value.at(parameter=p, **where).values, average.at(parameter=p, **where).values
        known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        if len(known) < 2:
            return ""
        a, b = known[np.argmin(x[known])], known[np.argmax(x[known])]
        units = self.results.names("analysis/parameter_units")[p]
        group, key = self.results.names("analysis/parameter_name")[p].split(".", 1)
        choices = self.results.choices(group, variable_name(key))
        at = lambda k: choices[int(x[k])] if choices else names.quantity("", x[k], units).strip()
        return f" On average it is {scale(y[a])} at {at(a)} and {scale(y[b])} at {at(b)}."

    def _parameter(self, p):
        path = self.results.names("analysis/parameter_name")[p]
        short = self.results.names("analysis/parameter_short_name")[p]
        tied = [other for other in self.results.swept_with(path) if other != path]
        labels = []
        for other in tied:
            group, key = other.split(".", 1)
            if self.results.has(f"{group}/{variable_name(key)}"):
                labels.append(names.parameter(self.results, group, variable_name(key))[0])
        return short + (f" (varied together with {' and '.join(labels)})" if labels else "")

    def failures(self):
        """What failed and why, most frequent reasons first."""
        sentences = []
        for group, unit in self.results.stages().items():
            status = self.results.file[f"{group}/status"]
            words = str(status.attrs.get("flag_meanings", "")).split()
            if "failed" not in words:
                continue
            values = status[...]
            failed = np.argwhere(values == words.index("failed"))
            if len(failed):
                sentences.append(f"{len(failed)} of {values.size} {unit} failed{self._reasons(group, failed)}")
        return sentences

    def _reasons(self, group, failed):
        messages = self.results.names(f"{group}/message")
        if not messages:
            return "; the file does not say why."
        by_reason = collections.defaultdict(list)
        for place in failed:
            by_reason[messages[place[0]] or "no reason given"].append(int(place[0]))
        ranked = sorted(by_reason.items(), key=lambda item: -len(item[1]))
        parts = [f"“{why}” ({_listed(cases)})" for why, cases in ranked[:_MOST_REASONS]]
        if len(ranked) > _MOST_REASONS:
            parts.append(f"{len(ranked) - _MOST_REASONS} other reasons")
        return ": " + "; ".join(parts) + "."

    def missing(self):
        """Unfinished work of the study with the command that finishes it."""
        file = pathlib.Path(self.results.path).name
        run = f"mpirun -n 2 spinsweep run SWEEP.toml -o {file}"
        failed = " have failed."
        return [
            Missing(sentence, run + (" --retry-failed" if sentence.endswith(failed) else ""))
            for sentence in self.results.missing()
        ]

    def not_asked_for(self):
        """Goals the study could have and has no section for, with what adds them to the sweep file."""
        file = pathlib.Path(self.results.path).name
        again = f"mpirun -n 2 spinsweep run SWEEP.toml -o new.h5 --reuse {file}"
        known = (
            ("synapse", "Conductance levels", "[synapse.sweep]"),
            ("network/status", "Accuracy", "[network]"),
            ("retention", "How long levels last, and accuracy after years", "[retention]"),
            ("programming", "Write error and write energy", "[programming]"),
        )
        if self.results.is_measured():  # nothing that a track would have to be simulated for
            known = [each for each in known if each[0] == "network/status"]
        found = [
            Missing(f"{what}: the study has no section {section}. With one in the sweep file:", again)
            for group, what, section in known
            if not self.results.has(group)
        ]
        if self.results.has("retention") and self.network.exists() and not self.results.has("network/retained_accuracy"):
            found.append(
                Missing(
                    "Accuracy after years: [retention] is there, but networks are not read again after its times. With "
                    'network.device_samples and network.retention = "simulated" in the sweep file:',
                    again,
                )
            )
        return found


def _merit(quantity):
    return quantity.values if quantity.goal[1] == "high" else -quantity.values


def _extreme(goal, quantity):
    merit = _merit(quantity)
    best, worst = int(np.nanargmax(merit)), int(np.nanargmin(merit))
    ties = int(np.sum(merit == merit[best]))
    return Extreme(goal, quantity, best, worst, ties, _difference(quantity, best, worst, ties))


def _difference(quantity, best, worst, ties):
    """Whether best and worst can be told apart."""
    if quantity.values[best] == quantity.values[worst]:
        return ""
    if quantity.runs is None:
        return f"{ties} variants share this value." if ties > 1 else ""
    pairs = quantity.runs[best] - quantity.runs[worst]
    pairs = pairs[np.isfinite(pairs)]
    if len(pairs) < 2:
        return "Each variant has one run, so how much of the differences is scatter between seeds is not known."
    half = _STUDENT[min(len(pairs) - 2, len(_STUDENT) - 1)] * float(np.std(pairs, ddof=1)) / math.sqrt(len(pairs))
    centre, points = abs(float(np.mean(pairs))), lambda x: f"{100 * x:.2f}"
    if quantity.units != "1":
        return ""
    if centre <= half:
        return (
            f"The best and the worst variant differ by {points(centre)} points, less than {len(pairs)} runs each can show "
            f"(± {points(half)}): no best can be named."
        )
    return (
        f"That is {points(centre)} points above the worst variant (95 % interval {points(centre - half)} to "
        f"{points(centre + half)}, {len(pairs)} pairs of runs)."
    )


def _and(texts):
    """ "1, 2 and 3"."""
    *first, last = texts
    return f"{', '.join(first)} and {last}" if first else last


def _share(fraction):
    return f"{100 * fraction:.0f} %" if abs(fraction) >= 0.01 else "less than 1 %"


def _interval(low, high, p):
    if low is None or not (math.isfinite(low[p]) and math.isfinite(high[p])):
        return ""
    return f" (95 % interval {100 * low[p]:.0f} to {100 * high[p]:.0f} %)"


def _listed(cases):
    shown = ", ".join(map(str, cases[:6]))
    more = f" and {len(cases) - 6} more" if len(cases) > 6 else ""
    return f"{'case' if len(cases) == 1 else 'cases'} {shown}{more}"


def _is_index(value, high):
    """Whether an estimated total Sobol index, the largest of all parameters, is one that a sample can be trusted with."""
    return _LEAST <= value <= _MOST and not high > _MOST
