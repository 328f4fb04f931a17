"""What a question, its answer and its evidence are.

The rules that need the whole bank, the lessons or the bibliography are in `lint`; what a
question by itself must satisfy is checked here, when it is loaded.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from safehaven.bank.formula import Parameter, corners, evaluate

Level = Literal["recall", "understand", "apply", "analyse"]
Use = Literal["practice", "graded"]

#: `L07.p01`: lesson 7, practice question 1; `L07.g01`: graded question 1.
QuestionId = Annotated[str, Field(pattern=r"^L\d{2}\.[pg]\d{2}$")]
#: `L07.1`: the first objective of lesson 7.
ObjectiveId = Annotated[str, Field(pattern=r"^L\d{2}\.\d$")]
Sentence = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """A model that refuses unknown fields, so that a misspelt one is noticed."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False
    )


class Source(Strict):
    """A work that the answer rests on."""

    key: Sentence = Field(
        description="Key of the work in book/references.bib.", examples=["un_s_2021_486"]
    )
    place: str | None = Field(
        default=None, description="Page, paragraph or table.", examples=["para. 43"]
    )


class Option(Strict):
    """One option of a choice question."""

    text: Sentence = Field(description="What the student reads.")
    right: bool = Field(default=False, description="Whether picking it is right.")
    feedback: str | None = Field(
        default=None,
        description="What a person who gets this option wrong has misunderstood.",
    )

    @model_validator(mode="after")
    def _wrong_teaches(self) -> Self:
        if not self.right and not self.feedback:
            raise ValueError(f"the wrong option {self.text!r} has no feedback")
        return self


class Item(Strict):
    """One item of an ordering question."""

    text: Sentence = Field(description="What the student puts in order.")
    fact: Sentence = Field(
        description="The date or value that settles its place, shown after answering.",
        examples=["27 September 1996"],
    )


class Pair(Strict):
    """One pair of a matching question."""

    left: Sentence = Field(description="What stands fixed.")
    right: Sentence = Field(description="What has to be found for it.")
    feedback: Sentence = Field(description="Shown where the pair was matched wrongly.")


class Distractor(Strict):
    """An entry on the right side of a matching question that belongs to no left side."""

    text: Sentence
    feedback: Sentence


class NumericTrap(Strict):
    """A plausible wrong number, and what it shows."""

    answer: float | None = None
    formula: str | None = None
    feedback: Sentence

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.answer is None) == (self.formula is None):
            raise ValueError("a trap has either an answer or a formula")
        return self


class TextTrap(Strict):
    """Plausible wrong words, and what they show."""

    answers: list[Sentence] = Field(min_length=1)
    feedback: Sentence


class QuestionBase(Strict):
    """What every question carries, whatever its kind."""

    id: QuestionId
    objective: ObjectiveId = Field(description="Id from the front matter of the lesson.")
    level: Level
    stem: Sentence = Field(
        description="A complete question that can be answered before reading the options."
    )
    why: Sentence = Field(description="The explanation shown after answering.")
    source: list[Source] = Field(min_length=1)
    as_of: datetime.date | None = Field(
        default=None, description="Day to which a fact that can age was checked."
    )

    @property
    def lesson(self) -> int:
        """Number of the lesson it belongs to."""
        return int(self.id[1:3])

    @property
    def use(self) -> Use:
        """Practice questions stand in the book; graded ones never do."""
        return "practice" if self.id[4] == "p" else "graded"


class ChoiceBase(QuestionBase):
    """A question with options to pick from."""

    options: list[Option] = Field(min_length=3, max_length=8)
    natural_order: bool = Field(
        default=False, description="Keep the order of the options (dates, numbers)."
    )

    @field_validator("options")
    @classmethod
    def _options_differ(cls, options: list[Option]) -> list[Option]:
        texts = [option.text.strip().casefold() for option in options]
        repeated = sorted({text for text in texts if texts.count(text) > 1})
        if repeated:
            raise ValueError(f"the option {repeated[0]!r} stands there twice")
        return options

    @model_validator(mode="before")
    @classmethod
    def _key_is_an_option(cls, written: Any) -> Any:
        """The key is marked at its option; one that stands apart may be none of them."""
        for name in {"key", "answer"} & set(written if isinstance(written, dict) else ()):
            raise ValueError(
                f"the key {written[name]!r} stands apart from the options, where it may be none "
                "of them; write 'right: true' under the right option instead"
            )
        return written

    @property
    def right_options(self) -> frozenset[int]:
        """Positions, from 0, of the right options."""
        return frozenset(i for i, option in enumerate(self.options) if option.right)


