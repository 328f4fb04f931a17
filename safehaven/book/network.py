"""The `ties-network` directive: who is tied to whom, with a choice of decade and grade.

The picture is drawn at build time; the choice works by CSS alone, so that it needs neither
script nor server. Every tie also stands in a table below the picture.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import ClassVar

import networkx as nx
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from safehaven.book.pages.reference import read_rows
from safehaven.book.project import project_of

WIDTH, HEIGHT = 880, 840
#: Room at the sides for half a long name, and above and below for a line.
SIDES, ENDS = 86, 30
#: Room for a label: units a letter and a line take at the picture's font size.
LETTER, LINE = 8.0, 34.0
#: Enough rounds of pushing for labels of a hundred dots to come free of each other.
ROUNDS = 400
#: The layout is the same on every machine for the same table and seed.
SEED = 11
#: Bodies that the lessons name by their abbreviation.
ABBREVIATED = {
    "aqis": "AQIS",
    "cia": "CIA",
    "imu": "IMU",
    "isi": "ISI",
    "iskp": "ISKP",
    "ttp": "TTP",
}
_UNKNOWN = "unknown"
#: A marked button, as XHTML (and so EPUB) writes it.
_CHOSEN = ' checked="checked"'
_GRADES = {"": "A, B and C", "AB": "A and B", "A": "A alone"}
_KINDS = {
    "kinship": "kin",
    "marriage": "kin",
    "rivalry/conflict": "rivalry",
}


@dataclass(frozen=True)
class Tie:
    """One row of the table of ties.

    Attributes:
        source, target: ids of people_and_groups.csv.
        kind: what the table calls the tie.
        first: the year in which it is first documented, or "".
        grade: A, B or C, the grade of the evidence.
    """

    source: str
    target: str
    kind: str
    first: str
    grade: str

    @property
    def decade(self) -> str:
        """The decade in which the tie is first documented, as `1990`, or `unknown`."""
        return f"{self.first[:3]}0" if self.first else _UNKNOWN

    @property
    def classes(self) -> str:
        """The CSS classes by which a tie is shown or hidden, and drawn."""
        kind = _KINDS.get(self.kind, "other")
        return f"tie decade-{self.decade} grade-{self.grade} tie-{kind}"


def read_ties(file: Path) -> list[Tie]:
    """The ties of the course."""
    return [
        Tie(
            row["source_id"],
            row["target_id"],
            row["tie_type"],
            row["start_year"],
            row["evidence_grade"],
        )
        for row in read_rows(file)
    ]


def layout(ties: Iterable[Tie], labels: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """A place for everybody who has a tie, in the picture's units, with room for the labels."""
    graph = nx.Graph((tie.source, tie.target) for tie in ties)
    places = nx.spring_layout(graph, k=2.6 / len(graph) ** 0.5, seed=SEED, iterations=400)
    names = list(places)
    xs = _scaled([float(places[name][0]) for name in names], WIDTH, SIDES)
    ys = _scaled([float(places[name][1]) for name in names], HEIGHT, ENDS)
    boxes = [(len(labels[name]) * LETTER / 2 + 4, LINE / 2) for name in names]
    for _ in range(ROUNDS):
        if not _push_apart(xs, ys, boxes):
            break
    return {
        name: (round(x, 1), round(y, 1))
        for name, x, y in zip(
            names, _scaled(xs, WIDTH, SIDES), _scaled(ys, HEIGHT, ENDS), strict=True
        )
    }


def _scaled(values: list[float], size: int, margin: int) -> list[float]:
    """Stretch or shrink values to the width or height of the picture, inside its margins."""
    low, high = min(values), max(values)
    return [margin + (value - low) / (high - low) * (size - 2 * margin) for value in values]


def _push_apart(xs: list[float], ys: list[float], boxes: list[tuple[float, float]]) -> bool:
    """Move every two boxes that overlap a little apart; say whether any did."""
    moved = False
    for i, j in combinations(range(len(xs)), 2):
        across = boxes[i][0] + boxes[j][0] - abs(xs[i] - xs[j])
        down = boxes[i][1] + boxes[j][1] - abs(ys[i] - ys[j])
        if across <= 0 or down <= 0:
            continue
        moved = True
        line = xs if across < down else ys  # along the shorter way out
        step = min(across, down) / 2
        first, second = (i, j) if line[i] < line[j] else (j, i)
        line[first] -= step
        line[second] += step
    return moved


