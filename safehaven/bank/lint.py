"""The measurable rules of good questions, over the whole bank.

They follow the field's guidelines for writing items (Haladyna, Downing and Rodriguez 2002;
NBME Item-Writing Guide). What a single question must satisfy to be read at all is checked in
`model`; here stands what needs the bank, the lessons or the bibliography, and what makes a
question a good one. Each rule is one function that yields what breaks it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import combinations, permutations

from safehaven.bank.load import Bank, Located
from safehaven.bank.model import ChoiceBase, Matching, Ordering, Question, ShortText, SingleChoice
from safehaven.bank.present import entry_texts, present
from safehaven.bank.scoring import normalise
from safehaven.errors import CourseError

#: At least this share of a bank asks for more than recall.
LEAST_ABOVE_RECALL = 0.6
#: In at most this share of single choices the key is the longest, or the shortest, option.
MOST_KEYS_AT_AN_END = 1 / 3
#: At most this share of stems asks for what is not so.
MOST_NEGATIVE = 0.05
#: Stems that are more alike than this ask the same question twice.
NEAR_DUPLICATE = 0.85
#: The longest option of a single choice has at most this many times the letters of the shortest.
MOST_UNEVEN = 2.5
#: A rule about shares needs some questions to speak of.
ENOUGH = 8
#: Of the keys of single choices with four options, at least and at most this share stands at
#: each letter on the page, once there are enough to tell chance from a habit.
KEYS_AT_A_LETTER = (0.15, 0.35)
ENOUGH_KEYS = 60

_ABSOLUTE = re.compile(r"\b(always|never|all of the above|none of the above)\b", re.I)
_ARTICLE = re.compile(r"\b(a|an)\W*$", re.I)
_NEGATION = re.compile(r"\*\*[^*]*\b(not|except|least|no)\b[^*]*\*\*", re.I)
_NEGATIVE = re.compile(
    r"\b(NOT|EXCEPT)\b|(?i:\bwhich\b[^.?]*\b(is|are|was|were|does|do|did|has|have) not\b)"
)


@dataclass(frozen=True)
class Context:
    """What the rules may look at beside the bank.

    Attributes:
        objectives: the objectives of each lesson that has been written, by its number.
        works: the keys of the bibliography.
        misspelt: gives the words of a text that are misspelt, with a better spelling.
    """

    objectives: dict[int, set[str]] = field(default_factory=dict)
    works: frozenset[str] = frozenset()
    misspelt: Callable[[str], dict[str, str]] = lambda _: {}


Rule = Callable[[Bank, Context], Iterator[CourseError]]


def breaches(bank: Bank, context: Context) -> dict[str, list[CourseError]]:
    """What breaks each rule, by the name of the rule; an empty list where nothing does."""
    return {rule.__name__: list(rule(bank, context)) for rule in RULES}


def check(bank: Bank, context: Context) -> list[CourseError]:
    """Everything that breaks a rule, rule by rule."""
    return [error for found in breaches(bank, context).values() for error in found]


def _at(entry: Located, message: str, remedy: str) -> CourseError:
    return CourseError(
        f"{entry.question.id}: {message}", file=entry.file, line=entry.line, remedy=remedy
    )


def _over(bank: Bank, message: str, remedy: str) -> CourseError:
    return CourseError(message, file=bank.located[0].file.parents[1], remedy=remedy)


def known_objectives(bank: Bank, context: Context) -> Iterator[CourseError]:
    """A question tests an objective that its lesson states."""
    for entry in bank.located:
        known = context.objectives.get(entry.question.lesson)
        if known is not None and entry.question.objective not in known:
            message = f"the lesson has no objective {entry.question.objective}."
            yield _at(entry, message, f"Use one of {', '.join(sorted(known))}.")


def covered_objectives(bank: Bank, context: Context) -> Iterator[CourseError]:
    """Every objective of a lesson with questions is practised, and assessed."""
    for lesson, objectives in context.objectives.items():
        for use in ("practice", "graded"):
            questions = bank.of(lesson, use)
            missing = objectives - {question.objective for question in questions}
            if questions and missing:
                message = f"Lesson {lesson} has no {use} question for {', '.join(sorted(missing))}."
                yield _over(bank, message, "Write one, or give a question to the objective.")


def known_works(bank: Bank, context: Context) -> Iterator[CourseError]:
    """A question rests on a work that the bibliography has."""
    for entry in bank.located:
        for source in entry.question.source:
            if context.works and source.key not in context.works:
                message = f"the bibliography has no work {source.key!r}."
                yield _at(entry, message, "Add it to book/references.bib, or mend the key.")


def complete_stems(bank: Bank, _context: Context) -> Iterator[CourseError]:
    """A stem is a complete question or instruction."""
    for entry in bank.located:
        if not re.search(r"[?.:)]$", entry.question.stem.strip()):
            yield _at(entry, "the stem is no complete sentence.", "End it with a question mark.")


def no_article_clue(bank: Bank, _context: Context) -> Iterator[CourseError]:
    """No 'a' or 'an' at the end of a stem tells with which letter the answer begins."""
    for entry in bank.located:
        if _ARTICLE.search(entry.question.stem):
            message = "the stem ends with 'a' or 'an', which tells how the answer begins."
            yield _at(entry, message, "Put the article into the options, or ask a whole question.")


def above_recall(bank: Bank, _context: Context) -> Iterator[CourseError]:
    """Most of a bank asks for more than recall."""
    if len(bank) >= ENOUGH and share_above_recall(bank) < LEAST_ABOVE_RECALL:
        message = f"Only {share_above_recall(bank):.0%} of the bank asks for more than recall."
        yield _over(bank, message, f"Bring it to {LEAST_ABOVE_RECALL:.0%}.")


def share_above_recall(bank: Bank) -> float:
    """Share of questions whose level is not recall, from 0 to 1."""
    return sum(question.level != "recall" for question in bank) / len(bank)


def key_lengths(bank: Bank) -> tuple[float, float]:
    """Shares of single choices with four options whose key is the longest, the shortest.

    A key that shares its length with another option is at no end.
    """
    found = list(_fours(bank))
    longest = sum(_rank(question) == "longest" for question in found)
    shortest = sum(_rank(question) == "shortest" for question in found)
    return (longest / len(found), shortest / len(found)) if found else (0.0, 0.0)


def _fours(bank: Bank) -> Iterator[SingleChoice]:
    return (q for q in bank if isinstance(q, SingleChoice) and len(q.options) == 4)


def _rank(question: SingleChoice) -> str:
    lengths = [len(option.text) for option in question.options]
    (right,) = question.right_options
    others = [length for i, length in enumerate(lengths) if i != right]
    if lengths[right] > max(others):
        return "longest"
    return "shortest" if lengths[right] < min(others) else "between"


def key_not_told_by_length(bank: Bank, _context: Context) -> Iterator[CourseError]:
    """The length of an option does not give the key away."""
    if len(list(_fours(bank))) < ENOUGH:
        return
    for share, end in zip(key_lengths(bank), ("longest", "shortest"), strict=True):
        if share > MOST_KEYS_AT_AN_END:
            message = f"In {share:.0%} of the single choices the key is the {end} option."
            yield _over(bank, message, f"Bring it to at most {MOST_KEYS_AT_AN_END:.0%}.")


def even_options(bank: Bank, _context: Context) -> Iterator[CourseError]:
    """The options of a single choice are alike in length."""
    for entry in bank.located:
        if isinstance(entry.question, SingleChoice):
            lengths = [len(option.text) for option in entry.question.options]
            if max(lengths) > max(MOST_UNEVEN * min(lengths), min(lengths) + 40):
                message = (
                    f"the longest option has {max(lengths)} letters, the shortest {min(lengths)}."
                )
                yield _at(entry, message, "Make the options alike in length and detail.")


def key_positions(bank: Bank, seed: str = "page") -> Counter[str]:
    """How often the key of a single choice with four options stands at each letter."""
    return Counter(
        letter for question in _fours(bank) for letter in _letters(present(question, seed).key)
    )


def keys_spread(bank: Bank, _context: Context) -> Iterator[CourseError]:
    """The keys of single choices are spread evenly over the places."""
    counts = key_positions(bank)
    least, most = KEYS_AT_A_LETTER
    if counts.total() < ENOUGH_KEYS:
        return
    for letter in "ABCD":
        share = counts[letter] / counts.total()
        if not least <= share <= most:
            message = f"In {share:.0%} of the single choices the key stands at {letter}."
            yield _over(bank, message, f"Bring it to {least:.0%} to {most:.0%}.")


def _letters(key: object) -> list[str]:
    return sorted(key) if isinstance(key, frozenset) else []


def no_absolutes(bank: Bank, _context: Context) -> Iterator[CourseError]:
    """No option is given away by an absolute word, none sums up the others."""
    for entry in bank.located:
        for text in entry_texts(entry.question):
            found = _ABSOLUTE.search(text)
            if found:
                message = f"the option {text!r} says {found[0]!r}."
                yield _at(entry, message, "Word the option without it.")


def negative_stems(bank: Bank, _context: Context) -> Iterator[CourseError]:
    """Few stems ask for what is not so, and those show it in bold."""
    negative = [entry for entry in bank.located if is_negative(entry.question)]
    for entry in negative:
        if not _NEGATION.search(entry.question.stem):
            yield _at(entry, "the negation of the stem is not in bold.", "Write **not**.")
    if len(bank) >= ENOUGH and len(negative) > max(1, MOST_NEGATIVE * len(bank)):
        message = f"{len(negative)} of {len(bank)} stems are negative."
        yield _over(bank, message, f"At most {MOST_NEGATIVE:.0%}: ask for what is so.")


def is_negative(question: Question) -> bool:
    """Whether a stem asks for what is not so."""
    return bool(_NEGATION.search(question.stem) or _NEGATIVE.search(question.stem))


def near_duplicates(bank: Bank, _context: Context) -> Iterator[CourseError]:
    """No two questions ask the same in nearly the same words."""
    stems = [(entry, normalise(_asked(entry.question))) for entry in bank.located]
    for (first, one), (second, two) in combinations(stems, 2):
        matcher = SequenceMatcher(None, one, two, autojunk=False)
        if matcher.real_quick_ratio() < NEAR_DUPLICATE or matcher.quick_ratio() < NEAR_DUPLICATE:
            continue
        if matcher.ratio() >= NEAR_DUPLICATE:
            message = f"asks nearly the same as {first.question.id}."
            yield _at(second, message, "Ask something else, or drop one of the two.")


def _asked(question: Question) -> str:
    """The stem; where it says only 'put in order' or 'match', with what is to be ordered."""
    if isinstance(question, Ordering | Matching):
        return " ".join([question.stem, *sorted(entry_texts(question))])
    return question.stem


def no_cueing(bank: Bank, _context: Context) -> Iterator[CourseError]:
    """No question of a lesson's page, or of its graded ones, shows the answer to another."""
    for asked, other in permutations(bank.located, 2):
        one, two = asked.question, other.question
        if (one.lesson, one.use) != (two.lesson, two.use):
            continue
        for answer in telling_answers(one):
            if f" {answer} " in f" {normalise(given_text(two))} ":
                yield _at(
                    other,
                    f"what it shows holds {answer!r}, the answer to {one.id}.",
                    "Word the stem without it, or ask for something else in the other question.",
                )


