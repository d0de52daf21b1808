"""The opening of the page: what the study says, as HTML."""

import html
import re

from . import quantities

_MOST_UNBROKEN = 20  # letters
# Spaces within a quantity: "97.9 %", "0.5 × 10¹² A m⁻²".
_INSIDE = re.compile(r"(?<=[\d⁰¹²³⁴⁵⁶⁷⁸⁹]) (?=%|×|[fpnµmkMG]?[AJSKVmsΩ]\b)|(?<=×) (?=\d)| (?=[A-Za-z]+⁻?[¹²³])")


def opening_html(answers):
    parts = [f"<p>{_text(sentence)}</p>" for sentence in answers.lead()]
    lead = f"<div class='lead'>{''.join(parts)}</div>"
    return lead + _goals(answers) + _matters(answers) + _failures(answers) + _missing(answers)


def _text(sentence):
    """As HTML; a line does not end within a quantity."""
    return html.escape(_INSIDE.sub("\u00a0", sentence))


def _parts(variant):
    """The name of a variant; a line ends between its parameters."""
    return ", ".join(part.replace(" ", "\u00a0") if len(part) <= _MOST_UNBROKEN else part for part in variant.split(", "))


def _goals(answers):
    if not answers.extremes:
        return ""
    rows = []
    for extreme in answers.extremes:
        q = extreme.quantity
        equal = q.values[extreme.best] == q.values[extreme.worst]
        with_method = f"<br><span class='meta'>{html.escape(answers.network.label(q.where['way']))}</span>" if q.where else ""
        note = f"all {len(q.known)} variants are equal" if equal else extreme.note
        rows.append(
            f"<tr><th scope='row'>{html.escape(extreme.goal)}{with_method}</th>"
            f"{_variant(answers, q, extreme.best)}{'<td></td><td></td>' if equal else _variant(answers, q, extreme.worst)}"
            f"<td class='meta'>{_text(note)}</td></tr>"
        )
    as_written = ""
    if any(extreme.quantity.group == "written" for extreme in answers.extremes):
        as_written = (
            " As written: on device samples, each weight with the conductance that a simulated attempt to write its level has left."
        )
    return (
        "<h3>Best and worst by each goal</h3><div class='scroll'><table class='goals'><thead><tr><th scope='col'>goal</th>"
        "<th scope='col' colspan='2'>best variant</th><th scope='col' colspan='2'>worst variant</th>"
        f"<th scope='col'>how certain</th></tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        "<p class='meta'>An accuracy is that of the deployment whose best variant is best, among those whose weights are levels of the "
        f"device: mean ± standard deviation over seeds and neurons.{as_written}</p>"
    )


def _variant(answers, q, index):
    value = quantities.text(q, q.values[index]) + quantities.scatter(q, index)
    return (
        f"<td class='number'><b>{_text(value)}</b></td>"
        f"<td><a class='variant' href='#variant={index}'>{html.escape(_parts(answers.variant(index)))}</a></td>"
    )


def _list(sentences):
    return f"<ul>{''.join(f'<li>{_text(sentence)}</li>' for sentence in sentences)}</ul>"


def _matters(answers):
    return f"<h3>What it depends on</h3>{_list(answers.what_matters())}"


def _failures(answers):
    failures = answers.failures()
    return f"<h3>What failed</h3>{_list(failures) if failures else '<p>Nothing.</p>'}"


def _missing(answers):
    blocks = []
    for heading, class_name, found in (
        ("This report is not complete", "missing", answers.missing()),
        ("What the study does not ask for", "more", answers.not_asked_for()),
    ):
        if found:
            items = "".join(
                f"<li>{_text(item.sentence)}{f'<br><code>{html.escape(item.command)}</code>' if item.command else ''}</li>"
                for item in found
            )
            blocks.append(f"<div class='{class_name}'><h3>{heading}</h3><ul>{items}</ul></div>")
    note = "<p class='meta'>SWEEP.toml is the study's sweep file; its content, every default filled in, is at the end of this page.</p>"
    return "".join(blocks) + (note if blocks else "")
