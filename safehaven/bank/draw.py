"""Draws a paper from a blueprint: the same for the same class, of equal weight for every class.

How many questions come from each lesson, level and kind follows from the blueprint and the bank
alone; the name of the class only decides which ones. So papers differ in content, and not in
what they ask for. No question of a paper shows the answer to another.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from safehaven.bank.blueprint import Blueprint, LocatedPool
from safehaven.bank.lint import given_text, telling_answers
from safehaven.bank.load import Bank
from safehaven.bank.model import Question
from safehaven.bank.present import Presented, present
from safehaven.bank.scoring import normalise

#: How often the search begins anew, and how many exchanges it makes each time.
TRIES, STEPS = 5, 20_000
#: How often an exchange is made that makes things worse by one.
WORSE = 0.05


@dataclass(frozen=True)
class Paper:
    """The questions of one class.

    Attributes:
        blueprint: what it was drawn from.
        cohort: the name of the class.
        questions: in the order of the paper: by lesson, shuffled within a lesson.
    """

    blueprint: Blueprint
    cohort: str
    questions: tuple[Question, ...]

    @property
    def name(self) -> str:
        """The name of the blueprint, and of the assignment."""
        return self.blueprint.name

    @property
    def title(self) -> str:
        """The heading of the paper."""
        return self.blueprint.head.title

    @property
    def seed(self) -> str:
        """Decides the order of the options and the numbers of this class."""
        return f"{self.name}/{self.cohort}"

    @cached_property
    def shown(self) -> tuple[Presented, ...]:
        """The questions as this class sees them."""
        return tuple(present(question, self.seed) for question in self.questions)

    @property
    def points(self) -> dict[str, float]:
        """What each question is worth, by its id."""
        return {question.id: self.blueprint.head.points for question in self.questions}

    @property
    def weight(self) -> dict[str, dict[str, int]]:
        """How many questions of each lesson, level and kind: what all classes have in common.

        Kinds are held equal only where the blueprint shares them out.
        """
        return {
            "lessons": dict(Counter(f"{q.lesson:02d}" for q in self.questions)),
            "levels": dict(sorted(Counter(str(q.level) for q in self.questions).items())),
            "kinds": dict(sorted(Counter(str(q.kind) for q in self.questions).items())),
        }


def draw(blueprint: Blueprint, bank: Bank, cohort: str) -> Paper:
    """Draw the paper of a class.

    Args:
        blueprint: how many questions of what.
        bank: what can be drawn; private questions join it when it is loaded.
        cohort: the name of the class; the same name gives the same paper.

    Raises:
        CourseError: the bank has too little for the blueprint, or no choice fits all shares.
    """
    rng = random.Random(f"draw/{blueprint.name}/{cohort}")
    search = _Search(blueprint, bank, rng)
    chosen = search.run()
    rng.shuffle(chosen)
    return Paper(blueprint, cohort, tuple(sorted(chosen, key=lambda question: question.lesson)))


def cues(questions: Iterable[Question]) -> Iterator[tuple[str, str]]:
    """Pairs of ids: what the second question shows holds the answer to the first."""
    known = [(q, f" {normalise(given_text(q))} ", telling_answers(q)) for q in questions]
    for asked, _, answers in known:
        for other, given, _ in known:
            if asked is not other and any(f" {answer} " in given for answer in answers):
                yield asked.id, other.id


def shared_out(shares: Mapping[str, float], count: int) -> dict[str, int]:
    """Whole numbers that add up to `count`, as near to the shares as can be.

    What is left after rounding down goes to the largest remainders, first come first.
    """
    whole = sum(shares.values()) or 1
    exact = {name: share * count / whole for name, share in shares.items()}
    given = {name: int(number + 1e-9) for name, number in exact.items()}
    by_remainder = sorted(exact, key=lambda name: given[name] - exact[name])
    for name in by_remainder[: count - sum(given.values())]:
        given[name] += 1
    return given


@dataclass(frozen=True)
class _Quota:
    """That the questions drawn in `pools` hold `number` whose `field` is `value`."""

    pools: tuple[int, ...]
    field: str
    value: str
    number: int
    line: int | None

    def counts(self, pool: int, question: Question) -> bool:
        """Whether a question drawn in a pool is one of those that are counted."""
        return pool in self.pools and getattr(question, self.field) == self.value


def _quotas(
    pools: tuple[int, ...], field: str, shares: Mapping[Any, int], count: int, line: int | None
) -> Iterator[_Quota]:
    for value, number in shared_out(shares, count).items():
        yield _Quota(pools, field, value, number, line)


class _Search:
    """Finds questions that fit all quotas, by exchanging questions of the same lesson.

    A choice is a list of (number of the pool, question). An exchange that makes things worse by
    one is made now and then, because it may lead out of a dead end.
    """

    def __init__(self, blueprint: Blueprint, bank: Bank, rng: random.Random) -> None:
        self.blueprint, self.rng = blueprint, rng
        self.of_pool = [_candidates(pool, bank) for pool in blueprint.pools]
        self._check_lessons()
        self.quotas = [*self._pool_quotas(), *self._paper_quotas()]
        self._check_quotas()
        everything = {q.id: q for pool in self.of_pool for q in pool}
        self.cued: dict[str, set[str]] = {identifier: set() for identifier in everything}
        for one, other in cues(everything.values()):
            self.cued[one].add(other)
            self.cued[other].add(one)

    def run(self) -> list[Question]:
        """The questions, in no particular order."""
        nearest: list[tuple[int, Question]] = []
        for _ in range(TRIES):
            chosen = self._improve(self._begin())
            if not self._misses(chosen):
                return [question for _, question in chosen]
            if not nearest or len(self._misses(chosen)) < len(self._misses(nearest)):
                nearest = chosen
        raise self.blueprint.error(
            "No choice of questions fits everything; missed by the nearest: "
            f"{', '.join(self._misses(nearest))}.",
            line=self.blueprint.pools[0].line,
            remedy="Change a share or a count, reword what shows an answer, or write questions.",
        )

    def _begin(self) -> list[tuple[int, Question]]:
        taken: set[str] = set()
        chosen: list[tuple[int, Question]] = []
        for i, pool in enumerate(self.blueprint.pools):
            for lesson, number in pool.per_lesson.items():
                free = [q for q in self.of_pool[i] if q.lesson == lesson and q.id not in taken]
                drawn = self.rng.sample(free, number)
                taken |= {q.id for q in drawn}
                chosen += [(i, q) for q in drawn]
        return chosen

    def _improve(self, chosen: list[tuple[int, Question]]) -> list[tuple[int, Question]]:
        chosen = list(chosen)
        over = [sum(q.counts(*entry) for entry in chosen) - q.number for q in self.quotas]
        ids = {question.id for _, question in chosen}
        for _ in range(STEPS):
            if not any(over) and not any(self.cued[i] & ids for i in ids):
                break
            place = self.rng.randrange(len(chosen))
            pool, old = chosen[place]
            new = self.rng.choice(self.of_pool[pool])
            if new.lesson != old.lesson or new.id in ids:
                continue
            change = [
                (i, new_counts - old_counts)
                for i, quota in enumerate(self.quotas)
                if (new_counts := quota.counts(pool, new))
                != (old_counts := quota.counts(pool, old))
            ]
            worse = sum(abs(over[i] + by) - abs(over[i]) for i, by in change)
            worse += len(self.cued[new.id] & ids - {old.id}) - len(self.cued[old.id] & ids)
            if worse <= 0 or (worse == 1 and self.rng.random() < WORSE):
                chosen[place] = (pool, new)
                ids = ids - {old.id} | {new.id}
                for i, by in change:
                    over[i] += by
        return chosen

    def _misses(self, chosen: Sequence[tuple[int, Question]]) -> list[str]:
        """In words, what a choice does not fit; nothing where it fits all."""
        ids = {question.id for _, question in chosen}
        cued = {tuple(sorted((one, other))) for one in ids for other in self.cued[one] & ids}
        return [
            f"{quota.number} × {quota.value}"
            for quota in self.quotas
            if sum(quota.counts(*entry) for entry in chosen) != quota.number
        ] + [f"{one} with {other}" for one, other in sorted(cued)]

    def _pool_quotas(self) -> Iterator[_Quota]:
        for i, pool in enumerate(self.blueprint.pools):
            levels: Mapping[Any, int] = pool.rule.levels
            if not levels and not self.blueprint.head.levels:  # in the proportions of the pool
                levels = Counter(str(q.level) for q in self.of_pool[i])
            yield from _quotas((i,), "level", levels, pool.rule.count, pool.line)
            yield from _quotas((i,), "kind", pool.rule.kinds, pool.rule.count, pool.line)

    def _paper_quotas(self) -> Iterator[_Quota]:
        head, every = self.blueprint.head, tuple(range(len(self.of_pool)))
        yield from _quotas(every, "level", head.levels, self.blueprint.count, None)
        yield from _quotas(every, "kind", head.kinds, self.blueprint.count, None)

    def _check_lessons(self) -> None:
        needed: Counter[tuple[int, str]] = Counter()
        for pool, candidates in zip(self.blueprint.pools, self.of_pool, strict=True):
            for lesson, number in pool.per_lesson.items():
                needed[lesson, pool.rule.use] += number
                there = sum(q.lesson == lesson for q in candidates)
                if there < needed[lesson, pool.rule.use]:
                    raise self.blueprint.error(
                        f"{needed[lesson, pool.rule.use]} {pool.rule.use} questions of lesson "
                        f"{lesson} are asked for, the bank has {there}.",
                        line=pool.line,
                        remedy="Lower the count, name more lessons, or write questions.",
                    )

    def _check_quotas(self) -> None:
        for quota in self.quotas:
            held = {q.id: q for pool in quota.pools for q in self.of_pool[pool]}.values()
            there = sum(getattr(q, quota.field) == quota.value for q in held)
            if there < quota.number:
                raise self.blueprint.error(
                    f"{quota.number} questions of the {quota.field} {quota.value!r} are asked "
                    f"for, the bank has {there} in these lessons.",
                    line=quota.line,
                    remedy=f"Lower the share of {quota.value!r}, or write such questions.",
                )


def _candidates(pool: LocatedPool, bank: Bank) -> list[Question]:
    """What a pool can give, in the order of the ids, so that the order of files is no matter."""
    found = [q for lesson in pool.lessons for q in bank.of(lesson, pool.rule.use)]
    return sorted(found, key=lambda question: question.id)