class SingleChoice(ChoiceBase):
    """Exactly one option is right: 1 or 0."""

    kind: Literal["single"]

    @model_validator(mode="after")
    def _one_right(self) -> Self:
        if len(self.right_options) != 1:
            raise ValueError(
                f"a single choice has exactly one right option, here {len(self.right_options)}"
            )
        return self


class MultipleChoice(ChoiceBase):
    """Several options may be right; a wrong pick takes back a right one."""

    kind: Literal["multiple"]

    @model_validator(mode="after")
    def _some_right_some_wrong(self) -> Self:
        if not 1 <= len(self.right_options) < len(self.options):
            raise ValueError("a multiple choice needs a right option and a wrong one")
        return self


class Numeric(QuestionBase):
    """A number within a tolerance, fixed or computed from parameters drawn by a seed."""

    kind: Literal["numeric"]
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    answer: float | None = None
    formula: str | None = Field(
        default=None,
        description="Arithmetic over the parameters; needed with them.",
        examples=["a * 100 / b"],
    )
    tolerance: float = Field(ge=0, description="Greatest distance from the key that is right.")
    unit: Sentence = Field(description="Unit or thing counted.", examples=["years", "entries"])
    decimals: int = Field(default=0, ge=0, le=6, description="Digits with which the key is shown.")
    traps: list[NumericTrap] = Field(min_length=1)

    @field_validator("formula")
    @classmethod
    def _key_can_be_computed(cls, formula: str | None, info: ValidationInfo) -> str | None:
        _try_out(formula, info)
        return formula

    @field_validator("traps")
    @classmethod
    def _traps_can_be_computed(
        cls, traps: list[NumericTrap], info: ValidationInfo
    ) -> list[NumericTrap]:
        for trap in traps:
            _try_out(trap.formula, info)
        return traps

    @model_validator(mode="after")
    def _has_a_key(self) -> Self:
        if (self.answer is None) == (self.formula is None):
            raise ValueError("a numeric question has either an answer or a formula")
        if self.parameters and self.formula is None:
            raise ValueError("parameters need a formula that computes the answer")
        for name in self.parameters:
            if f"{{{name}}}" not in self.stem and f"{{{name}:d}}" not in self.stem:
                raise ValueError(f"the stem does not show the parameter {{{name}}}")
        return self


def _try_out(formula: str | None, info: ValidationInfo) -> None:
    """Compute a formula for whatever can be drawn, unless the parameters are wrong themselves."""
    if formula is None or "parameters" not in info.data:
        return
    for values in corners(info.data["parameters"]):
        evaluate(formula, values)  # a FormulaError is a ValueError, and says what fails


class Ordering(QuestionBase):
    """Items to be put in order; stored in the right order."""

    kind: Literal["ordering"]
    items: list[Item] = Field(min_length=3, max_length=8)
    feedback: Sentence = Field(description="Shown when the order is not right.")

    @field_validator("items")
    @classmethod
    def _items_differ(cls, items: list[Item]) -> list[Item]:
        if len({item.text for item in items}) < len(items):
            raise ValueError("two items have the same text")
        return items


class Matching(QuestionBase):
    """Pairs to be found; the right side may hold entries that belong nowhere."""

    kind: Literal["matching"]
    pairs: list[Pair] = Field(min_length=3, max_length=8)
    extra: list[Distractor] = Field(default_factory=list)

    @model_validator(mode="after")
    def _sides_differ(self) -> Self:
        rights = [pair.right for pair in self.pairs] + [entry.text for entry in self.extra]
        if len(set(rights)) < len(rights):
            raise ValueError("two entries on the right side have the same text")
        if len({pair.left for pair in self.pairs}) < len(self.pairs):
            raise ValueError("two entries on the left side have the same text")
        return self

    @property
    def right_side(self) -> list[str]:
        """The entries of the right side: those of the pairs, then the extra ones."""
        return [pair.right for pair in self.pairs] + [entry.text for entry in self.extra]


class ShortText(QuestionBase):
    """A word or a name, accepted in each of its variants."""

    kind: Literal["text"]
    accept: list[Sentence] = Field(min_length=1)
    traps: list[TextTrap] = Field(min_length=1)


Question = Annotated[
    SingleChoice | MultipleChoice | Numeric | Ordering | Matching | ShortText,
    Field(discriminator="kind"),
]


class BankFile(Strict):
    """One file of the bank: the questions of one lesson for one use."""

    lesson: int = Field(ge=1, le=99)
    use: Use
    questions: list[Question] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_fit(self) -> Self:
        prefix = f"L{self.lesson:02d}.{self.use[0]}"
        for question in self.questions:
            if not question.id.startswith(prefix):
                raise ValueError(
                    f"the id {question.id!r} does not begin with {prefix!r}, "
                    f"as a {self.use} question of lesson {self.lesson} does"
                )
        return self
