"""The statistics against published worked examples, and against R on marks of all kinds.

Sources of the examples: R. D. Bock and M. Lieberman, 'Fitting a response model for n
dichotomously scored items', Psychometrika 35 (1970), section 6 of the Law School Admission Test;
its classical statistics in D. Rizopoulos, 'ltm: An R package for latent variable modeling',
Journal of Statistical Software 17/5 (2006). R. G. Newcombe, 'Two-sided confidence intervals for
the single proportion' and 'Interval estimation for the difference between independent
proportions', Statistics in Medicine 17 (1998), score method and method 10. Feldt's interval: the
example of the MRC Cognition and Brain Sciences Unit, Cambridge, 'R code from Chris Evans for
computing confidence intervals for Cronbach's alpha'.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from math import fsum

import pytest

from safehaven.grading.analysis.difficulty import difficulty
from safehaven.grading.analysis.discrimination import item_total, upper_and_lower, upper_lower
from safehaven.grading.analysis.distributions import beta_probability, f_quantile
from safehaven.grading.analysis.intervals import alpha_interval, difference, wilson
from safehaven.grading.analysis.reliability import (
    alpha_without,
    coefficient_alpha,
    kuder_richardson_20,
    reliability,
)

#: How many of 1,000 candidates answered the five questions so; patterns that nobody had left out.
LSAT_6 = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3,
    "00111": 4, "01000": 1, "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15,
    "10000": 10, "10001": 29, "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15,
    "10111": 80, "11000": 16, "11001": 56, "11010": 21, "11011": 173, "11100": 11,
    "11101": 61, "11110": 28, "11111": 298,
}  # fmt: skip


@pytest.fixture(scope="module")
def lsat() -> list[list[float]]:
    rows = [pattern for pattern, count in LSAT_6.items() for _ in range(count)]
    assert len(rows) == 1000
    return [[float(row[item]) for row in rows] for item in range(5)]


# --- published examples -----------------------------------------------------------------------


def test_the_law_school_test_has_its_published_difficulties(lsat):
    assert [difficulty(column).value for column in lsat] == pytest.approx(
        [0.924, 0.709, 0.553, 0.763, 0.870], abs=1e-12
    )


def test_the_law_school_test_has_its_published_correlations(lsat):
    totals = [fsum(row) for row in zip(*lsat, strict=True)]
    corrected = [item_total(column, totals).value for column in lsat]
    assert corrected == pytest.approx([0.1128, 0.1532, 0.1728, 0.1444, 0.1216], abs=5e-5)


def test_the_law_school_test_has_its_published_alpha(lsat):
    assert coefficient_alpha(lsat) == pytest.approx(0.2950, abs=5e-5)
    assert [alpha_without(lsat, item) for item in range(5)] == pytest.approx(
        [0.2754, 0.2376, 0.2168, 0.2459, 0.2663], abs=5e-5
    )
    assert kuder_richardson_20(lsat, [1.0] * 5) == pytest.approx(coefficient_alpha(lsat), abs=1e-12)


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_newcombe_has_it(right, n, low, high):
    assert wilson(right / n, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("one", "other", "interval"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
    ],
)
def test_differences_as_newcombe_has_them(one, other, interval):
    found = difference(one[0] / one[1], one[1], other[0] / other[1], other[1])
    assert found == pytest.approx(interval, abs=5e-5)


def test_feldts_interval_as_published():
    assert alpha_interval(0.913, 873, 20) == pytest.approx((0.9044024, 0.9211588), abs=5e-8)


# --- an independent implementation ------------------------------------------------------------

#: Base R alone: no package has to be trusted, and each figure is one of R's own functions.
R_PROGRAM = r"""
options(digits = 17)
file <- commandArgs(TRUE)[1]
all <- as.matrix(read.csv(file, header = FALSE))
most <- all[1, ]; marks <- all[-1, , drop = FALSE]
n <- nrow(marks); k <- ncol(marks); totals <- rowSums(marks)
say <- function(name, values) cat(name, sprintf("%.17g", values), "\n")
alpha <- function(m) ncol(m) / (ncol(m) - 1) * (1 - sum(diag(cov(m))) / sum(cov(m)))
score <- function(p, n) suppressWarnings(prop.test(p * n, n, correct = FALSE)$conf.int)
groups <- function(totals, size) {
  # Those above the edge are in; those at it share the places that are left.
  edge <- sort(totals, decreasing = TRUE)[size]
  inside <- as.numeric(totals > edge)
  inside[totals == edge] <- (size - sum(totals > edge)) / sum(totals == edge)
  inside
}
size <- max(1, floor(0.27 * n + 0.5))
upper <- groups(round(totals, 9), size); lower <- groups(round(-totals, 9), size)
for (i in 1:k) {
  share <- marks[, i] / most[i]
  say("difficulty", c(mean(share), score(mean(share), n)))
  rest <- rowSums(marks[, -i, drop = FALSE])
  if (sd(marks[, i]) > 0 && sd(rest) > 0) {
    found <- cor.test(marks[, i], rest)
    say("item_total", c(found$estimate, found$conf.int))
  } else cat("item_total none\n")
  u <- weighted.mean(share, upper); l <- weighted.mean(share, lower)
  wu <- score(u, size); wl <- score(l, size); d <- u - l
  say("upper_lower", c(d, d - sqrt((u - wu[1])^2 + (wl[2] - l)^2),
                          d + sqrt((wu[2] - u)^2 + (l - wl[1])^2)))
  say("alpha_without", alpha(marks[, -i, drop = FALSE]))
}
a <- alpha(marks)
say("alpha", c(a, 1 - (1 - a) * qf(c(0.975, 0.025), n - 1, (n - 1) * (k - 1))))
say("error", sd(totals) * sqrt(1 - max(0, a)))
say("moments", c(mean(totals), sd(totals)))
if (all(marks == 0 | marks == rep(most, each = n)) && length(unique(most)) == 1) {
  p <- colMeans(marks) / most
  v <- var(totals / most[1]) * (n - 1) / n
  say("kr20", k / (k - 1) * (1 - sum(p * (1 - p)) / v))
} else cat("kr20 none\n")
"""


def r_says(folder, columns, maxima) -> list[tuple[str, list[float] | None]]:
    """What R computes of a table of marks; a test that needs R fails where there is none."""
    rscript = shutil.which("Rscript")
    assert rscript, (
        "R is missing, with which the statistics are compared. Remedy: install Debian's package "
        "r-base-core, or run the tests with `make test`, which does."
    )
    rows = [maxima, *zip(*columns, strict=True)]
    table, program = folder / "marks.csv", folder / "statistics.R"
    table.write_text("\n".join(",".join(map(repr, row)) for row in rows) + "\n", encoding="utf-8")
    program.write_text(R_PROGRAM, encoding="utf-8")
    command = [rscript, "--vanilla", str(program), str(table)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    return [(name, None if v == ["none"] else list(map(float, v))) for name, *v in lines]


def we_say(columns, maxima) -> list[tuple[str, list[float] | None]]:
    """The same figures in the same order."""
    totals = [fsum(row) for row in zip(*columns, strict=True)]

    def three(found):
        return None if found is None else [found.value, found.low, found.high]

    said: list[tuple[str, list[float] | None]] = []
    for number, (column, most) in enumerate(zip(columns, maxima, strict=True)):
        shares = [points / most for points in column]
        said.append(("difficulty", three(difficulty(shares))))
        said.append(("item_total", three(item_total(column, totals))))
        said.append(("upper_lower", three(upper_lower(shares, totals))))
        said.append(("alpha_without", [alpha_without(columns, number)]))
    found = reliability(columns, maxima)
    said.append(("alpha", three(found.alpha)))
    said.append(("error", [found.error]))
    said.append(("moments", [found.mean, found.deviation]))
    said.append(("kr20", None if found.kr20 is None else [found.kr20]))
    return said


def same(ours, theirs) -> None:
    assert [name for name, _ in ours] == [name for name, _ in theirs]
    for (name, mine), (_, other) in zip(ours, theirs, strict=True):
        if mine is None or other is None:
            assert mine is other, name
        else:
            assert mine == pytest.approx(other, abs=1e-9, rel=1e-9), name


def _class(seed: int, n: int, maxima: list[float], steps: int) -> list[list[float]]:
    """Marks in steps, some items following ability, some not, one against it."""
    rng = random.Random(seed)
    abilities = [rng.gauss(0.5, 0.3) for _ in range(n)]
    follow = [1.0, 0.6, 0.0, -0.5, 0.9, 1.0]
    return [
        [
            most * round(steps * min(1, max(0, follow[i % 6] * a + rng.random() / 2))) / steps
            for a in abilities
        ]
        for i, most in enumerate(maxima)
    ]


CLASSES = {
    "right or wrong": (_class(1, 200, [1.0] * 12, 1), [1.0] * 12),
    "right or wrong, two points each": (_class(2, 40, [2.0] * 6, 1), [2.0] * 6),
    "partial credit": (_class(3, 150, [1.0, 2.0, 4.0, 3.0, 0.5], 8), [1.0, 2.0, 4.0, 3.0, 0.5]),
    "a small class": (_class(4, 9, [1.0, 1.0, 2.0, 3.0], 3), [1.0, 1.0, 2.0, 3.0]),
    "a class of 1,000": (_class(5, 1000, [1.0] * 20, 2), [1.0] * 20),
    "an item that is the same for all": (
        [*_class(6, 30, [1.0] * 4, 2), [1.0] * 30],
        [1.0] * 5,
    ),
}


@pytest.mark.parametrize("name", CLASSES)
def test_r_says_the_same(name, tmp_path):
    columns, maxima = CLASSES[name]
    same(we_say(columns, maxima), r_says(tmp_path, columns, maxima))


def test_r_has_the_same_quantiles(tmp_path):
    asked = [(0.025, 8, 24), (0.975, 8, 24), (0.975, 999, 18981), (0.025, 1, 1), (0.5, 3, 99_999)]
    program = tmp_path / "quantiles.R"
    calls = "; ".join(f'cat(sprintf("%.17g", qf({p}, {a}, {b})), "\\n")' for p, a, b in asked)
    program.write_text(calls + '; cat(sprintf("%.17g", pbeta(0.3, 2.5, 40)))', encoding="utf-8")
    rscript = shutil.which("Rscript")
    assert rscript, "R is missing. Remedy: install Debian's package r-base-core."
    done = subprocess.run([rscript, "--vanilla", str(program)], capture_output=True, check=True)
    *quantiles, probability = map(float, done.stdout.split())
    assert [f_quantile(*one) for one in asked] == pytest.approx(quantiles, rel=1e-9)
    assert beta_probability(0.3, 2.5, 40) == pytest.approx(probability, rel=1e-12)


# --- what has no published figure -------------------------------------------------------------


def test_students_who_are_equal_share_the_places_of_a_group():
    upper, lower = upper_and_lower([3, 2, 2, 2, 2, 1, 1, 0, 0, 0, 0])
    assert sum(upper) == sum(lower) == pytest.approx(3)
    assert upper[:5] == [1.0, 0.5, 0.5, 0.5, 0.5]
    assert lower[7:] == [0.75] * 4


def test_the_order_of_the_class_list_decides_nothing():
    columns, maxima = CLASSES["partial credit"]
    shuffled = list(zip(*columns, strict=True))
    random.Random(0).shuffle(shuffled)
    same(we_say(columns, maxima), we_say(list(zip(*shuffled, strict=True)), maxima))


@pytest.mark.parametrize("equal", [0.1 + 0.2, 0.0, 1.0])
def test_nothing_is_computed_where_nobody_differs(equal):
    columns = [[equal] * 12, [equal] * 12]
    totals = [2 * equal] * 12
    assert item_total(columns[0], totals) is None
    assert upper_lower(columns[0], totals) is None
    assert reliability(columns, [1.0, 1.0]) is None


def test_figures_that_need_more_students_are_not_made_up():
    assert difficulty([]) is None
    assert difficulty([1.0]).low == pytest.approx(0.2065, abs=5e-5)  # one right answer says little
    assert item_total([0, 1, 1], [1, 2, 3]).low is None
    assert upper_lower([0, 1, 1, 0, 1], [1, 2, 3, 1, 5]) is None
    assert reliability([[1.0, 0.0]], [1.0]) is None


def test_the_error_is_that_of_no_reliability_where_alpha_is_negative():
    found = reliability([[0, 1, 0, 1, 1], [1, 0, 1, 0, 1], [0, 0, 1, 1, 0]], [1, 1, 1])
    assert found.alpha.value < 0
    assert found.error == found.deviation
    json.dumps([found.alpha.low, found.alpha.high], allow_nan=False)