def short_labels(people: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """What stands beside each dot: the name, or the abbreviation that the lessons use."""
    return {row["id"]: ABBREVIATED.get(row["id"], row["name"]) for row in people}


def picture(ties: list[Tie], labels: Mapping[str, str]) -> str:
    """The network as SVG: lines for ties, dots for people and groups, names beside them."""
    places = layout(ties, labels)
    degrees = nx.Graph((tie.source, tie.target) for tie in ties).degree
    lines = "".join(
        f'<line class="{tie.classes}" x1="{places[tie.source][0]}" y1="{places[tie.source][1]}" '
        f'x2="{places[tie.target][0]}" y2="{places[tie.target][1]}"/>'
        for tie in ties
    )
    dots = "".join(
        f'<circle cx="{x}" cy="{y}" r="{3 + degrees[name] ** 0.5:.1f}"/>'
        f'<text x="{x}" y="{y - 6 - degrees[name] ** 0.5:.1f}">{html.escape(labels[name])}</text>'
        for name, (x, y) in places.items()
    )
    label = (
        f"Network of {len(ties)} documented ties between {len(places)} people and groups. "
        "The Taliban, Al-Qaida and the Haqqani network have the most ties. "
        "Every tie is listed in the table below."
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="ties-picture" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">{lines}{dots}</svg>'
    )


def choices(ties: list[Tie]) -> str:
    """The two groups of buttons."""
    decades = {"": "all"} | {
        decade: "year not known" if decade == _UNKNOWN else f"{decade}s"
        for decade in sorted({tie.decade for tie in ties})
    }
    return (
        '<form class="ties-choice">'
        + _group("decade", "First documented in", decades)
        + _group("grade", "Evidence of grade", _GRADES)
        + "</form>"
    )


def _group(name: str, legend: str, options: Mapping[str, str]) -> str:
    buttons = "".join(
        f'<label><input type="radio" name="ties-{name}" value="{value}"'
        f"{'' if value else _CHOSEN}> {html.escape(text)}</label> "
        for value, text in options.items()
    )
    return f"<fieldset><legend>{legend}</legend>{buttons}</fieldset>"


def rules(ties: list[Tie]) -> str:
    """The CSS that hides what was not chosen."""

    def hide(group: str, value: str, kept: str) -> str:
        chosen = f'.ties:has(input[name="ties-{group}"][value="{value}"]:checked)'
        return f"{chosen} .tie:not({kept}){{display:none}}"

    found = [hide("decade", d, f".decade-{d}") for d in sorted({tie.decade for tie in ties})]
    found += [hide("grade", "A", ".grade-A"), hide("grade", "AB", ".grade-A,.grade-B")]
    return f"<style>{''.join(found)}</style>"


def tie_table(ties: list[Tie], names: Mapping[str, str]) -> str:
    """Every tie as a row that follows the same choice."""

    def rows() -> Iterator[str]:
        for tie in ties:
            cells = (names[tie.source], tie.kind, names[tie.target], tie.first or "–", tie.grade)
            yield (
                f'<tr class="{tie.classes}">'
                + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
                + "</tr>"
            )

    head = "".join(
        f'<th scope="col">{title}</th>'
        for title in ("From", "Tie", "To", "First documented", "Grade")
    )
    return (
        "<details><summary>The ties as a table</summary>"
        '<div class="chart-scroll" data-label="Table of ties" tabindex="0" role="group" '
        'aria-label="Table of ties, scrolls sideways">'
        f'<table class="table chart-data"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows())}</tbody></table></div></details>"
    )


class TiesNetworkDirective(SphinxDirective):
    """```{ties-network}`: the network of book/data/facts/ties.csv; its content is the caption."""

    has_content = True
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """Return a numbered figure, labelled `fig-ties-network`."""
        facts = project_of(self.env).folders.data / "facts"
        ties = read_ties(facts / "ties.csv")
        people = read_rows(facts / "people_and_groups.csv")
        names = {row["id"]: row["name"] for row in people}
        self.env.note_dependency(str(facts / "ties.csv"))
        node = nodes.figure(classes=["chart"])
        self.set_source_info(node)
        body = (
            f'{rules(ties)}<div class="ties">{choices(ties)}'
            '<div class="chart-scroll" data-label="Network of ties" tabindex="0" role="group" '
            'aria-label="Network of ties, scrolls sideways">'
            f"{picture(ties, short_labels(people))}</div>"
            f"{tie_table(ties, names)}</div>"
        )
        node += nodes.raw("", body, format="html")
        inlines, messages = self.parse_inline(" ".join(self.content), lineno=self.lineno)
        node += nodes.caption("", "", *inlines)
        node += messages
        self.options["name"] = "fig-ties-network"
        self.add_name(node)
        return [node]
