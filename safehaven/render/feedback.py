"""Which remark belongs to which answer, the same for the page and the notebook."""

from __future__ import annotations

from safehaven.bank import Presented
from safehaven.bank.model import ChoiceBase, Matching, Numeric, Ordering, ShortText
from safehaven.bank.present import trap_numbers


def feedback_lines(presented: Presented) -> list[tuple[str, str, str]]:
    """Each feedback of a question: a mark, the answer it is about, its text.

    The mark is the letter of an option or of a distractor; the number of a left side; `t0`,
    `t1`, … for the traps; `order` for a wrong order.
    """
    letter_of = {position: letter for letter, position in presented.letters.items()}
    match presented.question:
        case ChoiceBase() as question:
            return [
                (letter_of[i], option.text, option.feedback)
                for i, option in enumerate(question.options)
                if option.feedback
            ]
        case Ordering() as question:
            return [("order", "Another order", question.feedback)]
        case Matching() as question:
            first_extra = len(question.pairs)
            return [
                (str(i), pair.left, pair.feedback) for i, pair in enumerate(question.pairs, start=1)
            ] + [
                (letter_of[i], entry.text, entry.feedback)
                for i, entry in enumerate(question.extra, start=first_extra)
            ]
        case Numeric() as question:
            numbers = trap_numbers(question, presented.values)
            return [
                (f"t{i}", f"{round(number, question.decimals + 1):,.12g}", trap.feedback)
                for i, (trap, number) in enumerate(zip(question.traps, numbers, strict=True))
            ]
        case ShortText() as question:
            return [
                (f"t{i}", " · ".join(trap.answers), trap.feedback)
                for i, trap in enumerate(question.traps)
            ]
