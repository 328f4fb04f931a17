"""Whether a kernel still runs what it is told: what must fail fails, what must pass passes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from safehaven.grading.examiner.students import StudentSide


class _Shown:
    """What two fresh cells showed."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.results: list[str] = []

    def take(self, kind: str, content: Mapping[str, Any], _: int) -> None:
        """Keep errors and results."""
        if kind == "error":
            self.errors.append(f"{content.get('ename')}: {content.get('evalue')}")
        elif kind == "execute_result":
            data = content.get("data")
            self.results.append(str(data.get("text/plain")) if isinstance(data, dict) else "")


def tampering(side: StudentSide) -> list[str]:
    """Try the student's kernel with fresh values; say what is not as it must be.

    Raises:
        TimedOut: the kernel did not answer in time.
        Died: the kernel ended.
    """
    found = side.look()
    word = secrets.token_hex(8)
    one, other = (secrets.randbelow(10**6) + 10**6 for _ in range(2))
    failing, passing = _Shown(), _Shown()
    failed = side.run_aside(f"assert {one} * {other} == {one * other + 1}, {word!r}", failing.take)
    passed = side.run_aside(
        f"assert {one} + {other} == {one + other}\n{one} * {other}", passing.take
    )
    if failed.is_ok or failing.errors != [f"AssertionError: {word}"]:
        found.append("an assertion that is false did not fail")
    if not passed.is_ok or passing.errors or passing.results != [str(one * other)]:
        found.append("an assertion that is true, or the result of a sum, did not come through")
    return found