def given_text(question: Question) -> str:
    """What a question tells whoever reads it: the stem, and the left side of a matching."""
    lefts = [pair.left for pair in question.pairs] if isinstance(question, Matching) else []
    return "\n".join([question.stem, *lefts])


def telling_answers(question: Question) -> Sequence[str]:
    """Answers long enough that to meet them elsewhere gives them away.

    A name to be written tells in a few letters; an option tells where it is more than a word.
    """
    match question:
        case SingleChoice(options=options):
            texts, least = [option.text for option in options if option.right], 8
        case ShortText(accept=accept):
            texts, least = list(accept), 5
        case _:
            texts, least = [], 0
    return [normalise(text) for text in texts if len(text) >= least and not text[0].isdigit()]


def no_cue_words(bank: Bank, _context: Context) -> Iterator[CourseError]:
    """No rare word of the stem stands in the key alone."""
    for entry in bank.located:
        if not isinstance(entry.question, SingleChoice):
            continue
        stem = _rare_words(entry.question.stem)
        right = {w for o in entry.question.options if o.right for w in _rare_words(o.text)}
        wrong = {w for o in entry.question.options if not o.right for w in _rare_words(o.text)}
        cues = (stem & right) - wrong
        if cues:
            message = f"the word {min(cues)!r} of the stem stands in the key alone."
            yield _at(entry, message, "Use it in a wrong option too, or in none.")


def _rare_words(text: str) -> set[str]:
    return {word for word in normalise(text).split() if len(word) >= 7}


def spelling(bank: Bank, context: Context) -> Iterator[CourseError]:
    """Every word that a student reads is spelt well."""
    for entry in bank.located:
        for wrong, better in context.misspelt(" ".join(texts(entry.question))).items():
            yield _at(entry, f"{wrong!r} is misspelt.", f"Write {better}.")


def texts(question: Question) -> Iterator[str]:
    """Every text of a question that a student reads."""
    yield from (question.stem, question.why, *entry_texts(question))
    if isinstance(question, ChoiceBase):
        yield from (option.feedback for option in question.options if option.feedback)


RULES: tuple[Rule, ...] = (
    known_objectives,
    covered_objectives,
    known_works,
    complete_stems,
    no_article_clue,
    above_recall,
    key_not_told_by_length,
    keys_spread,
    even_options,
    no_absolutes,
    negative_stems,
    near_duplicates,
    no_cueing,
    no_cue_words,
    spelling,
)
