"""What an answer is worth: one function a kind, each from 0 to 1; and what follows from it.

The functions use nothing but plain Python and their own arguments, because their source is
also placed in the hidden tests of a quiz notebook, where nothing else can be relied on. The
script of the page scores in the same way; a test holds the two together.
"""

from __future__ import annotations


def score_choice(picked, right):
    """Right picks minus wrong picks, as a share of the right options, never below 0.

    With one right option and one pick this is 1 or 0.
    """
    picked, right = set(picked), set(right)
    return max(0.0, (len(picked & right) - len(picked - right)) / len(right))


def score_number(given, key, tolerance):
    """1 within the tolerance (and a rounding error of 1e-9), else 0."""
    return 1.0 if abs(float(given) - key) <= tolerance + 1e-9 else 0.0


def score_order(given, right):
    """Kendall's tau between the two orders, never below 0 (Kendall 1938).

    Items that are missing or repeated make the whole order worth 0.
    """
    given, right = list(given), list(right)
    if sorted(given) != sorted(right):
        return 0.0
    place = {item: i for i, item in enumerate(given)}
    pairs = [(a, b) for i, a in enumerate(right) for b in right[i + 1 :]]
    agreeing = sum(place[a] < place[b] for a, b in pairs)
    return max(0.0, (2 * agreeing - len(pairs)) / len(pairs))


def score_matching(given, right):
    """Share of the left sides that got their right side."""
    return sum(given.get(left) == value for left, value in right.items()) / len(right)


def normalise(text):
    """Lower case, without accents, punctuation, hyphens or doubled spaces."""
    import unicodedata

    decomposed = unicodedata.normalize("NFKD", str(text).casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    spaced = "".join("" if c in "'’`ʿʾ‘" else c if c.isalnum() else " " for c in letters)
    return " ".join(spaced.split())


def score_text(given, accept):
    """1 where the text equals an accepted variant after normalising, else 0."""
    wanted = {normalise(variant) for variant in accept}
    glued = {variant.replace(" ", "") for variant in wanted}
    return 1.0 if normalise(given).replace(" ", "") in glued else 0.0


def lessons_to_begin_with(results, enough):
    """The lessons in which the questions got less than `enough` on average, in their order.

    `results` are pairs of a lesson's number and what an answer was worth, from 0 to 1.
    """
    by_lesson = {}
    for lesson, credit in results:
        by_lesson.setdefault(lesson, []).append(credit)
    return sorted(n for n, got in by_lesson.items() if sum(got) / len(got) < enough)
